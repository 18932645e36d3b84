package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The capabilities a container starts with, computed as the engine computes them (moby, {@code
 * TweakCapabilities}): privileged gives all; adding ALL gives all but those dropped by name;
 * dropping ALL leaves those added; else the default set less those dropped plus those added.
 */
final class EffectiveCapabilities {
  static final Field PRIVILEGED = Field.of(".HostConfig.Privileged");
  static final Field ADDED = Field.of(".HostConfig.CapAdd");
  static final Field DROPPED = Field.of(".HostConfig.CapDrop");

  private static final String ALL_NAME = "ALL";

  /** What the engine gives without being asked. */
  static final Set<String> DEFAULT =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  /** What Linux 5.9 and later know: capabilities(7). */
  private static final Set<String> ALL =
      Set.of(
          "AUDIT_CONTROL",
          "AUDIT_READ",
          "AUDIT_WRITE",
          "BLOCK_SUSPEND",
          "BPF",
          "CHECKPOINT_RESTORE",
          "CHOWN",
          "DAC_OVERRIDE",
          "DAC_READ_SEARCH",
          "FOWNER",
          "FSETID",
          "IPC_LOCK",
          "IPC_OWNER",
          "KILL",
          "LEASE",
          "LINUX_IMMUTABLE",
          "MAC_ADMIN",
          "MAC_OVERRIDE",
          "MKNOD",
          "NET_ADMIN",
          "NET_BIND_SERVICE",
          "NET_BROADCAST",
          "NET_RAW",
          "PERFMON",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYSLOG",
          "SYS_ADMIN",
          "SYS_BOOT",
          "SYS_CHROOT",
          "SYS_MODULE",
          "SYS_NICE",
          "SYS_PACCT",
          "SYS_PTRACE",
          "SYS_RAWIO",
          "SYS_RESOURCE",
          "SYS_TIME",
          "SYS_TTY_CONFIG",
          "WAKE_ALARM");

  private final Source container;
  private final boolean privileged;
  private final List<String> added;
  private final List<String> dropped;
  private final Set<String> held;

  private EffectiveCapabilities(
      Source container, boolean privileged, List<String> added, List<String> dropped) {
    this.container = container;
    this.privileged = privileged;
    this.added = added;
    this.dropped = dropped;
    this.held = compute();
  }

  /**
   * Reads them from a container's document.
   *
   * @throws Unanswerable if it does not say
   */
  static EffectiveCapabilities of(Source container) {
    boolean privileged = container.flag(PRIVILEGED);
    if (privileged) {
      return new EffectiveCapabilities(container, true, List.of(), List.of());
    }
    return new EffectiveCapabilities(
        container,
        false,
        canonical(container.textsOrNull(ADDED)),
        canonical(container.textsOrNull(DROPPED)));
  }

  boolean privileged() {
    return privileged;
  }

  boolean addsAll() {
    return added.contains(ALL_NAME);
  }

  boolean dropsAll() {
    return dropped.contains(ALL_NAME);
  }

  Set<String> held() {
    return held;
  }

  /** The settings that give capabilities of a kind, beyond what the engine gives by default. */
  List<Evidence> grants(Predicate<String> kind) {
    if (privileged) {
      return List.of(container.evidence(PRIVILEGED.path(), container.peek(PRIVILEGED)));
    }
    List<Evidence> grants = new ArrayList<>();
    for (int i = 0; i < added.size(); i++) {
      if (added.get(i).equals(ALL_NAME) || kind.test(added.get(i))) {
        grants.add(container.entry(ADDED, i));
      }
    }
    return grants;
  }

  private Set<String> compute() {
    if (privileged) {
      return ALL;
    }
    if (added.isEmpty() && dropped.isEmpty()) {
      return DEFAULT;
    }
    Set<String> result;
    if (addsAll()) {
      result = new TreeSet<>(ALL);
      dropped.forEach(result::remove);
      // Names younger than this list
      added.stream().filter(name -> !name.equals(ALL_NAME)).forEach(result::add);
      return result;
    }
    result = new TreeSet<>(dropsAll() ? Set.of() : DEFAULT);
    dropped.forEach(result::remove);
    result.addAll(added);
    return result;
  }

  /** Upper case, without the prefix that engines from 20.10 on write. */
  private static List<String> canonical(List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    return names.stream()
        .map(name -> name.toUpperCase(Locale.ROOT))
        .map(name -> name.startsWith("CAP_") ? name.substring("CAP_".length()) : name)
        .toList();
  }
}
