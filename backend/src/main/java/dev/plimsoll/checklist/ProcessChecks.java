package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What runs inside a container, whatever was configured. */
final class ProcessChecks {
  private ProcessChecks() {}

  static final Check NONE_AS_ROOT =
      RuleBuilder.container("CTR-PROCROOT", MEDIUM)
          .nist("4.4.3")
          .linuxOnly()
          .needs(ReadingSwitch.PROCESSES)
          .title("No process in the container runs with host uid 0")
          .rationale(
              "It shows who really runs: after a set-id program, and before rights are dropped.")
          .remediation(
              "Start as an ordinary user: --user 10001:10001, or USER in the Dockerfile. Remap root"
                  + " with userns-remap where a program insists on it.")
          .judgedBy(x -> without(x, ContainerObservation.PROCESSES_OF_ROOT));

  static final Check NO_LOGIN_SERVER =
      RuleBuilder.container("CTR-SSHD", MEDIUM)
          .cis("5.7")
          .nist("4.4.3")
          .needs(ReadingSwitch.PROCESSES)
          .title("No SSH server runs in the container")
          .rationale("A second way in, with keys and patches that nobody manages.")
          .remediation("Remove the server, and use docker exec from a host that is controlled.")
          .judgedBy(x -> without(x, ContainerObservation.LOGIN_SERVERS));

  private static Verdict without(Examination x, Field commands) {
    Source seen = x.observation();
    switch (seen.text(ContainerObservation.STATE)) {
      case "running", "paused" -> {}
      case "restarting" -> {
        return x.unknown("it restarts too often to be looked at");
      }
      default -> {
        return x.notApplicable("not running");
      }
    }
    Verdict unread = unread(x, seen);
    if (unread != null) {
      return unread;
    }
    JsonNode found = seen.array(commands);
    List<Evidence> entries = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      entries.add(seen.entry(commands, i));
    }
    return entries.isEmpty() ? x.pass() : x.fail(entries, null);
  }

  private static @Nullable Verdict unread(Examination x, Source seen) {
    Reading.Unread failed =
        ContainerObservation.failed(seen.peek(ContainerObservation.PROCESSES_FAILED));
    if (failed != null) {
      return Examination.unread(failed);
    }
    if (!seen.peek(ContainerObservation.PROCESSES).isObject()) {
      seen.look(ContainerObservation.PROCESSES);
      return x.unknown("its processes have not been looked at since they are to be");
    }
    return null;
  }
}
