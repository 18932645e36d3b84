package dev.plimsoll.collect.events;

import dev.plimsoll.inventory.Sha256;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One event as an engine tells it. The command of an exec is in here, and nowhere that lasts.
 *
 * @param nanos by the engine's clock, since 1970
 * @param type {@code container} or {@code volume}
 * @param action one word, such as {@code exec_create}
 * @param argument what stands behind the word: an exec's command; empty for most events
 * @param actorId a container's ID, a volume's name
 * @param attributes of the actor; labels among them
 */
record EngineEvent(
    long nanos, String type, String action, String argument, String actorId, JsonNode attributes) {
  static final String EXEC_CREATE = "exec_create";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ARGUMENT = ": ";

  /**
   * Reads a line of the stream.
   *
   * @throws IllegalArgumentException if it is no event; its message holds nothing of the line
   */
  static EngineEvent parse(String line) {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("an event is not JSON"); // the cause would quote it
    }
    JsonNode nanos = json.path("timeNano");
    JsonNode actor = json.path("Actor");
    if (!nanos.canConvertToLong() || !json.path("Action").isString() || !actor.isObject()) {
      throw new IllegalArgumentException("an event has no time, no action or no actor");
    }
    String whole = json.path("Action").stringValue();
    int colon = whole.indexOf(ARGUMENT);
    return new EngineEvent(
        nanos.longValue(),
        json.path("Type").asString(""),
        colon < 0 ? whole : whole.substring(0, colon),
        colon < 0 ? "" : whole.substring(colon + ARGUMENT.length()),
        actor.path("ID").asString(""),
        actor.path("Attributes"));
  }

  String attribute(String name) {
    return attributes.path(name).asString("");
  }

  /** What tells this event from all others of its engine; nothing of a command is in it. */
  Sha256 key() {
    String telling =
        String.join("\n", Long.toString(nanos), type, action, actorId, attribute("execID"));
    return Sha256.of(telling.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "EngineEvent[" + type + " " + action + " " + nanos + "]";
  }
}
