package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The host below the engine: its disk, who commands the engine, and how it is hardened. */
final class HostAccessChecks {
  private static final String MOUNTS = "mounts";
  private static final String GROUP = "dockerGroup";
  private static final String DIRECTORIES = "accountDirectories";

  /** How long a host report counts, whatever its attestation says. */
  private static final Duration HARDENING_COUNTS = Duration.ofDays(90);

  private HostAccessChecks() {}

  static final Check OWN_PARTITION =
      RuleBuilder.hostFile("HST-PARTITION", MEDIUM)
          .cis("1.1.1")
          .nist("4.5.1")
          .title("Docker data lives on its own partition")
          .rationale(
              "Images, logs and volumes that fill the disk then stop containers, not the host with"
                  + " everything that could clean up.")
          .remediation(
              "Mount a volume of its own at the engine's data directory, usually /var/lib/docker;"
                  + " move the data while the engine is stopped.")
          .judgedOnHost(
              x -> {
                String root = DataDirectory.of(x);
                SshFacts ssh = new SshFacts(x);
                List<String> mounts = ssh.document().texts(ssh.known(MOUNTS));
                return mounts.contains(root)
                    ? x.pass()
                    : x.fail(root + " is no mount point of its own");
              });

  static final Check TRUSTED_GROUP =
      RuleBuilder.hostFile("HST-DOCKERGROUP", HIGH)
          .cis("1.1.2")
          .nist("4.5.4")
          .title("Only trusted people are in the docker group")
          .rationale(
              "A member of the group starts a container with the host's disk in it and is root,"
                  + " without a password and without a trace in sudo's log.")
          .remediation(
              "Take people out with gpasswd -d NAME docker; declare those who are meant to be in it"
                  + " (docker-group-member).")
          .judgedOnHost(HostAccessChecks::members);

  static final Check HARDENED =
      RuleBuilder.hostFile("HST-HARDENED", MEDIUM)
          .cis("1.2.1")
          .nist("4.5.1")
          .evidence()
          .attestable()
          .title("The host itself is hardened")
          .rationale("Every wall around a container stands on the host's kernel and accounts.")
          .remediation(
              "Measure the host with a benchmark of its own (Lynis, OpenSCAP, Wazuh), bring it to"
                  + " the agreed level, and attest the result at least every 90 days.")
          .judgedBy(
              x ->
                  HostFileAnswers.attested(
                      x,
                      "HST-HARDENED",
                      HARDENING_COUNTS,
                      "nobody attested a host benchmark within 90 days"));

  private static Verdict members(Examination x) {
    SshFacts ssh = new SshFacts(x);
    Field field = ssh.known(GROUP);
    Source document = ssh.document();
    if (document.peek(field).isNull()) {
      document.look(field);
      return x.notApplicable("the host has no group docker");
    }
    List<String> members = document.texts(field);
    Set<String> trusted = x.host().declared(Declaration.DOCKER_GROUP_MEMBER);
    List<Evidence> others = new ArrayList<>();
    String first = "";
    for (int i = 0; i < members.size(); i++) {
      if (!trusted.contains(members.get(i))) {
        first = others.isEmpty() ? members.get(i) : first;
        others.add(document.entry(field, i));
      }
    }
    if (!others.isEmpty()) {
      return x.fail(
          others,
          others.size() == 1
              ? first + " is not declared as a member"
              : "%s and %d more are not declared as members".formatted(first, others.size() - 1));
    }
    Field directories = ssh.known(DIRECTORIES);
    List<String> remote = document.texts(directories);
    return remote.isEmpty()
        ? x.pass()
        : x.unknown(
            "accounts come from %s too, which does not list all: attest who is in it"
                .formatted(String.join(", ", remote)));
  }
}
