package dev.plimsoll.checklist;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes what stands in a document as evidence shows it. */
final class CompactJson {
  private CompactJson() {}

  /** Compact JSON; null for a missing node. */
  static @Nullable String of(JsonNode node) {
    if (node.isMissingNode()) {
      return null;
    }
    if (node.isString()) {
      return text(node.stringValue());
    }
    if (node.isBoolean() || node.isIntegralNumber() || node.isNull()) {
      return node.asString("null");
    }
    if (node.isContainer() && node.isEmpty()) {
      return node.isArray() ? "[]" : "{}";
    }
    return node.toString();
  }

  /** A JSON string, escaped as RFC 8259 section 7 demands. */
  static String text(String value) {
    StringBuilder json = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
