package dev.plimsoll.fleet;

import java.util.ArrayList;
import java.util.List;

/** CSV as RFC 4180 has it: commas, quotation marks doubled inside of quotation marks. */
final class CsvRecords {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final List<CsvRecord> records = new ArrayList<>();
  private final StringBuilder value = new StringBuilder();
  private List<String> values = new ArrayList<>();
  private int line = 1;
  private int recordLine = 1;

  private CsvRecords(String text) {
    this.text = text;
  }

  /**
   * A record.
   *
   * @param line on which it begins, from 1
   */
  record CsvRecord(int line, List<String> values) {
    CsvRecord {
      values = List.copyOf(values);
    }
  }

  /**
   * The records of a text; blank lines are passed over.
   *
   * @throws IllegalArgumentException with a sentence if a quotation mark is never closed
   */
  static List<CsvRecord> read(String text) {
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new CsvRecords(marked ? text.substring(1) : text).read();
  }

  private List<CsvRecord> read() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' && value.toString().isBlank()) {
        value.setLength(0);
        at = quoted(at + 1);
      } else if (c == ',') {
        endValue();
        at++;
      } else if (c == '\n' || c == '\r') {
        boolean pair = c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
        endRecord();
        line++;
        recordLine = line;
        at += pair ? 2 : 1;
      } else {
        value.append(c);
        at++;
      }
    }
    endRecord();
    return records;
  }

  private int quoted(int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '"') {
        if (c == '\n') {
          line++;
        }
        value.append(c);
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        value.append('"');
        at += 2;
      } else {
        return at + 1;
      }
    }
    throw new IllegalArgumentException(
        "The quotation mark in the record of line " + recordLine + " is never closed. Close it.");
  }

  private void endValue() {
    values.add(value.toString());
    value.setLength(0);
  }

  private void endRecord() {
    endValue();
    if (values.size() > 1 || !values.getFirst().isBlank()) {
      records.add(new CsvRecord(recordLine, values));
    }
    values = new ArrayList<>();
  }
}
