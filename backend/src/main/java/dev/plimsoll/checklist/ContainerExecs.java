package dev.plimsoll.checklist;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was heard of processes that people ran in a container, reduced to when each was last the
 * case. It stands in the container's observation, and stays equal as long as nothing is heard:
 *
 * <pre>{@code
 * {"privileged":"2026-11-20T08:00:00Z","root":"…","named":"…","unread":"…"}
 * }</pre>
 *
 * @param privileged with all privileges
 * @param root as root
 * @param named as a user other than the container's own, by a name whose number nobody knows
 * @param unread the engine did not show it any more
 */
public record ContainerExecs(
    @Nullable Instant privileged,
    @Nullable Instant root,
    @Nullable Instant named,
    @Nullable Instant unread) {
  static final Field PRIVILEGED = Field.of(".execs.privileged");
  static final Field ROOT = Field.of(".execs.root");
  static final Field NAMED = Field.of(".execs.named");
  static final Field UNREAD = Field.of(".execs.unread");

  /**
   * An exec in a container.
   *
   * @param user as the engine shows it; null if the engine did not show the exec
   */
  public record Exec(Instant at, boolean privileged, @Nullable String user) {}

  /** Reduces what was heard of one container. */
  public static ContainerExecs of(List<Exec> execs) {
    Instant privileged = null;
    Instant root = null;
    Instant named = null;
    Instant unread = null;
    for (Exec exec : execs) {
      String user = exec.user();
      if (user == null) {
        unread = later(unread, exec.at());
        continue;
      }
      if (exec.privileged()) {
        privileged = later(privileged, exec.at());
      }
      UserSpec spec = UserSpec.parse(user);
      if (spec.user().isEmpty()) {
        continue; // as whom the container itself runs
      }
      if (spec.rootByItself()) {
        root = later(root, exec.at());
      } else if (UserSpec.number(spec.user()).isEmpty()) {
        named = later(named, exec.at());
      }
    }
    return new ContainerExecs(privileged, root, named, unread);
  }

  /** As JSON; fields that never were the case are left out. */
  public JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    put(json, "privileged", privileged);
    put(json, "root", root);
    put(json, "named", named);
    put(json, "unread", unread);
    return json;
  }

  private static void put(ObjectNode json, String name, @Nullable Instant at) {
    if (at != null) {
      json.put(name, at.toString());
    }
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one == null || other.isAfter(one) ? other : one;
  }
}
