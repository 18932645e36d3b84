package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Directories of the host in which a container keeps data. */
public final class BoundDirectories {
  private static final List<String> SYSTEM_PATHS =
      List.of(
          "/bin",
          "/boot",
          "/dev",
          "/etc",
          "/lib",
          "/lib64",
          "/proc",
          "/run",
          "/sbin",
          "/sys",
          "/tmp",
          "/usr",
          "/var/run",
          "/var/tmp");

  private BoundDirectories() {}

  /**
   * A directory that a container may write.
   *
   * @param path clean and absolute, on the host
   * @param destination where the container sees it
   * @param mount its place in {@code .Mounts}
   */
  public record Bound(String path, String destination, int mount) {}

  /**
   * The directories behind a container's writable bind mounts, sockets and the system's own
   * directories left out.
   *
   * @param mounts {@code .Mounts} of the container
   * @param endpoint path of the socket through which the host is watched; null if it is none
   */
  public static List<Bound> written(JsonNode mounts, @Nullable String endpoint) {
    List<Bound> written = new ArrayList<>();
    for (int i = 0; i < mounts.size(); i++) {
      JsonNode mount = mounts.path(i);
      String path = HostPath.clean(mount.path("Source").asString(""));
      if (mount.path("Type").asString("").equals("bind")
          && mount.path("RW").asBoolean(true)
          && isData(path, endpoint)) {
        written.add(new Bound(path, mount.path("Destination").asString(""), i));
      }
    }
    return written;
  }

  private static boolean isData(String path, @Nullable String endpoint) {
    return !MountChecks.showsSocket(path, endpoint)
        && !path.endsWith(".sock")
        && SYSTEM_PATHS.stream().noneMatch(directory -> HostPath.holds(directory, path));
  }
}
