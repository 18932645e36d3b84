package dev.plimsoll.ui.subject;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A document set out for reading, and where in the text a path leads.
 *
 * @param text two blanks a level, one member or entry a line
 * @param from first character of what the path names; -1 if the document has no such place
 * @param to the character behind it
 */
record PrettyJson(String text, int from, int to) {

  /** Sets out a document and finds a path in it, or the longest part of the path that is there. */
  static PrettyJson of(JsonNode root, @Nullable JsonPath path) {
    Writer writer = new Writer(path);
    writer.write(root, 0, path == null ? -1 : 0);
    return new PrettyJson(writer.out.toString(), writer.from, writer.to);
  }

  private static final class Writer {
    private final StringBuilder out = new StringBuilder();
    private final @Nullable JsonPath path;
    private int deepest;
    private int from = -1;
    private int to = -1;

    private Writer(@Nullable JsonPath path) {
      this.path = path;
    }

    /** Writes a node; {@code matched} steps of the path lead here, -1 if this is off the path. */
    private void write(JsonNode node, int level, int matched) {
      if (node.isObject() && !node.isEmpty()) {
        out.append("{\n");
        Iterator<Map.Entry<String, JsonNode>> members = node.properties().iterator();
        while (members.hasNext()) {
          Map.Entry<String, JsonNode> member = members.next();
          int start = indent(level + 1);
          out.append(quoted(member.getKey())).append(": ");
          writeChild(member.getValue(), level + 1, next(matched, member.getKey()), start);
          out.append(members.hasNext() ? ",\n" : "\n");
        }
        indent(level);
        out.append('}');
      } else if (node.isArray() && !node.isEmpty()) {
        out.append("[\n");
        for (int i = 0; i < node.size(); i++) {
          int start = indent(level + 1);
          writeChild(node.get(i), level + 1, next(matched, Integer.toString(i)), start);
          out.append(i < node.size() - 1 ? ",\n" : "\n");
        }
        indent(level);
        out.append(']');
      } else {
        out.append(node);
      }
    }

    private void writeChild(JsonNode node, int level, int matched, int start) {
      write(node, level, matched);
      if (matched > deepest) {
        deepest = matched;
        from = start;
        to = out.length();
      }
    }

    private int next(int matched, String step) {
      if (path == null || matched < 0 || matched >= path.steps().size()) {
        return -1;
      }
      return path.steps().get(matched).equals(step) ? matched + 1 : -1;
    }

    private int indent(int level) {
      out.repeat("  ", level);
      return out.length();
    }

    private static String quoted(String text) {
      return tools.jackson.databind.node.StringNode.valueOf(text).toString();
    }
  }
}
