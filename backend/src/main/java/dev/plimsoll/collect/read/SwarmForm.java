package dev.plimsoll.collect.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a swarm is kept: what people set, in an order of its own, without versions and states
 * that change by themselves. Join tokens and keys are never kept.
 */
final class SwarmForm {
  private static final Set<String> NOT_OF_SWARM = Set.of("JoinTokens", "Version", "UpdatedAt");
  private static final Set<String> NOT_OF_CA = Set.of("SigningCAKey", "ForceRotate");
  private static final Set<String> OF_NODES = Set.of("ID", "CreatedAt", "Spec");
  private static final Set<String> OF_SERVICES = Set.of("ID", "CreatedAt", "Spec");

  private SwarmForm() {}

  static ObjectNode document(EngineAnswers.SwarmAnswers answers) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    answers
        .parts()
        .forEach(
            (part, json) -> {
              switch (part) {
                case "swarm" -> kept.set(part, swarm(json));
                case "nodes" -> kept.set(part, sorted(json, SwarmForm::node));
                case "services" ->
                    kept.set(part, sorted(json, service -> only(service, OF_SERVICES)));
                default -> throw new IllegalArgumentException(part + " is no part of a swarm");
              }
            });
    if (!answers.unread().isEmpty()) {
      ObjectNode unread = kept.putObject("unread");
      answers.unread().forEach((part, problem) -> unread.set(part, Problems.json(problem)));
    }
    return kept;
  }

  private static ObjectNode swarm(JsonNode swarm) {
    ObjectNode kept = without(swarm, NOT_OF_SWARM);
    if (kept.path("Spec").path("CAConfig").isObject()) {
      ObjectNode spec = (ObjectNode) kept.get("Spec").deepCopy();
      spec.set("CAConfig", without(spec.get("CAConfig"), NOT_OF_CA));
      kept.set("Spec", spec);
    }
    return kept;
  }

  private static ObjectNode node(JsonNode node) {
    ObjectNode kept = only(node, OF_NODES);
    JsonNode described = node.path("Description");
    ObjectNode description = kept.putObject("Description");
    description.put("Hostname", described.path("Hostname").asString(""));
    description.set("Platform", described.path("Platform"));
    description.put("EngineVersion", described.path("Engine").path("EngineVersion").asString(""));
    return kept;
  }

  private static ArrayNode sorted(
      JsonNode list, java.util.function.Function<JsonNode, JsonNode> form) {
    List<JsonNode> kept = new ArrayList<>();
    list.forEach(one -> kept.add(form.apply(one)));
    kept.sort(Comparator.comparing(one -> one.path("ID").asString("")));
    return JsonNodeFactory.instance.arrayNode().addAll(kept);
  }

  private static ObjectNode only(JsonNode object, Set<String> names) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (names.contains(field.getKey())) {
        kept.set(field.getKey(), field.getValue());
      }
    }
    return kept;
  }

  private static ObjectNode without(JsonNode object, Set<String> names) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!names.contains(field.getKey())) {
        kept.set(field.getKey(), field.getValue());
      }
    }
    return kept;
  }
}
