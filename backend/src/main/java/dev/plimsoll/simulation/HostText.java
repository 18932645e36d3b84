package dev.plimsoll.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What an engine puts into the slots of its accounts of itself. */
final class HostText implements Template.Values {
  private record OperatingSystem(String name, String version, String kernel, boolean apparmor) {}

  private static final List<OperatingSystem> SYSTEMS =
      List.of(
          new OperatingSystem("Debian GNU/Linux 11 (bullseye)", "11", "5.10.0-28-amd64", true),
          new OperatingSystem("Debian GNU/Linux 12 (bookworm)", "12", "6.1.0-28-amd64", true),
          new OperatingSystem("Ubuntu 22.04.5 LTS", "22.04", "5.15.0-126-generic", true),
          new OperatingSystem("Ubuntu 24.04.1 LTS", "24.04", "6.8.0-50-generic", true),
          new OperatingSystem(
              "Rocky Linux 9.5 (Blue Onyx)", "9.5", "5.14.0-503.19.1.el9_5.x86_64", false));
  private static final long GIBIBYTE = 1L << 30;

  private final HostDay on;
  private final Shape shape;
  private final Instant now;
  private final Chance chance;
  private final OperatingSystem system;

  HostText(HostDay on, Shape shape, Instant now) {
    this.on = on;
    this.shape = shape;
    this.now = now;
    this.chance = new Chance(on.host().index()).of(on.engineId());
    this.system = system(on);
  }

  /** Whether containers of a host are confined by AppArmor unless they ask for something else. */
  static boolean apparmor(HostDay on) {
    return system(on).apparmor();
  }

  private static OperatingSystem system(HostDay on) {
    return new Chance(on.host().index()).of(on.engineId()).of("system").oneOf(SYSTEMS);
  }

  @Override
  public String of(String slot) {
    return switch (slot) {
      case "engineId" -> on.engineId();
      case "name" -> on.host().name();
      case "now" -> now.toString();
      case "containers", "running" -> Integer.toString(on.containers().size());
      case "stopped" -> "0";
      case "images" -> Integer.toString(on.images().size());
      case "files" -> Integer.toString(30 + 4 * on.containers().size());
      case "threads" -> Integer.toString(50 + 5 * on.containers().size());
      case "kernel" -> system.kernel();
      case "system" -> system.name();
      case "systemVersion" -> system.version();
      case "processors" -> Integer.toString(2 << chance.of("processors").below(5));
      case "memory" -> Long.toString(GIBIBYTE * (4L << chance.of("processors").below(5)));
      case "liveRestore" -> Boolean.toString(on.settings().liveRestore());
      case "security" -> security();
      case "insecure" ->
          on.settings().insecureRegistry()
              ? "[\"10.0.0.0/8\",\"127.0.0.0/8\"]"
              : "[\"127.0.0.0/8\"]";
      case "driver" -> shape.store().driver();
      case "driverStatus" ->
          shape.store() == ImageStore.CONTAINERD
              ? "[[\"driver-type\",\"io.containerd.snapshotter.v1\"]]"
              : "[[\"Backing Filesystem\",\"extfs\"],[\"Supports d_type\",\"true\"],"
                  + "[\"Native Overlay Diff\",\"true\"],[\"userxattr\",\"false\"]]";
      case "cgroupDriver" -> shape.unifiedControlGroups() ? "systemd" : "cgroupfs";
      case "cgroupVersion" -> shape.unifiedControlGroups() ? "2" : "1";
      default -> version(slot);
    };
  }

  private String version(String slot) {
    EngineRelease release = shape.release();
    Chance commits = new Chance(0).of(release.version());
    return switch (slot) {
      case "version" -> release.version();
      case "api" -> release.apiVersion();
      case "oldestApi" -> release.oldestApiVersion();
      case "go" -> release.go();
      case "commit" -> commits.of("engine").id().substring(0, 7);
      case "built" -> "2026-01-02T03:04:05.000000000+00:00";
      case "containerd" -> release.containerd();
      case "containerdCommit" -> commits.of("containerd").id().substring(0, 40);
      case "runc" -> release.runc();
      case "runcCommit" -> "v" + release.runc() + "-0-g" + commits.of("runc").id().substring(0, 7);
      case "init" -> "de40ad0";
      default -> throw new IllegalArgumentException("an engine has no " + slot);
    };
  }

  private String security() {
    List<String> options = new ArrayList<>();
    if (system.apparmor()) {
      options.add("name=apparmor");
    }
    options.add(
        shape.unifiedControlGroups()
            ? "name=seccomp,profile=builtin"
            : "name=seccomp,profile=default");
    if (on.settings().userNamespaces()) {
      options.add("name=userns");
    }
    if (shape.unifiedControlGroups()) {
      options.add("name=cgroupns");
    }
    return Json.texts(options);
  }
}
