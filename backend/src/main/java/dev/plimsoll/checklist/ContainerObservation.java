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
 *  "users":{"user":{"name":"app","uid":1000,"gid":1000},"groups":{"docker":999},"error":"…"},
 *  "processes":{"uid0":["nginx"],"login":["sshd"]},
 *  "changes":{"system":["/etc/new"],"data":["/srv"],"over1MiB":false}}
 * }</pre>
 *
 * <p>Fields without a value are left out. {@code processes} and {@code changes} are there only
 * where their reading is switched on; each may be {@code
 * {"failed":{"call":…,"status":…,"detail":…}}}, and {@code changes} may have {@code sizeFailed} of
 * the same form in the place of {@code over1MiB}.
 *
 * @param finishedAt when it stopped; null while it runs and if it never ran
 * @param health null without a health check and while it does not run
 * @param users null where neither {@code /etc/passwd} nor {@code /etc/group} is needed
 * @param processes null where they were not looked at
 * @param changes null where they were not looked at
 */
public record ContainerObservation(
    State state,
    boolean everStarted,
    @Nullable Instant finishedAt,
    @Nullable Health health,
    @Nullable ContainerAccounts users,
    @Nullable ProcessTable processes,
    @Nullable LayerChanges changes) {

  static final Field STATE = Field.of(".state");
  static final Field EVER_STARTED = Field.of(".everStarted");
  static final Field FINISHED_AT = Field.of(".finishedAt");
  static final Field HEALTH = Field.of(".health");
  static final Field USER_UID = Field.of(".users.user.uid");
  static final Field USER_GID = Field.of(".users.user.gid");
  static final Field GROUPS = Field.of(".users.groups");
  static final Field USERS_ERROR = Field.of(".users.error");
  static final Field PROCESSES = Field.of(".processes");
  static final Field PROCESSES_OF_ROOT = Field.of(".processes.uid0");
  static final Field LOGIN_SERVERS = Field.of(".processes.login");
  static final Field PROCESSES_FAILED = Field.of(".processes.failed");
  static final Field CHANGES = Field.of(".changes");
  static final Field SYSTEM_CHANGES = Field.of(".changes.system");
  static final Field DATA_CHANGES = Field.of(".changes.data");
  static final Field OVER_1_MIB = Field.of(".changes.over1MiB");
  static final Field CHANGES_FAILED = Field.of(".changes.failed");
  static final Field SIZE_FAILED = Field.of(".changes.sizeFailed");

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
  public ObjectNode toJson() {
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
    if (processes != null) {
      json.set("processes", processes.toJson());
    }
    if (changes != null) {
      json.set("changes", changes.toJson());
    }
    return json;
  }

  /** A call that failed, as an observation keeps it. */
  static ObjectNode failed(Reading.Unread problem) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("call", problem.call())
        .put("status", problem.status())
        .put("detail", problem.detail());
  }

  /** The call that an observation says failed; null if the field holds none. */
  static Reading.@Nullable Unread failed(JsonNode field) {
    return field.isObject()
        ? new Reading.Unread(
            field.path("call").asString(""),
            field.path("status").asInt(0),
            field.path("detail").asString("the call failed"))
        : null;
  }
}
