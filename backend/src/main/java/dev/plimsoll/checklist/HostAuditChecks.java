package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;

import dev.plimsoll.checklist.HostFilePaths.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** That changes to the engine's programs and files are audited: CIS section 1.1, row by row. */
final class HostAuditChecks {
  private static final String AUDIT = "audit";
  private static final String DATA = "/var/lib/docker";

  private HostAuditChecks() {}

  /** All of them, in the order of their numbers. */
  static final List<Check> ALL =
      List.of(
          audited("DOCKERD", "1.1.3", "/usr/bin/dockerd", HostFilePaths.DOCKERD),
          audited("RUNCONTAINERD", "1.1.4", "/run/containerd", HostFilePaths.RUN_CONTAINERD),
          dataDirectory(),
          audited("ETCDOCKER", "1.1.6", "/etc/docker", HostFilePaths.ETC_DOCKER),
          audited("SERVICE", "1.1.7", "docker.service unit", HostFilePaths.SERVICE_UNIT),
          audited("CONTAINERDSOCK", "1.1.8", "containerd.sock", HostFilePaths.CONTAINERD_SOCKET),
          audited("DOCKERSOCK", "1.1.9", "docker.sock", HostFilePaths.DOCKER_SOCKET),
          audited("ETCDEFAULT", "1.1.10", "/etc/default/docker", HostFilePaths.ETC_DEFAULT),
          audited(
              "DAEMONJSON",
              "1.1.11",
              "/etc/docker/daemon.json",
              HostFilePaths.DAEMON_CONFIGURATION),
          audited(
              "CONTAINERDTOML",
              "1.1.12",
              "/etc/containerd/config.toml",
              HostFilePaths.CONTAINERD_CONFIGURATION),
          audited("SYSCONFIG", "1.1.13", "/etc/sysconfig/docker", HostFilePaths.SYSCONFIG),
          audited("CONTAINERD", "1.1.14", "/usr/bin/containerd", HostFilePaths.CONTAINERD),
          audited("SHIM", "1.1.15", "/usr/bin/containerd-shim", HostFilePaths.SHIM),
          audited("SHIMV1", "1.1.16", "/usr/bin/containerd-shim-runc-v1", HostFilePaths.SHIM_V1),
          audited("SHIMV2", "1.1.17", "/usr/bin/containerd-shim-runc-v2", HostFilePaths.SHIM_V2),
          audited("RUNC", "1.1.18", "/usr/bin/runc", HostFilePaths.RUNC));

  private static Check audited(String name, String number, String what, List<Place> places) {
    return rule(name, number, what, places.getLast().names().getFirst())
        .judgedOnHost(x -> judge(x, ssh -> existing(ssh, places)));
  }

  private static Check dataDirectory() {
    return rule("VARLIBDOCKER", "1.1.5", DATA + " (or DockerRootDir)", DATA)
        .judgedOnHost(
            x -> judge(x, ssh -> new Objects(List.of(new Place(DataDirectory.of(x))), List.of())));
  }

  private static RuleBuilder rule(String name, String number, String what, String example) {
    return RuleBuilder.hostFile("HST-AUDIT-" + name, LOW)
        .cis(number)
        .nist("4.4.5")
        .title("Changes to " + what + " are audited")
        .rationale(
            "Who replaced a program or a setting of the engine, and when, can be told afterwards"
                + " only if the kernel was told to write it down.")
        .remediation(
            "Add \"-w %s -p wa -k docker\" to a file in /etc/audit/rules.d and load it with"
                    .formatted(example)
                + " augenrules --load.");
  }

  /**
   * What has to be watched.
   *
   * @param there objects that exist
   * @param unread paths of which nobody could say
   */
  private record Objects(List<Place> there, List<String> unread) {}

  private static Objects existing(SshFacts ssh, List<Place> places) {
    Objects objects = new Objects(new ArrayList<>(), new ArrayList<>());
    for (Place place : places) {
      if (ssh.firstThere(place) != null) {
        objects.there().add(place);
      } else {
        place.names().stream()
            .filter(path -> !ssh.isAbsent(path))
            .forEach(path -> objects.unread().add(path));
      }
    }
    return objects;
  }

  private static Verdict judge(Examination x, Function<SshFacts, Objects> wanted) {
    if (HostFileChecks.isRootless(x)) {
      return x.unknown("a rootless engine keeps its files in the home of its user");
    }
    SshFacts ssh = new SshFacts(x);
    Objects objects = wanted.apply(ssh);
    if (objects.there().isEmpty() && objects.unread().isEmpty()) {
      return x.notApplicable("there is no such file");
    }
    if (objects.there().isEmpty()) {
      return ssh.unread(objects.unread().getFirst(), "files");
    }
    Field field = ssh.known(AUDIT);
    List<String> rules = ssh.document().texts(field);
    AuditRules audit = new AuditRules(rules);
    List<Evidence> watching = new ArrayList<>();
    for (Place place : objects.there()) {
      int rule = audit.watching(place.names());
      if (rule < 0) {
        String path = ssh.firstThere(place);
        if (path != null) {
          ssh.lookAtFile(path);
        }
        return x.fail("no audit rule watches " + place.names().getFirst());
      }
      watching.add(ssh.document().entry(field, rule));
    }
    if (!objects.unread().isEmpty()) {
      return ssh.unread(objects.unread().getFirst(), "files");
    }
    return new Verdict(Outcome.PASS, watching, null, null);
  }
}
