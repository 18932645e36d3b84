package dev.plimsoll.fleet;

import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.util.List;

/**
 * A list of hosts to be added at once, as it was read.
 *
 * @param lines those that could be read
 * @param errors what could not, as {@code line 3: endpoint}
 */
public record HostImport(List<Line> lines, List<FieldError> errors) {
  /** Hosts that one list may have. */
  public static final int MOST = 10_000;

  public HostImport {
    lines = List.copyOf(lines);
    errors = List.copyOf(errors);
  }

  /**
   * A host in the list.
   *
   * @param number of the line on which it begins, from 1
   */
  public record Line(int number, HostDraft draft) {
    FieldError error(FieldError error) {
      return error(number, error);
    }

    static FieldError error(int number, FieldError error) {
      return new FieldError("line " + number + ": " + error.field(), error.message());
    }

    static int numberIn(FieldError error) {
      String digits = error.field().replaceFirst("^line (\\d{1,9}):.*$", "$1");
      return digits.equals(error.field()) ? 0 : Integer.parseInt(digits);
    }
  }

  /**
   * Reads CSV (RFC 4180) whose first line names the columns: name and endpoint, and any of group,
   * environment, owner, criticality, labels ({@code k=v;k=v}), intervalSeconds and readings ({@code
   * events;changes}).
   */
  public static HostImport csv(String text) {
    return new CsvHosts().read(text);
  }

  /** Reads one JSON object a line, each as the API takes a host; blank lines are passed over. */
  public static HostImport jsonLines(String text) {
    return new JsonHosts().read(text);
  }
}
