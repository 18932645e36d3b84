package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.CRITICAL;
import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import dev.plimsoll.checklist.HostMounts.HostMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What of the host's file system reaches into a container. */
final class MountChecks {
  private static final Field DOCKER_ROOT = Field.of(".info.DockerRootDir");

  /** Everything at or below them belongs to the system. */
  private static final List<String> SYSTEM =
      List.of(
          "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/sys", "/usr", "/bin", "/sbin",
          "/root");

  /** They hold what belongs to the system beside much that does not. */
  private static final List<String> HOLDERS =
      List.of("/run", "/var/run", "/var/lib", "/var/lib/containerd");

  /** Where writing is as good as root. */
  private static final Set<String> DECISIVE = Set.of("/", "/etc", "/proc", "/sys", "/dev", "/root");

  private static final List<String> HARMLESS_READ_ONLY =
      List.of(
          "/etc/localtime",
          "/etc/timezone",
          "/etc/machine-id",
          "/etc/ssl/certs",
          "/usr/share/zoneinfo");

  private static final Set<String> SOCKET_NAMES =
      Set.of(
          "docker.sock",
          "containerd.sock",
          "podman.sock",
          "crio.sock",
          "cri-dockerd.sock",
          "buildkitd.sock");

  /** Where runtimes put their sockets; {@code /var/run} is a link to {@code /run}. */
  private static final List<String> SOCKETS =
      List.of(
          "/run/docker.sock",
          "/run/docker/containerd/containerd.sock",
          "/run/containerd/containerd.sock",
          "/run/podman/podman.sock",
          "/run/crio/crio.sock",
          "/run/cri-dockerd.sock",
          "/run/buildkit/buildkitd.sock");

  private static final Set<String> PROPAGATED = Set.of("shared", "rshared");
  private static final Set<String> CONTAINED = Set.of("", "private", "rprivate", "slave", "rslave");

  private MountChecks() {}

  static final Check NO_HOST_DIRECTORY =
      RuleBuilder.container("CTR-MOUNTHOST", HIGH)
          .cis("5.6")
          .nist("4.5.5")
          .title("No sensitive host directory is mounted")
          .rationale("Files of the system lie open to the container, past every other wall.")
          .remediation("Use a named volume, or mount the one file that is needed, read-only (:ro).")
          .judgedBy(MountChecks::noHostDirectory);

  static final Check NO_ENGINE_SOCKET =
      RuleBuilder.container("CTR-DOCKERSOCK", CRITICAL)
          .cis("5.32")
          .nist("4.5.4")
          .stig("DKER-EE-002130")
          .title("No engine socket inside the container")
          .rationale(
              "Whoever can open the socket controls the engine and with it the host; a read-only"
                  + " mount does not hinder that.")
          .remediation(
              "Put a proxy that lets only GET through between them, and accept the risk of what its"
                  + " rules leave open.")
          .judgedBy(MountChecks::noEngineSocket);

  static final Check NO_PROPAGATION =
      RuleBuilder.container("CTR-PROPAGATION", MEDIUM)
          .cis("5.20")
          .nist("4.5.5")
          .linuxOnly()
          .title("Mounts do not propagate back to the host")
          .rationale("What the container mounts there appears on the host and in its neighbours.")
          .remediation("Remove :shared and :rshared from the mount; :rslave is enough to follow.")
          .judgedBy(MountChecks::noPropagation);

  private static Verdict noHostDirectory(Examination x) {
    HostMounts mounts = HostMounts.of(x);
    if (mounts.mounts().isEmpty()) {
      if (!mounts.unclear().isEmpty()) {
        return x.unknown(mounts.unclear(), mounts.reason());
      }
      x.document().look(Containers.MOUNTS);
      return x.notApplicable("no directory of the host is mounted");
    }
    boolean windows = OperatingSystem.isWindowsContainer(x);
    String dockerRoot = dockerRoot(x.host());
    List<Evidence> sensitive = new ArrayList<>();
    boolean decisive = false;
    boolean writable = false;
    for (HostMount mount : mounts.mounts()) {
      if (windows ? isSensitiveOnWindows(mount) : isSensitive(mount, dockerRoot)) {
        sensitive.add(mount.evidence());
        writable |= !mount.readOnly();
        decisive |= !mount.readOnly() && DECISIVE.contains(mount.path());
      }
    }
    if (!sensitive.isEmpty()) {
      String lower = writable ? null : "read-only: one step lower";
      return x.fail(sensitive, decisive ? "critical: writable" : lower);
    }
    if (!mounts.unclear().isEmpty()) {
      return x.unknown(mounts.unclear(), mounts.reason());
    }
    if (dockerRoot == null && !windows) {
      // Everything else passed, but the data directory may lie anywhere
      x.engine().text(DOCKER_ROOT);
    }
    return x.pass();
  }

