package dev.plimsoll.checklist;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a host keeps the files that the host-file checks speak of. The list is fixed: nothing in it
 * comes from a host, so that what asks for these paths can be written down once.
 *
 * <p>A place is one object under all names by which distributions know it ({@code /lib} is a link
 * to {@code /usr/lib} on most). Where a check has several places, every one that exists counts.
 */
public final class HostFilePaths {
  /** Below it lies one directory a registry, with its certificates. */
  public static final String REGISTRY_CERTIFICATES = "/etc/docker/certs.d";

  /** The engine's configuration file. */
  public static final String DAEMON_JSON = "/etc/docker/daemon.json";

  static final List<Place> SERVICE_UNIT = unit("docker.service");
  static final List<Place> SOCKET_UNIT = unit("docker.socket");
  static final List<Place> ETC_DOCKER = places("/etc/docker");
  static final List<Place> DOCKER_SOCKET =
      List.of(new Place("/run/docker.sock", "/var/run/docker.sock"));
  static final List<Place> DAEMON_CONFIGURATION = places(DAEMON_JSON);
  static final List<Place> ETC_DEFAULT = places("/etc/default/docker");
  static final List<Place> SYSCONFIG = places("/etc/sysconfig/docker");
  static final List<Place> CONTAINERD_SOCKET =
      List.of(
          new Place("/run/containerd/containerd.sock", "/var/run/containerd/containerd.sock"),
          new Place(
              "/run/docker/containerd/containerd.sock",
              "/var/run/docker/containerd/containerd.sock"));
  static final List<Place> RUN_CONTAINERD =
      List.of(new Place("/run/containerd", "/var/run/containerd"));
  static final List<Place> CONTAINERD_CONFIGURATION = places("/etc/containerd/config.toml");
  static final List<Place> DOCKERD = program("dockerd");
  static final List<Place> CONTAINERD = program("containerd");
  static final List<Place> SHIM = program("containerd-shim");
  static final List<Place> SHIM_V1 = program("containerd-shim-runc-v1");
  static final List<Place> SHIM_V2 = program("containerd-shim-runc-v2");
  static final List<Place> RUNC = program("runc");

  private HostFilePaths() {}

  /** One object and all its names, the usual one first. */
  record Place(List<String> names) {
    Place(String... names) {
      this(List.of(names));
    }
  }

  /** Every path of which owner and mode are asked, in a stable order. */
  public static List<String> all() {
    return Stream.of(
            SERVICE_UNIT,
            SOCKET_UNIT,
            ETC_DOCKER,
            places(REGISTRY_CERTIFICATES),
            DOCKER_SOCKET,
            DAEMON_CONFIGURATION,
            ETC_DEFAULT,
            SYSCONFIG,
            CONTAINERD_SOCKET,
            RUN_CONTAINERD,
            CONTAINERD_CONFIGURATION,
            DOCKERD,
            CONTAINERD,
            SHIM,
            SHIM_V1,
            SHIM_V2,
            RUNC)
        .flatMap(List::stream)
        .flatMap(place -> place.names().stream())
        .toList();
  }

  /** The load path of systemd.unit(5) for system units. */
  private static List<Place> unit(String name) {
    return List.of(
        new Place("/etc/systemd/system/" + name),
        new Place("/run/systemd/system/" + name),
        new Place("/usr/local/lib/systemd/system/" + name),
        new Place("/usr/lib/systemd/system/" + name, "/lib/systemd/system/" + name));
  }

  /** Debian keeps the engine's programs in {@code /usr/sbin}, Docker's packages in /usr/bin. */
  private static List<Place> program(String name) {
    return List.of(
        new Place("/usr/bin/" + name, "/bin/" + name),
        new Place("/usr/sbin/" + name, "/sbin/" + name));
  }

  private static List<Place> places(String path) {
    return List.of(new Place(path));
  }
}
