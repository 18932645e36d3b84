package dev.plimsoll.checklist;

import dev.plimsoll.checklist.Reading.Unread;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a container added or changed in its own layer, reduced to what stays the same while it only
 * goes on working: files of the system one by one, anything else by the directory that holds it.
 */
public sealed interface LayerChanges {
  /** So many paths of each kind are kept. */
  int MOST = 50;

  /**
   * They were looked at.
   *
   * @param system files below directories of the system, sorted
   * @param data directories, at most three deep, that hold other files, sorted
   * @param over1MiB whether the layer holds more than 1 MiB; null if that was not shown
   * @param sizeProblem why it was not shown; null if it was
   */
  record Seen(
      List<String> system,
      List<String> data,
      @Nullable Boolean over1MiB,
      @Nullable Unread sizeProblem)
      implements LayerChanges {
    public Seen {
      system = List.copyOf(system);
      data = List.copyOf(data);
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      put(json.putArray("system"), system);
      put(json.putArray("data"), data);
      if (over1MiB != null) {
        json.put("over1MiB", over1MiB.booleanValue());
      }
      if (sizeProblem != null) {
        json.set("sizeFailed", ContainerObservation.failed(sizeProblem));
      }
      return json;
    }

    private static void put(ArrayNode array, List<String> paths) {
      paths.forEach(array::add);
    }
  }

  /** The engine did not show them. */
  record Refused(Reading.Unread problem) implements LayerChanges {
    @Override
    public ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set("failed", ContainerObservation.failed(problem));
      return json;
    }
  }

  /** The JSON form in which an observation holds it. */
  ObjectNode toJson();

  /**
   * Reads the answer to {@code GET /containers/{id}/changes}.
   *
   * @param changes {@code [{"Path":"/etc","Kind":0},…]} with 0 modified, 1 added, 2 deleted; null
   *     for none
   * @param container the container's inspect document, which says what the engine itself put there
   * @param sizeRw bytes of the layer; null if the engine did not say, where {@code sizeProblem}
   *     says why
   */
  static Seen of(
      JsonNode changes, JsonNode container, @Nullable Long sizeRw, @Nullable Unread sizeProblem) {
    Set<String> parents =
        changes.values().stream()
            .map(change -> parent(change.path("Path").asString("")))
            .collect(Collectors.toSet());
    Set<String> mountPoints = mountPoints(container);
    TreeSet<String> system = new TreeSet<>();
    TreeSet<String> data = new TreeSet<>();
    for (JsonNode change : changes.values()) {
      String path = change.path("Path").asString("");
      boolean deleted = change.path("Kind").asInt(0) == DELETED;
      // A directory is listed because of what changed inside it
      if (deleted || path.isEmpty() || parents.contains(path) || isIgnored(path, mountPoints)) {
        continue;
      }
      if (SYSTEM.stream().anyMatch(directory -> HostPath.isBelow(path, directory))) {
        system.add(path);
      } else {
        data.add(holder(path));
      }
    }
    return new Seen(
        system.stream().limit(MOST).toList(),
        data.stream().limit(MOST).toList(),
        sizeRw == null ? null : sizeRw > MIB,
        sizeProblem);
  }

  /** Kind of a change that took something away. */
  int DELETED = 2;

  /** Bytes of a mebibyte, which is what may gather without anybody calling it data. */
  long MIB = 1 << 20;

  /** Where what is there decides how the container works. */
  List<String> SYSTEM = List.of("/bin", "/sbin", "/usr", "/lib", "/lib64", "/etc");

  /** Where writing is normal, and what is written is no data. */
  List<String> PASSING =
      List.of(
          "/tmp",
          "/run",
          "/var/run",
          "/var/tmp",
          "/var/cache",
          "/var/log",
          "/dev",
          "/proc",
          "/sys");

  /** What the engine writes when it starts a container. */
  Set<String> WRITTEN_BY_ENGINE =
      Set.of("/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/mtab", "/.dockerenv");

  private static boolean isIgnored(String path, Set<String> mountPoints) {
    return WRITTEN_BY_ENGINE.contains(path)
        || mountPoints.stream().anyMatch(point -> HostPath.holds(path, point))
        || PASSING.stream().anyMatch(directory -> HostPath.holds(directory, path));
  }

  /** Places that the engine made in the layer only to mount something there. */
  private static Set<String> mountPoints(JsonNode container) {
    Set<String> points = new TreeSet<>();
    for (JsonNode mount : container.path("Mounts")) {
      points.add(HostPath.clean(mount.path("Destination").asString("")));
    }
    points.addAll(container.path("HostConfig").path("Tmpfs").propertyNames());
    String workingDirectory = container.path("Config").path("WorkingDir").asString("");
    if (!workingDirectory.isEmpty()) {
      points.add(HostPath.clean(workingDirectory));
    }
    points.remove("");
    return points;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "" : path.substring(0, slash);
  }

  /** The directory of a path, or the third above which it lies; a file below the root is itself. */
  private static String holder(String path) {
    String directory = parent(path);
    if (directory.isEmpty()) {
      return path;
    }
    int end = 0;
    for (int depth = 0; depth < 3 && end >= 0; depth++) {
      end = directory.indexOf('/', end + 1);
    }
    return end < 0 ? directory : directory.substring(0, end);
  }
}
