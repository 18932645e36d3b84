package dev.plimsoll.collect.events;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is kept of an event that a check asks for.
 *
 * @param nanos by the engine's clock, since 1970
 * @param actorId of the container, image or volume that it is about
 * @param ref what tells it from others of the same instant: an exec's or a container's ID
 */
record Happening(Kind kind, long nanos, String actorId, String ref, JsonNode attributes) {
  private static final int LONGEST_ID = 300;
  private static final int LONGEST_USER = 100;

  /** What happened. */
  enum Kind {
    /** Somebody ran a process in a container: as whom, and whether with all privileges. */
    EXEC,
    /** An image was made from a container's layer. */
    COMMIT,
    /** A volume ended. */
    VOLUME_DESTROYED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Happening exec(EngineEvent event, boolean privileged, String user) {
    return new Happening(
        Kind.EXEC,
        event.nanos(),
        bounded(event.actorId(), LONGEST_ID),
        bounded(event.attribute("execID"), LONGEST_ID),
        JsonNodeFactory.instance
            .objectNode()
            .put("privileged", privileged)
            .put("user", bounded(user, LONGEST_USER)));
  }

  /** An exec that the engine did not show any more. */
  static Happening unreadExec(EngineEvent event, int status) {
    return new Happening(
        Kind.EXEC,
        event.nanos(),
        bounded(event.actorId(), LONGEST_ID),
        bounded(event.attribute("execID"), LONGEST_ID),
        JsonNodeFactory.instance.objectNode().put("unread", status));
  }

  static Happening commit(EngineEvent event) {
    return new Happening(
        Kind.COMMIT,
        event.nanos(),
        bounded(event.attribute("imageID"), LONGEST_ID),
        bounded(event.actorId(), LONGEST_ID),
        JsonNodeFactory.instance.objectNode());
  }

  static Happening volumeDestroyed(EngineEvent event) {
    return new Happening(
        Kind.VOLUME_DESTROYED,
        event.nanos(),
        bounded(event.actorId(), LONGEST_ID),
        "",
        JsonNodeFactory.instance.objectNode());
  }

  /** Strangers wrote it: no control characters, which PostgreSQL may refuse, and not too long. */
  private static String bounded(String text, int longest) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .filter(c -> !Character.isISOControl(c))
        .limit(longest)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
