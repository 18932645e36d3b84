package dev.plimsoll.checklist;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A container's volatile facts, reduced to what stays equal as long as nothing changes. This is the
 * one place that fixes the shape of a container's observation:
 *
 * <pre>{@code
 * {"state":"exited","everStarted":true,"finishedAt":"2026-11-20T08:00:00Z",
 *  "health":"healthy",
 *  "users":{"user":{"name":"app","uid":1000,"gid":1000},"groups":{"docker":999},"error":"…"}}
 * }</pre>
 *
 * <p>Fields without a value are left out.
 *
 * @param finishedAt when it stopped; null while it runs and if it never ran
 * @param health null without a health check and while it does not run
 * @param users null where neither {@code /etc/passwd} nor {@code /etc/group} is needed
 */
public record ContainerObservation(
    State state,
    boolean everStarted,
    @Nullable Instant finishedAt,
    @Nullable Health health,
    @Nullable ContainerAccounts users) {

  static final Field STATE = Field.of(".state");
  static final Field EVER_STARTED = Field.of(".everStarted");
  static final Field FINISHED_AT = Field.of(".finishedAt");
  static final Field HEALTH = Field.of(".health");
  static final Field USER_UID = Field.of(".users.user.uid");
  static final Field USER_GID = Field.of(".users.user.gid");
  static final Field GROUPS = Field.of(".users.groups");
  static final Field USERS_ERROR = Field.of(".users.error");

  /** The engine's word for what a container is doing. */
  public enum State {
    CREATED,
    RUNNING,
    PAUSED,
    RESTARTING,
    REMOVING,
    EXITED,
    DEAD;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The state as the engine spells it. */
    public String word() {
      return word;
    }

    /**
     * The state that is spelled so.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static State of(String word) {
      for (State state : values()) {
        if (state.word.equals(word)) {
          return state;
        }
      }
      throw new IllegalArgumentException("no container state is called " + word);
    }
  }

  /** What a container's health check last said. */
  public enum Health {
    HEALTHY,
    UNHEALTHY,
    STARTING;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The status as the engine spells it. */
    public String word() {
      return word;
    }

    /** The status that is spelled so; null for any other word, such as {@code none}. */
    public static @Nullable Health of(String word) {
      for (Health health : values()) {
        if (health.word.equals(word)) {
          return health;
        }
      }
      return null;
    }
  }

  /** The observation as JSON, equal for equal facts. */
  public JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("state", state.word());
    json.put("everStarted", everStarted);
    if (finishedAt != null) {
      json.put("finishedAt", finishedAt.toString());
    }
    if (health != null) {
      json.put("health", health.word());
    }
    if (users != null) {
      json.set("users", users.toJson());
    }
    return json;
  }
}
