package dev.plimsoll.backup.coverage;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data that a host keeps, with who uses it and what was meant for it.
 *
 * @param key how the engine knows it: a volume's name, a container's Docker ID; else the name
 * @param createdAt when a volume was made, where the engine's word is an identity (Engine 23 and
 *     later); null elsewhere
 * @param labels of a volume, and of the containers that use it where the volume has none of that
 *     name
 * @param project Compose project; null if it belongs to none
 * @param users containers that mount it, by name; of a layer the container itself
 * @param intents what labels and backup programs say is meant to happen; no evidence of anything
 */
public record KeptData(
    DataRef ref,
    String key,
    DataShape shape,
    @Nullable String createdAt,
    Map<String, String> labels,
    @Nullable String project,
    List<User> users,
    List<Intent> intents) {

  public KeptData {
    labels = Map.copyOf(labels);
    users = List.copyOf(users);
    intents = List.copyOf(intents);
  }

  /** Whether it is a volume that nothing uses. */
  public boolean orphaned() {
    return ref.kind() == DataKind.VOLUME && users.isEmpty();
  }

  /**
   * A container that uses it.
   *
   * @param path where it is mounted
   * @param through the container from which it is mounted by {@code --volumes-from}; null if it is
   *     mounted by itself
   * @param dataContainer whether it never runs and others mount what it mounts
   */
  public record User(
      String container,
      String dockerId,
      boolean running,
      boolean writes,
      String path,
      @Nullable String through,
      boolean dataContainer) {}

  /**
   * A sign that somebody means it to be backed up.
   *
   * @param label its name, or {@code image} for a container that runs a backup program
   * @param on name of the volume or container that bears it
   */
  public record Intent(String label, String value, String on) {}
}
