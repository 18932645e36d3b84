package dev.plimsoll.checklist.fix;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes what a Compose file holds: maps, lists, texts, numbers and booleans in block style. Every
 * text is quoted but those that cannot be read as anything else.
 */
final class YamlText {
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z][A-Za-z_]{2,60}");
  private static final Pattern WORD_OF_YAML =
      Pattern.compile("(?i)true|false|null|yes|off|nan|inf");

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /**
   * A value with one of Compose's own tags.
   *
   * @param tag such as {@code !override}
   * @param value a list, a map, or null where the tag takes a value away
   */
  record Tagged(String tag, Object value) {}

  /** Stands for YAML's null. */
  enum Nothing {
    NULL
  }

  /** A map as a YAML document, without a final line break. */
  static String of(Map<String, ?> map) {
    YamlText yaml = new YamlText();
    yaml.map(map, 0);
    return yaml.out.toString().stripTrailing();
  }

  private void map(Map<?, ?> map, int indent) {
    map.forEach(
        (key, value) -> {
          out.repeat(' ', indent).append(key((String) key)).append(':');
          value(value, indent + 2);
        });
  }

  private void list(List<?> list, int indent) {
    for (Object value : list) {
      out.repeat(' ', indent).append('-');
      if (value instanceof Map<?, ?> map && !map.isEmpty()) {
        out.append('\n');
        map(map, indent + 2);
      } else {
        value(value, indent + 2);
      }
    }
  }

  private void value(Object value, int indent) {
    switch (value) {
      case Tagged tagged -> {
        out.append(' ').append(tagged.tag());
        value(tagged.value(), indent);
      }
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n');
        map(map, indent);
      }
      case List<?> list when !list.isEmpty() -> {
        out.append('\n');
        list(list, indent);
      }
      case Map<?, ?> empty -> out.append(" {}\n");
      case List<?> empty -> out.append(" []\n");
      case Nothing nothing -> out.append(" null\n");
      case String text -> out.append(' ').append(quoted(text, "$$")).append('\n');
      default -> out.append(' ').append(value).append('\n');
    }
  }

  private static String key(String key) {
    return PLAIN_KEY.matcher(key).matches() && !WORD_OF_YAML.matcher(key).matches()
        ? key
        : quoted(key, "$");
  }

  /**
   * A double-quoted scalar: YAML 1.2, 7.3.1.
   *
   * @param dollar what stands for a dollar sign: Compose puts variables into values, not into keys
   */
  private static String quoted(String text, String dollar) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c == '$') {
                quoted.append(dollar);
              } else if (ShellText.isHidden(c)) {
                quoted.append(c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
