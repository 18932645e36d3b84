package dev.plimsoll.checklist.fix;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A piece of the engine's configuration file: just what is to be set. */
final class DaemonJson {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private DaemonJson() {}

  /** What to set as JSON; what to remove as a remark below it, which is no part of the file. */
  static String text(Map<String, JsonNode> set, Set<String> drop) {
    StringBuilder text = new StringBuilder();
    if (!set.isEmpty()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      set.forEach(json::set);
      text.append(PRETTY.writeValueAsString(json));
    }
    if (!drop.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n\n")
          .append("Remove, if it stands there: \"")
          .append(String.join("\", \"", drop))
          .append("\"");
    }
    return text.toString();
  }
}
