package dev.plimsoll.collect.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What of managed plugins is kept: which there are, whether they run, and what they may. */
final class PluginForm {
  private PluginForm() {}

  static ArrayNode observation(JsonNode plugins) {
    List<JsonNode> kept = new ArrayList<>();
    plugins.forEach(plugin -> kept.add(one(plugin)));
    kept.sort(Comparator.comparing(plugin -> plugin.path("Name").asString("")));
    return JsonNodeFactory.instance.arrayNode().addAll(kept);
  }

  private static ObjectNode one(JsonNode plugin) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    copy(plugin, kept, "Name");
    copy(plugin, kept, "Enabled");
    copy(plugin.path("Settings"), kept.putObject("Settings"), "Devices");
    JsonNode config = plugin.path("Config");
    ObjectNode keptConfig = kept.putObject("Config");
    copy(config, keptConfig, "Linux");
    copy(config, keptConfig, "Network");
    copy(config, keptConfig, "PropagatedMount");
    return kept;
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    if (from.has(name)) {
      to.set(name, from.get(name));
    }
  }
}
