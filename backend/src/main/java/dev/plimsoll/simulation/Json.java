package dev.plimsoll.simulation;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** JSON as text. Answers are put together from text because a fleet gives a great many of them. */
final class Json {
  static final String NULL = "null";

  private Json() {}

  /** A text in quotes. The fleet's own words hold no control characters. */
  static String text(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String texts(Collection<String> values) {
    return values.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
  }

  /** An object of texts, its names sorted as engines sort them. */
  static String object(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
  }
}
