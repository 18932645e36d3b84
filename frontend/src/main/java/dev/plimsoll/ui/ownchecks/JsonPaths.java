package dev.plimsoll.ui.ownchecks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A document's fields as an expression names them. */
final class JsonPaths {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MOST_FIELDS = 1_000;
  private static final int LONGEST_VALUE = 120;

  private JsonPaths() {}

  /**
   * A field.
   *
   * @param expression what reads it
   * @param value compact JSON, cut
   */
  record Field(String expression, String value) {}

  /** The fields of a document, the first {@value #MOST_FIELDS} of them. */
  static List<Field> of(String variable, String json) {
    List<Field> fields = new ArrayList<>();
    collect(MAPPER.readTree(json), variable, fields);
    return fields;
  }

  private static void collect(JsonNode node, String path, List<Field> fields) {
    if (fields.size() >= MOST_FIELDS) {
      return;
    }
    if (node.isObject() && !node.isEmpty()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        collect(member.getValue(), path + member(member.getKey()), fields);
      }
    } else if (node.isArray() && !node.isEmpty() && node.get(0).isContainer()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), path + "[" + i + "]", fields);
      }
    } else {
      String value = node.toString();
      fields.add(
          new Field(
              path,
              value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value));
    }
  }

  private static String member(String name) {
    return PLAIN.matcher(name).matches()
        ? "." + name
        : "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
  }
}
