package dev.plimsoll.posture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Failed calls as the tables hold them: {@code {"call":…,"status":…,"detail":…}}. */
final class Problems {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Problems() {}

  static CollectionRow.@Nullable Problem one(@Nullable String json) {
    return json == null ? null : problem(MAPPER.readTree(json));
  }

  static List<CollectionRow.Problem> all(String json) {
    List<CollectionRow.Problem> problems = new ArrayList<>();
    MAPPER.readTree(json).values().forEach(item -> problems.add(problem(item)));
    return problems;
  }

  private static CollectionRow.Problem problem(JsonNode json) {
    return new CollectionRow.Problem(
        json.path("call").asString(""),
        json.path("status").asInt(0),
        json.path("detail").asString(""));
  }
}
