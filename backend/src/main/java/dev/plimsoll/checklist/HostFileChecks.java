package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.LOW;

import dev.plimsoll.checklist.HostFilePaths.Place;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Owner and mode of the engine's own files: section 3 of the CIS benchmark, row by row. */
final class HostFileChecks {
  private static final String DOCKER = "docker";

  private HostFileChecks() {}

  /** All of them, in the order of their numbers. */
  static final List<Check> ALL =
      List.of(
          owner("SERVICE", HIGH, "3.1", "docker.service", HostFilePaths.SERVICE_UNIT),
          mode("SERVICE", HIGH, "3.2", "docker.service", "644", HostFilePaths.SERVICE_UNIT),
          owner("SOCKETUNIT", LOW, "3.3", "docker.socket unit", HostFilePaths.SOCKET_UNIT),
          mode("SOCKETUNIT", LOW, "3.4", "docker.socket unit", "644", HostFilePaths.SOCKET_UNIT),
          owner("ETCDOCKER", LOW, "3.5", "/etc/docker", HostFilePaths.ETC_DOCKER),
          mode("ETCDOCKER", LOW, "3.6", "/etc/docker", "755", HostFilePaths.ETC_DOCKER),
          registryOwner(),
          registryMode(),
          tlsOwner("TLSCA", LOW, "3.9", "TLS CA certificate", "tlscacert"),
          tlsMode("TLSCA", LOW, "3.10", "TLS CA certificate", "444", "tlscacert"),
          tlsOwner("TLSCERT", LOW, "3.11", "TLS server certificate", "tlscert"),
          tlsMode("TLSCERT", LOW, "3.12", "TLS server certificate", "444", "tlscert"),
          tlsOwner("TLSKEY", HIGH, "3.13", "TLS server key", "tlskey"),
          tlsMode("TLSKEY", HIGH, "3.14", "TLS server key", "400", "tlskey"),
          socketOwner(),
          mode("DOCKERSOCK", HIGH, "3.16", "docker.sock", "660", HostFilePaths.DOCKER_SOCKET),
          owner("DAEMONJSON", HIGH, "3.17", "daemon.json", HostFilePaths.DAEMON_CONFIGURATION),
          mode(
              "DAEMONJSON", HIGH, "3.18", "daemon.json", "644", HostFilePaths.DAEMON_CONFIGURATION),
          owner("ETCDEFAULT", LOW, "3.19", "/etc/default/docker", HostFilePaths.ETC_DEFAULT),
          mode("ETCDEFAULT", LOW, "3.20", "/etc/default/docker", "644", HostFilePaths.ETC_DEFAULT),
          owner("SYSCONFIG", LOW, "3.22", "/etc/sysconfig/docker", HostFilePaths.SYSCONFIG),
          mode("SYSCONFIG", LOW, "3.21", "/etc/sysconfig/docker", "644", HostFilePaths.SYSCONFIG),
          owner("CONTAINERDSOCK", HIGH, "3.23", "containerd.sock", HostFilePaths.CONTAINERD_SOCKET),
          mode(
              "CONTAINERDSOCK",
              HIGH,
              "3.24",
              "containerd.sock",
              "660",
              HostFilePaths.CONTAINERD_SOCKET));

  private static Check owner(
      String name, Severity severity, String number, String what, List<Place> places) {
    return ownerRule(name, severity, number, what, "root:root", example(places))
        .judgedOnHost(x -> judge(x, existing(places), Demand.rootsOwn()));
  }

  private static Check mode(
      String name, Severity severity, String number, String what, String most, List<Place> places) {
    return modeRule(name, severity, number, what, most, example(places))
        .judgedOnHost(x -> judge(x, existing(places), Demand.atMost(most)));
  }

