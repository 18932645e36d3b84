package dev.plimsoll.compliance;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.Shown;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a support table must look like. {@code docs/support-table.md} describes it. */
final class SupportTableForm {
  private static final Set<String> COMPONENTS = Set.of("Engine", "containerd", "runc");
  private static final Set<String> MEMBERS =
      Set.of("asOf", "sources", "components", "vendors", "systems");
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6}){0,3}");
  private static final int MOST_ROWS = 1000;
  private static final int LONGEST_TEXT = 200;

  private final List<FieldError> errors = new ArrayList<>();

  private SupportTableForm() {}

  /**
   * Checks a table.
   *
   * @return the day of which its facts are
   * @throws InvalidInput naming every bad field
   */
  static LocalDate check(JsonNode table, LocalDate today) {
    if (!table.isObject()) {
      throw new InvalidInput("body", "is not a JSON object. Send a support table.");
    }
    SupportTableForm form = new SupportTableForm();
    LocalDate asOf = form.table(table, today);
    if (asOf == null || !form.errors.isEmpty()) {
      throw new InvalidInput(form.errors);
    }
    return asOf;
  }

  private @Nullable LocalDate table(JsonNode table, LocalDate today) {
    for (String member : table.propertyNames()) {
      if (!MEMBERS.contains(member)) {
        reject(member, "is not known. Leave it out.");
      }
    }
    LocalDate asOf = date("asOf", table.path("asOf"));
    if (asOf != null && asOf.isAfter(today)) {
      reject("asOf", asOf + " lies in the future. Give the day on which the facts were gathered.");
    }
    JsonNode components = table.path("components");
    if (!components.isObject()) {
      reject("components", "is missing. Give an object with Engine, containerd and runc.");
    }
    for (Map.Entry<String, JsonNode> component : components.properties()) {
      String field = "components." + component.getKey();
      if (!COMPONENTS.contains(component.getKey())) {
        reject(field, "is no component. There are Engine, containerd and runc.");
      } else {
        rows(field, component.getValue(), this::branch);
      }
    }
    if (table.has("vendors")) {
      rows("vendors", table.path("vendors"), this::vendor);
    }
    rows("systems", table.path("systems"), this::system);
    return asOf;
  }

  private interface RowCheck {
    void check(String field, JsonNode row);
  }

  private void rows(String field, JsonNode rows, RowCheck check) {
    if (!rows.isArray()) {
      reject(field, "is not a list. Give its rows in brackets.");
      return;
    }
    if (rows.size() > MOST_ROWS) {
      reject(field, "has more than " + MOST_ROWS + " rows. Leave out what nobody runs.");
      return;
    }
    for (int i = 0; i < rows.size(); i++) {
      check.check(field + "[" + i + "]", rows.get(i));
    }
  }

  private void branch(String field, JsonNode row) {
    version(field + ".branch", row.path("branch"));
    version(field + ".floor", row.path("floor"));
    end(field, row);
  }

  private void vendor(String field, JsonNode row) {
    if (!COMPONENTS.contains(row.path("component").asString(""))) {
      reject(field + ".component", "is none. There are Engine, containerd and runc.");
    }
    text(field + ".mark", row.path("mark"));
    branch(field, row);
  }

  private void system(String field, JsonNode row) {
    text(field + ".name", row.path("name"));
    text(field + ".release", row.path("release"));
    version(field + ".kernel", row.path("kernel"));
    end(field, row);
  }

  private void end(String field, JsonNode row) {
    JsonNode end = row.path("endOfLife");
    if (end.isMissingNode()) {
      reject(field + ".endOfLife", "is missing. Give the last day with support, or null.");
    } else if (!end.isNull()) {
      date(field + ".endOfLife", end);
    }
  }

  private void version(String field, JsonNode value) {
    if (!value.isString() || !VERSION.matcher(value.stringValue()).matches()) {
      reject(field, shown(value) + " is no version. Give one such as 29.8.2.");
    }
  }

  private void text(String field, JsonNode value) {
    if (!value.isString()
        || value.stringValue().isBlank()
        || value.stringValue().length() > LONGEST_TEXT) {
      reject(field, shown(value) + " is no text of 1 to " + LONGEST_TEXT + " characters.");
    }
  }

  private @Nullable LocalDate date(String field, JsonNode value) {
    try {
      return LocalDate.parse(value.asString(""));
    } catch (DateTimeException e) {
      reject(field, shown(value) + " is no day. Give one such as 2026-11-12.");
      return null;
    }
  }

  private void reject(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "It" : "\"" + Shown.of(value.asString("")) + "\"";
  }
}
