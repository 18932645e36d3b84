package dev.plimsoll.fleet;

import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.fleet.HostImport.Line;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads hosts from CSV; see {@link HostImport#csv}. */
final class CsvHosts {
  private static final Set<String> COLUMNS =
      Set.of(
          "name",
          "endpoint",
          "group",
          "environment",
          "owner",
          "criticality",
          "labels",
          "intervalSeconds",
          "readings");

  private final List<Line> lines = new ArrayList<>();
  private final List<FieldError> errors = new ArrayList<>();

  HostImport read(String text) {
    List<CsvRecords.CsvRecord> records;
    try {
      records = CsvRecords.read(text);
    } catch (IllegalArgumentException e) {
      return new HostImport(
          List.of(), List.of(new FieldError("body", String.valueOf(e.getMessage()))));
    }
    if (records.isEmpty()) {
      errors.add(new FieldError("body", "is empty. Begin with a line that names the columns."));
      return new HostImport(lines, errors);
    }
    List<String> columns = columns(records.getFirst());
    if (errors.isEmpty()) {
      if (records.size() - 1 > HostImport.MOST) {
        errors.add(new FieldError("body", "has over " + HostImport.MOST + " hosts. Split it."));
      } else {
        records.stream().skip(1).forEach(record -> read(columns, record));
      }
    }
    return new HostImport(lines, errors);
  }

  private List<String> columns(CsvRecords.CsvRecord header) {
    List<String> columns = header.values().stream().map(String::strip).toList();
    for (String column : columns) {
      if (!COLUMNS.contains(column)) {
        reject(
            header.line(), "header", "\"" + Shown.of(column) + "\" is no column. Use " + COLUMNS);
      }
    }
    for (String needed : List.of("name", "endpoint")) {
      if (!columns.contains(needed)) {
        reject(header.line(), "header", "The column " + needed + " is missing. Add it.");
      }
    }
    if (Set.copyOf(columns).size() != columns.size()) {
      reject(header.line(), "header", "A column stands twice. Name each once.");
    }
    return columns;
  }

  private void read(List<String> columns, CsvRecords.CsvRecord record) {
    if (record.values().size() != columns.size()) {
      reject(
          record.line(),
          "columns",
          "There are %d values for %d columns. Put values with a comma in quotation marks."
              .formatted(record.values().size(), columns.size()));
      return;
    }
    int errorsBefore = errors.size();
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), record.values().get(i).strip());
    }
    HostDraft draft =
        new HostDraft(
            values.getOrDefault("name", ""),
            values.getOrDefault("endpoint", ""),
            optional(values, "group"),
            optional(values, "environment"),
            optional(values, "owner"),
            number(record, values, "criticality", HostDraft.DEFAULT_CRITICALITY),
            labels(record, values),
            number(record, values, "intervalSeconds", HostDraft.DEFAULT_INTERVAL_SECONDS),
            readings(record, values),
            null);
    if (errors.size() == errorsBefore) {
      lines.add(new Line(record.line(), draft));
    }
  }

  private static @Nullable String optional(Map<String, String> values, String column) {
    String value = values.getOrDefault(column, "");
    return value.isEmpty() ? null : value;
  }

  private int number(
      CsvRecords.CsvRecord record, Map<String, String> values, String column, int fallback) {
    String value = values.getOrDefault(column, "");
    if (value.isEmpty()) {
      return fallback;
    }
    if (!value.matches("\\d{1,9}")) {
      reject(record.line(), column, "\"" + Shown.of(value) + "\" is not a whole number.");
      return fallback;
    }
    return Integer.parseInt(value);
  }

  private Map<String, String> labels(CsvRecords.CsvRecord record, Map<String, String> values) {
    Map<String, String> labels = new TreeMap<>();
    for (String pair : values.getOrDefault("labels", "").split(";", -1)) {
      if (pair.isBlank()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals < 1) {
        reject(record.line(), "labels", "\"" + Shown.of(pair) + "\" is no label. Write key=value.");
      } else {
        labels.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return labels;
  }

  private Set<ReadingSwitch> readings(CsvRecords.CsvRecord record, Map<String, String> values) {
    List<String> words =
        Arrays.stream(values.getOrDefault("readings", "").split(";", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList();
    if (words.isEmpty()) {
      return HostDraft.DEFAULT_READINGS;
    }
    return Readings.parse(words, wrong -> reject(record.line(), "readings", wrong));
  }

  private void reject(int line, String field, String message) {
    errors.add(Line.error(line, new FieldError(field, message)));
  }
}