  private static Check socketOwner() {
    return ownerRule(
            "DOCKERSOCK", HIGH, "3.15", "docker.sock", "root:docker", "/var/run/docker.sock")
        .judgedOnHost(
            x -> judge(x, existing(HostFilePaths.DOCKER_SOCKET), Demand.ownedByRootAnd(DOCKER)));
  }

  private static Check registryOwner() {
    return ownerRule(
            "REGCERTS",
            LOW,
            "3.7",
            "/etc/docker/certs.d/*/*",
            "root:root",
            "/etc/docker/certs.d/*/*")
        .judgedOnHost(x -> judge(x, HostFileChecks::registryFiles, Demand.rootsOwn()));
  }

  private static Check registryMode() {
    return modeRule(
            "REGCERTS", LOW, "3.8", "/etc/docker/certs.d/*/*", "444", "/etc/docker/certs.d/*/*")
        .judgedOnHost(x -> judge(x, HostFileChecks::registryFiles, Demand.atMost("444")));
  }

  private static Check tlsOwner(
      String name, Severity severity, String number, String what, String option) {
    return ownerRule(name, severity, number, what, "root:root", "the file behind --" + option)
        .judgedOnHost(x -> judge(x, named(option), Demand.rootsOwn()));
  }

  private static Check tlsMode(
      String name, Severity severity, String number, String what, String most, String option) {
    return modeRule(name, severity, number, what, most, "the file behind --" + option)
        .judgedOnHost(x -> judge(x, named(option), Demand.atMost(most)));
  }

  private static RuleBuilder ownerRule(
      String name, Severity severity, String number, String what, String owner, String example) {
    return RuleBuilder.hostFile("HFI-OWN-" + name, severity)
        .cis(number)
        .nist("4.5.5")
        .title("Owner of " + what + " is " + owner)
        .rationale(rationale(severity))
        .remediation("On the host: chown %s %s.".formatted(owner, example));
  }

  private static RuleBuilder modeRule(
      String name, Severity severity, String number, String what, String most, String example) {
    return RuleBuilder.hostFile("HFI-MODE-" + name, severity)
        .cis(number)
        .nist("4.5.5")
        .title(what + " is no more open than " + most)
        .rationale(rationale(severity))
        .remediation("On the host: chmod %s %s.".formatted(most, example));
  }

  private static String rationale(Severity severity) {
    return severity == HIGH
        ? "Whoever can write here, or read the key that lies here, commands the engine and is root"
            + " on the host."
        : "The engine trusts what stands here; nobody but root has a reason to change it.";
  }

  private static String example(List<Place> places) {
    return places.getLast().names().getFirst();
  }

  /** Which files a check is about. */
  private interface Files {
    /**
     * The files that are there.
     *
     * @throws Unanswerable if nobody can say which
     */
    Found in(SshFacts ssh);
  }

  /**
   * Files to judge.
   *
   * @param paths those that are there
   * @param absent those that were looked for and are not
   * @param unread those of which nobody could say
   */
  private record Found(List<String> paths, List<String> absent, List<String> unread) {}

  private static Files existing(List<Place> places) {
    return ssh -> {
      Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (Place place : places) {
        String there = ssh.firstThere(place);
        if (there != null) {
          found.paths().add(there); // one name will do: they lead to one object
        } else {
          place
              .names()
              .forEach(path -> (ssh.isAbsent(path) ? found.absent() : found.unread()).add(path));
        }
      }
      return found;
    };
  }

  private static Found registryFiles(SshFacts ssh) {
    String directory = HostFilePaths.REGISTRY_CERTIFICATES;
    boolean unread = ssh.file(directory).isMissingNode() || ssh.isUnread(directory);
    return new Found(
        ssh.filesBelow(directory), List.of(directory), unread ? List.of(directory) : List.of());
  }

