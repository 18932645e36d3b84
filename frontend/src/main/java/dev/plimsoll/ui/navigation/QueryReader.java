package dev.plimsoll.ui.navigation;

import com.vaadin.flow.router.QueryParameters;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a URL that anybody may have typed. What cannot be read is left out and
 * named in {@link #problems()}.
 */
final class QueryReader {
  private static final int LONGEST_TEXT = 200;

  private final QueryParameters parameters;
  private final List<String> problems = new ArrayList<>();

  QueryReader(QueryParameters parameters) {
    this.parameters = parameters;
  }

  /** Sentences for people, each with the parameter, its value and the remedy. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  @Nullable String text(String name) {
    String value = parameters.getSingleParameter(name).orElse("").strip();
    if (value.isEmpty()) {
      return null;
    }
    return value.length() > LONGEST_TEXT ? value.substring(0, LONGEST_TEXT) : value;
  }

  @Nullable Long id(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      long id = Long.parseLong(value);
      if (id > 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Named below, with the value.
    }
    problem(name, value, "a number");
    return null;
  }

  /** A whole number of a range. */
  @Nullable Integer number(String name, int least, int most) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Named below, with the value.
    }
    problem(name, value, "a whole number from " + least + " to " + most);
    return null;
  }

  @Nullable Instant instant(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException e) {
      problem(name, value, "an instant such as 2026-11-24T12:00:00Z");
      return null;
    }
  }

  boolean flag(String name) {
    return "true".equals(text(name));
  }

  /** A flag that may be set either way, null where nothing is said. */
  @Nullable Boolean choice(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    if (!value.equals("true") && !value.equals("false")) {
      problem(name, value, "true or false");
      return null;
    }
    return value.equals("true");
  }

  boolean descending(boolean usual) {
    String value = text("order");
    return value == null ? usual : value.equals("desc");
  }

  /** Values from a fixed set of words, in lower case. */
  Set<String> words(String name, Set<String> allowed) {
    Set<String> found = new LinkedHashSet<>();
    for (String value : parameters.getParameters(name)) {
      String word = value.strip().toLowerCase(Locale.ROOT);
      if (allowed.contains(word)) {
        found.add(word);
      } else if (!word.isEmpty()) {
        problem(name, value, "one of " + String.join(", ", allowed.stream().sorted().toList()));
      }
    }
    return found;
  }

  <E extends Enum<E>> Set<E> constants(String name, Class<E> type) {
    Set<E> found = EnumSet.noneOf(type);
    for (String value : parameters.getParameters(name)) {
      E constant = constant(type, value);
      if (constant != null) {
        found.add(constant);
      } else if (!value.isBlank()) {
        problem(name, value, "one of " + lowerCase(type));
      }
    }
    return found;
  }

  <E extends Enum<E>> E constant(String name, Class<E> type, E usual) {
    String value = text(name);
    if (value == null) {
      return usual;
    }
    E constant = constant(type, value);
    if (constant == null) {
      problem(name, value, "one of " + lowerCase(type));
      return usual;
    }
    return constant;
  }

  /** As {@link #constant}, with null where nothing is said. */
  <E extends Enum<E>> @Nullable E constantOrNull(String name, Class<E> type) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    E constant = constant(type, value);
    if (constant == null) {
      problem(name, value, "one of " + lowerCase(type));
    }
    return constant;
  }

  private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String value) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> Words.of(constant).equals(value.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(null);
  }

  private static <E extends Enum<E>> String lowerCase(Class<E> type) {
    return String.join(", ", Arrays.stream(type.getEnumConstants()).map(Words::of).toList());
  }

  private void problem(String name, String value, String expected) {
    String shown = value.length() > 40 ? value.substring(0, 39) + "…" : value;
    problems.add(
        "The address says %s=\"%s\", which is not %s. It was left out."
            .formatted(name, shown, expected));
  }
}
