package dev.plimsoll.posture;

import dev.plimsoll.fleet.InvalidInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditions of a {@code where} clause and the values of its named parameters. */
final class Conditions {
  private static final int LONGEST_TEXT = 300;

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();

  /** As of a moment, which is parameter {@code at}. */
  Conditions(Moment moment) {
    parameters.put("at", moment.time());
  }

  Conditions and(String condition) {
    conditions.add("(" + condition + ")");
    return this;
  }

  Conditions and(String condition, String parameter, Object value) {
    parameters.put(parameter, value);
    return and(condition);
  }

  /** Adds the condition only where there is a value. */
  Conditions andIf(@Nullable Object value, String condition, String parameter) {
    return value == null ? this : and(condition, parameter, value);
  }

  /**
   * Adds the condition only where somebody gave a text.
   *
   * @param field names the text in an error
   * @throws InvalidInput if no stored text can hold it
   */
  Conditions andText(String field, @Nullable String text, String condition, String parameter) {
    if (text == null || text.isEmpty()) {
      return this;
    }
    if (text.length() > LONGEST_TEXT) {
      throw new InvalidInput(
          field,
          "has " + text.length() + " characters. Give at most " + LONGEST_TEXT + " of them.");
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidInput(field, "holds a NUL character. Leave it out.");
    }
    return and(condition, parameter, text);
  }

  /** Adds the condition that a host's group, as of the moment, lies in a subtree. */
  Conditions andSubtree(@Nullable String group, String column) {
    return andText(
        "group",
        group,
        "lower(%s) = lower(:group) or starts_with(lower(%s), lower(:group) || '/')"
            .formatted(column, column),
        "group");
  }

  String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  Map<String, Object> parameters() {
    return Map.copyOf(parameters);
  }
}
