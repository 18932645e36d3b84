package dev.plimsoll.collect.read;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What of an engine's {@code /info} and {@code /version} is kept. */
final class EngineForm {
  private static final Set<String> VOLATILE =
      Set.of(
          "Containers",
          "ContainersRunning",
          "ContainersPaused",
          "ContainersStopped",
          "Images",
          "NFd",
          "NGoroutines",
          "NEventsListener",
          "SystemTime");

  private EngineForm() {}

  static ObjectNode document(JsonNode info, JsonNode version) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    ObjectNode keptInfo = kept.putObject("info");
    for (Map.Entry<String, JsonNode> field : info.properties()) {
      switch (field.getKey()) {
        case "DriverStatus" -> keptInfo.set("DriverStatus", withoutSpace(field.getValue()));
        case "Swarm" -> keptInfo.set("Swarm", swarm(field.getValue()));
        default -> {
          if (!VOLATILE.contains(field.getKey())) {
            keptInfo.set(field.getKey(), field.getValue());
          }
        }
      }
    }
    kept.set("version", version);
    return kept;
  }

  /** Drivers that manage a pool of their own report how full it is. */
  private static JsonNode withoutSpace(JsonNode status) {
    if (!status.isArray()) {
      return status;
    }
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    for (JsonNode row : status) {
      String name = row.path(0).asString("");
      if (!name.contains("Space") && !name.contains("Used") && !name.contains("Available")) {
        kept.add(row);
      }
    }
    return kept;
  }

  /** The cluster's version rises with every change to any of its objects. */
  private static JsonNode swarm(JsonNode swarm) {
    if (!swarm.path("Cluster").isObject()) {
      return swarm;
    }
    ObjectNode kept = (ObjectNode) swarm.deepCopy();
    ((ObjectNode) kept.get("Cluster")).remove(java.util.List.of("Version", "UpdatedAt"));
    return kept;
  }
}
