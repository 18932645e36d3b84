package dev.plimsoll.correctness;

import java.util.List;

/** In whose namespaces a container lives, and by which name it asked for its image. */
final class NamespaceOptions {
  private NamespaceOptions() {}

  /** Modes of one namespace that go together with anything else that is asked. */
  static List<Option> modes(Kernel kernel) {
    String byDefault = "CTR-CGROUPNS=" + (kernel.cgroups2() ? "PASS" : "FAIL");
    return List.of(
        Option.of(
            "namespaces by default",
            "{}",
            "CTR-PIDHOST=PASS CTR-IPCHOST=PASS CTR-UTSHOST=PASS CTR-USERNSHOST=N/A CTR-NSSHARE=PASS "
                + byDefault),
        Option.of("--pid host", "{HostConfig:{PidMode:'host'}}", "CTR-PIDHOST=FAIL"),
        Option.of("--ipc host", "{HostConfig:{IpcMode:'host'}}", "CTR-IPCHOST=FAIL"),
        Option.of("--ipc private", "{HostConfig:{IpcMode:'private'}}", "CTR-IPCHOST=PASS"),
        Option.of("--ipc none", "{HostConfig:{IpcMode:'none'}}", "CTR-IPCHOST=PASS"),
        Option.of(
            "--ipc shareable, and nobody joins",
            "{HostConfig:{IpcMode:'shareable'}}",
            "CTR-IPCHOST=PASS CTR-NSSHARE=FAIL"),
        Option.of("--uts host", "{HostConfig:{UTSMode:'host'}}", "CTR-UTSHOST=FAIL"),
        Option.of("--userns host", "{HostConfig:{UsernsMode:'host'}}", "CTR-USERNSHOST=N/A"),
        Option.of("--cgroupns host", "{HostConfig:{CgroupnsMode:'host'}}", "CTR-CGROUPNS=FAIL"),
        Option.of(
            "--cgroupns private", "{HostConfig:{CgroupnsMode:'private'}}", "CTR-CGROUPNS=PASS"),
        Option.of(
            "--pid host --ipc host",
            "{HostConfig:{PidMode:'host',IpcMode:'host'}}",
            "CTR-PIDHOST=FAIL CTR-IPCHOST=FAIL"));
  }

  /** Networks to which ports can be published. */
  static List<Option> networks() {
    return List.of(
        Option.of("--network default", "{}", "CTR-NETHOST=PASS CTR-DEFAULTBRIDGE=FAIL"),
        network("bridge", "CTR-NETHOST=PASS CTR-DEFAULTBRIDGE=FAIL"),
        network("own", "CTR-NETHOST=PASS CTR-DEFAULTBRIDGE=PASS"));
  }

  /** Networks on which nothing is published. */
  static List<Option> networksAlone() {
    return List.of(
        network("none", "CTR-NETHOST=PASS CTR-DEFAULTBRIDGE=N/A"),
        network(
            "host",
            "CTR-NETHOST=FAIL CTR-DEFAULTBRIDGE=N/A CTR-PORTBIND=N/A CTR-PORTPRIV=N/A"
                + " CTR-PORTNEED=N/A"));
  }

  private static Option network(String name, String expected) {
    return Option.of(
        "--network " + name, "{HostConfig:{NetworkMode:'%s'}}".formatted(name), expected);
  }

  /** Names of one image; {@code moved} and {@code gone} are taken from it afterwards. */
  static List<Option> images(String id) {
    String hex = id.substring("sha256:".length());
    return List.of(
        image("plimsoll/busybox:1", "CTR-TAG=PASS CTR-FRESH=PASS"),
        image("docker.io/plimsoll/busybox:1", "CTR-TAG=PASS CTR-FRESH=PASS"),
        image("app", "CTR-TAG=FAIL CTR-FRESH=PASS"),
        image("app:latest", "CTR-TAG=FAIL CTR-FRESH=PASS"),
        image("docker.io/library/app", "CTR-TAG=FAIL CTR-FRESH=PASS"),
        image("localhost:5000/shop/app", "CTR-TAG=FAIL CTR-FRESH=PASS"),
        image("localhost:5000/shop/app:2.1", "CTR-TAG=PASS CTR-FRESH=PASS"),
        image("registry.example/shop/latest:7", "CTR-TAG=PASS CTR-FRESH=PASS"),
        image(id, "CTR-TAG=UNKNOWN CTR-FRESH=N/A"),
        image(hex, "CTR-TAG=UNKNOWN CTR-FRESH=N/A"),
        image(hex.substring(0, 12), "CTR-TAG=UNKNOWN CTR-FRESH=N/A"),
        image("moved:1", "CTR-TAG=PASS CTR-FRESH=FAIL"),
        image("gone:1", "CTR-TAG=PASS CTR-FRESH=UNKNOWN"));
  }

  private static Option image(String reference, String expected) {
    return Option.of("of " + reference, "{Image:'%s'}".formatted(reference), expected);
  }
}
