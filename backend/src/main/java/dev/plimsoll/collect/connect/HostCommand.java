package dev.plimsoll.collect.connect;

import dev.plimsoll.checklist.HostFilePaths;

/**
 * Everything that may ever be run on a host over SSH: reading commands alone, each a fixed line. A
 * line holds nothing that came from a host or a person, so that no shell can make anything else of
 * it; what does come from a host goes to a command's standard input.
 *
 * <p>Messages are asked for in English, and programs where systems keep them, whatever the account
 * is set to.
 */
public enum HostCommand {
  /** Owner and mode of every path of {@link HostFilePaths#all()}, links followed. */
  STAT("stat", stat() + " " + String.join(" ", HostFilePaths.all())),
  /** The same of the certificates of registries. */
  STAT_REGISTRY_CERTIFICATES(
      "find " + HostFilePaths.REGISTRY_CERTIFICATES,
      "find -L %s -mindepth 2 -maxdepth 2 -exec %s {} +"
          .formatted(HostFilePaths.REGISTRY_CERTIFICATES, stat())),
  /** The same of the paths in its standard input, each ended by a NUL. */
  STAT_NAMED("xargs -0 stat", "xargs -0 " + stat() + " --"),
  /** The audit rules that the kernel keeps. */
  AUDIT_RULES("auditctl -l", "auditctl -l"),
  /** The audit rules that are loaded when the host starts. */
  AUDIT_RULE_FILES(
      "cat /etc/audit/audit.rules /etc/audit/rules.d/*.rules",
      "cat /etc/audit/audit.rules /etc/audit/rules.d/*.rules"),
  /** The group that may command the engine. */
  DOCKER_GROUP("getent group docker", "getent group docker"),
  /** Accounts, whose primary group may be that one. */
  ACCOUNTS("getent passwd", "getent passwd"),
  /** Where accounts come from. */
  ACCOUNT_SOURCES("cat /etc/nsswitch.conf", "cat /etc/nsswitch.conf"),
  /** The engine's configuration. */
  DAEMON_JSON("cat " + HostFilePaths.DAEMON_JSON, "cat " + HostFilePaths.DAEMON_JSON),
  /** The engine's command line, on which it can be given settings too. */
  ENGINE_COMMANDS("ps -ww -C dockerd -o args=", "ps -ww -C dockerd -o args="),
  /** What is mounted where. */
  MOUNTS("cat /proc/mounts", "cat /proc/mounts"),
  /** On which addresses TCP connections are accepted. */
  LISTENING("ss -Hltn", "ss -Hltn");

  /** Between the fields of a line of {@code stat}; the name comes last, whatever stands in it. */
  public static final char SEPARATOR = '|';

  private static final String ENVIRONMENT = "env LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin ";

  private final String call;
  private final String program;

  HostCommand(String call, String program) {
    this.call = "ssh " + call;
    this.program = program;
  }

  /** The command as evidence names it. */
  public String call() {
    return call;
  }

  /** The whole line that the host's shell gets. */
  String line() {
    return ENVIRONMENT + program;
  }

  private static String stat() {
    return "stat -L -c '%u|%g|%a|%F|%U|%G|%n'";
  }
}