  private static @Nullable String dockerRoot(HostFacts host) {
    if (host.engine() instanceof Reading.Read engine) {
      JsonNode root = DOCKER_ROOT.in(engine.document());
      return root.isString() && root.stringValue().startsWith("/")
          ? HostPath.clean(root.stringValue())
          : null;
    }
    return null;
  }

  private static boolean isSensitive(HostMount mount, @Nullable String dockerRoot) {
    String path = mount.path();
    if (mount.readOnly() && isHarmlessReadOnly(path)) {
      return false;
    }
    for (String directory : SYSTEM) {
      if (HostPath.holds(path, directory) || HostPath.isBelow(path, directory)) {
        return true;
      }
    }
    for (String directory : HOLDERS) {
      if (HostPath.holds(path, directory)) {
        return true;
      }
    }
    return dockerRoot != null
        && (HostPath.holds(path, dockerRoot) || HostPath.isBelow(path, dockerRoot));
  }

  private static boolean isHarmlessReadOnly(String path) {
    for (String harmless : HARMLESS_READ_ONLY) {
      if (path.equals(harmless) || HostPath.isBelow(path, harmless)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSensitiveOnWindows(HostMount mount) {
    String path = mount.path().replace('/', '\\').toLowerCase(Locale.ROOT);
    return path.equals("c:")
        || path.equals("c:\\")
        || (path + "\\").startsWith("c:\\windows\\")
        || (path + "\\").startsWith("c:\\programdata\\");
  }

  private static Verdict noEngineSocket(Examination x) {
    HostMounts mounts = HostMounts.of(x);
    if (mounts.count() == 0) {
      x.document().look(Containers.MOUNTS);
      return x.notApplicable("nothing is mounted");
    }
    List<Evidence> sockets = new ArrayList<>();
    for (HostMount mount : mounts.mounts()) {
      if (showsSocket(mount.path(), x.host().endpointPath())) {
        sockets.add(mount.evidence());
      }
    }
    if (!sockets.isEmpty()) {
      return x.fail(sockets, null);
    }
    return mounts.unclear().isEmpty() ? x.pass() : x.unknown(mounts.unclear(), mounts.reason());
  }

  static boolean showsSocket(String mounted, @Nullable String endpoint) {
    String path = withoutLink(mounted);
    if (endpoint != null && HostPath.holds(path, withoutLink(HostPath.clean(endpoint)))) {
      return true;
    }
    if (SOCKET_NAMES.contains(path.substring(path.lastIndexOf('/') + 1))
        || path.endsWith("\\docker_engine")
        || showsUserSocket(path)) {
      return true;
    }
    for (String socket : SOCKETS) {
      if (HostPath.holds(path, socket)) {
        return true;
      }
    }
    return false;
  }

  /** {@code /var/run} is a link to {@code /run}. */
  private static String withoutLink(String path) {
    return HostPath.holds("/var/run", path) ? path.substring("/var".length()) : path;
  }

  /** {@code /run/user} or {@code /run/user/<uid>}, where rootless engines listen. */
  private static boolean showsUserSocket(String path) {
    if (path.equals("/run/user")) {
      return true;
    }
    return path.startsWith("/run/user/")
        && UserSpec.number(path.substring("/run/user/".length())).isPresent();
  }

  private static Verdict noPropagation(Examination x) {
    Source container = x.document();
    JsonNode mounts = container.array(Containers.MOUNTS);
    if (mounts.isEmpty()) {
      return x.notApplicable("nothing is mounted");
    }
    List<Evidence> shared = new ArrayList<>();
    List<Evidence> unclear = new ArrayList<>();
    for (int i = 0; i < mounts.size(); i++) {
      JsonNode propagation = mounts.get(i).path("Propagation");
      Evidence evidence =
          container.evidence(Containers.MOUNTS.entry(i) + ".Propagation", propagation);
      if (PROPAGATED.contains(propagation.asString("?"))) {
        shared.add(evidence);
      } else if (!propagation.isString() || !CONTAINED.contains(propagation.stringValue())) {
        unclear.add(evidence);
      }
    }
    if (!shared.isEmpty()) {
      return x.fail(shared, null);
    }
    return unclear.isEmpty() ? x.pass() : x.unknown(unclear, "the propagation is not stated");
  }
}
