package dev.plimsoll.owncheck;

import dev.cel.common.values.NullValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON as expressions see it: nothing is copied until it is read, and what is read is kept. */
final class JsonValues {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private JsonValues() {}

  /** The value of a node that stands at a path of a document. */
  static Object of(JsonNode node, Reads.Origin origin, String path, Reads reads) {
    if (node.isObject()) {
      return new JsonObjectView(node, origin, path, reads);
    }
    if (node.isArray()) {
      return new JsonArrayView(node, origin, path, reads);
    }
    return scalar(node, reads);
  }

  /** The whole value at once, for comparisons. */
  static Object copy(JsonNode node, Reads reads) {
    reads.spend(1);
    if (node.isObject()) {
      Map<String, Object> members = LinkedHashMap.newLinkedHashMap(node.size());
      node.properties().forEach(m -> members.put(m.getKey(), copy(m.getValue(), reads)));
      return members;
    }
    if (node.isArray()) {
      return node.valueStream().map(element -> copy(element, reads)).toList();
    }
    return scalar(node, reads);
  }

  private static Object scalar(JsonNode node, Reads reads) {
    if (node.isString()) {
      return reads.text(node.stringValue());
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return NullValue.NULL_VALUE;
  }

  /** Path of a member, whatever characters its name has. */
  static String member(String path, String name) {
    return PLAIN_NAME.matcher(name).matches() ? path + "." + name : path + "['" + name + "']";
  }

  /** A member's name, where an expression asks for one. */
  static @Nullable String name(@Nullable Object key) {
    return key instanceof String name ? name : null;
  }
}
