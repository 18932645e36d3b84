package dev.plimsoll.checklist;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes what stands in a document as evidence shows it. Written here and not by Jackson, because
 * it runs for every field that every check reads, and stops where evidence is cut.
 */
final class CompactJson {
  /** One more than evidence keeps, so that it sees that something was cut. */
  private static final int ENOUGH = Evidence.MAX_VALUE + 1;

  private CompactJson() {}

  /** Compact JSON, ended early where it is longer than evidence keeps; null if nothing stands. */
  static @Nullable String of(JsonNode node) {
    if (node.isMissingNode()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue() ? "true" : "false";
    }
    if (node.isNull()) {
      return "null";
    }
    if (node.isContainer() && node.isEmpty()) {
      return node.isArray() ? "[]" : "{}";
    }
    if (node.isString()) {
      return text(node.stringValue());
    }
    StringBuilder json = new StringBuilder(64);
    write(node, json);
    return json.toString();
  }

  /** A JSON string, ended early where it is longer than evidence keeps. */
  static String text(String value) {
    if (value.length() < ENOUGH && isPlain(value)) {
      return '"' + value + '"';
    }
    StringBuilder json = new StringBuilder(value.length() + 2);
    write(value, json);
    return json.toString();
  }

  private static void write(JsonNode node, StringBuilder json) {
    if (node.isString()) {
      write(node.stringValue(), json);
    } else if (node.isArray()) {
      json.append('[');
      for (int i = 0; i < node.size() && json.length() < ENOUGH; i++) {
        if (i > 0) {
          json.append(',');
        }
        write(node.get(i), json);
      }
      json.append(']');
    } else if (node.isObject()) {
      json.append('{');
      boolean first = true;
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (json.length() >= ENOUGH) {
          break;
        }
        if (!first) {
          json.append(',');
        }
        first = false;
        write(member.getKey(), json);
        json.append(':');
        write(member.getValue(), json);
      }
      json.append('}');
    } else {
      json.append(node.asString("null"));
    }
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Escaped as RFC 8259 section 7 demands. */
  private static void write(String value, StringBuilder json) {
    json.append('"');
    if (value.length() < ENOUGH && isPlain(value)) {
      json.append(value).append('"');
      return;
    }
    for (int i = 0; i < value.length() && json.length() < ENOUGH; i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