  /** The file that an option of the engine names. */
  private static Files named(String option) {
    return ssh -> {
      Field field =
          new Field(ssh.known("tls").path() + "." + option, List.of("ssh", "tls", option));
      JsonNode path = ssh.document().look(field);
      if (path.isNull()) {
        return new Found(List.of(), List.of(), List.of());
      }
      String file = ssh.document().textOf(field.path(), path);
      if (ssh.file(file).isObject()) {
        return new Found(List.of(file), List.of(), List.of());
      }
      return ssh.isAbsent(file)
          ? new Found(List.of(), List.of(file), List.of())
          : new Found(List.of(), List.of(), List.of(file));
    };
  }

  /** What is demanded of one file. */
  private interface Demand {
    /**
     * What is wrong with a file, for people; empty if nothing is.
     *
     * @throws Unanswerable if what was read of it is not what it should be
     */
    String complaint(Source document, String path, JsonNode file);

    static Demand rootsOwn() {
      return (document, path, file) ->
          id(document, path, file, "uid") == 0 && id(document, path, file, "gid") == 0
              ? ""
              : "belongs to " + owner(file);
    }

    static Demand ownedByRootAnd(String group) {
      return (document, path, file) ->
          id(document, path, file, "uid") == 0 && file.path("group").asString("").equals(group)
              ? ""
              : "belongs to " + owner(file);
    }

    /** No bit beyond these: 600 passes 644, 4644 does not. */
    static Demand atMost(String mode) {
      int allowed = Integer.parseInt(mode, 8);
      return (document, path, file) -> {
        JsonNode given = file.path("mode");
        if (!given.isString() || !given.stringValue().matches("[0-7]{1,5}")) {
          throw document.unreadable(path + ".mode", given, "an octal mode");
        }
        return (Integer.parseInt(given.stringValue(), 8) & ~allowed) == 0
            ? ""
            : "has mode " + given.stringValue();
      };
    }

    private static long id(Source document, String path, JsonNode file, String name) {
      JsonNode id = file.path(name);
      if (!id.isIntegralNumber()) {
        throw document.unreadable(path + "." + name, id, "a number");
      }
      return id.longValue();
    }

    private static String owner(JsonNode file) {
      return "%s:%s (%s:%s)"
          .formatted(
              file.path("user").asString("?"),
              file.path("group").asString("?"),
              file.path("uid").asString("?"),
              file.path("gid").asString("?"));
    }
  }

  private static Verdict judge(Examination x, Files files, Demand demand) {
    if (isRootless(x)) {
      return x.unknown("a rootless engine keeps its files in the home of its user");
    }
    SshFacts ssh = new SshFacts(x);
    Found found = files.in(ssh);
    List<Evidence> wrong = new ArrayList<>();
    String first = "";
    for (String path : found.paths()) {
      Evidence evidence = ssh.evidence(path);
      String complaint = demand.complaint(ssh.document(), evidence.path(), ssh.file(path));
      if (complaint.isEmpty()) {
        x.keep(evidence);
      } else {
        wrong.add(evidence);
        first = first.isEmpty() ? path + " " + complaint : first;
      }
    }
    if (!wrong.isEmpty()) {
      return x.fail(wrong, first);
    }
    if (!found.unread().isEmpty()) {
      return ssh.unread(found.unread().getFirst(), "files");
    }
    if (found.paths().isEmpty()) {
      found.absent().forEach(ssh::lookAtFile);
      return x.notApplicable("there is no such file");
    }
    return x.pass();
  }

  /** Whether the engine runs as an ordinary user, with files elsewhere; keeps what says so. */
  static boolean isRootless(Examination x) {
    if (!(x.host().engine() instanceof Reading.Read)) {
      return false;
    }
    Source engine = x.engine();
    JsonNode options = engine.peek(SecurityOptions.FIELD);
    for (int i = 0; i < options.size(); i++) {
      if (options.path(i).asString("").matches("(name=)?rootless(,.*)?")) {
        x.keep(engine.entry(SecurityOptions.FIELD, i));
        return true;
      }
    }
    return false;
  }
}
