package dev.plimsoll.checklist;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Since when an engine's events are heard without a gap. It stands in the engine's observation. */
public sealed interface EventWatchState {
  /** As JSON, equal as long as nothing changes. */
  JsonNode toJson();

  /**
   * Nothing was missed since then.
   *
   * @param since by the portal's clock
   * @param onEngine not before the same instant by the engine's, in which containers' times are
   */
  record Watched(Instant since, Instant onEngine) implements EventWatchState {
    @Override
    public JsonNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("watchedSince", since.toString())
          .put("watchedSinceOnEngine", onEngine.toString());
    }
  }

  /** Events are heard, but there was none yet by which a gap could be noticed. */
  record Silent() implements EventWatchState {
    @Override
    public JsonNode toJson() {
      return JsonNodeFactory.instance.objectNode().put("silent", true);
    }
  }

  /** Events are not heard this moment. */
  record Interrupted(Reading.Unread problem) implements EventWatchState {
    @Override
    public JsonNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.putObject("interrupted")
          .put("call", problem.call())
          .put("status", problem.status())
          .put("detail", problem.detail());
      return json;
    }
  }
}
