package dev.plimsoll.correctness;

import dev.plimsoll.checklist.Outcome;
import java.util.Map;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing to ask for when a container is created, and what must be said of the container because
 * of it.
 *
 * @param title what is asked for, as on the command line
 * @param body its part of the body of {@code POST /containers/create}
 */
record Option(String title, JsonNode body, Map<String, Outcome> expected) {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(
              JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .build();

  /** An option whose JSON may quote with apostrophes and leave names unquoted. */
  static Option of(String title, String body, String expected) {
    return new Option(title, json(body), Expected.of(expected));
  }

  static JsonNode json(String text) {
    return LENIENT.readTree(text);
  }

  /** Adds what another object holds, member by member. */
  static void merge(ObjectNode into, JsonNode from) {
    for (Map.Entry<String, JsonNode> member : from.properties()) {
      if (into.path(member.getKey()) instanceof ObjectNode inner && member.getValue().isObject()) {
        merge(inner, member.getValue());
      } else {
        into.set(member.getKey(), member.getValue().deepCopy());
      }
    }
  }
}
