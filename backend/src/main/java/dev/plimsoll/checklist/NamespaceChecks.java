package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of the host's, or of each other's, namespaces containers live in. */
final class NamespaceChecks {
  static final Field NETWORK_MODE = Field.of(".HostConfig.NetworkMode");
  static final String HOST = "host";
  static final String CONTAINER = "container:";
  private static final Field PID_MODE = Field.of(".HostConfig.PidMode");
  private static final Field IPC_MODE = Field.of(".HostConfig.IpcMode");
  private static final Field UTS_MODE = Field.of(".HostConfig.UTSMode");
  private static final Field USERNS_MODE = Field.of(".HostConfig.UsernsMode");
  private static final Field CGROUPNS_MODE = Field.of(".HostConfig.CgroupnsMode");
  private static final Field LABELS = Field.of(".Config.Labels");
  private static final String PROJECT = "com.docker.compose.project";

  private NamespaceChecks() {}

  static final Check NETWORK =
      RuleBuilder.container("CTR-NETHOST", HIGH)
          .cis("5.10")
          .nist("4.4.2")
          .stig("DKER-EE-002000")
          .linuxOnly()
          .title("Container has its own network namespace")
          .rationale("In the host's, it sees and binds every interface, loopback included.")
          .remediation(
              "Replace --network=host by a user-defined network and publish the ports that are"
                  + " needed.")
          .judgedBy(x -> notHost(x, NETWORK_MODE));

  static final Check PROCESSES =
      RuleBuilder.container("CTR-PIDHOST", HIGH)
          .cis("5.16")
          .nist("4.4.3")
          .linuxOnly()
          .title("Container has its own process namespace")
          .rationale("In the host's, it sees every process, its environment and its files.")
          .remediation("Remove --pid=host.")
          .judgedBy(x -> notHost(x, PID_MODE));

  static final Check IPC =
      RuleBuilder.container("CTR-IPCHOST", MEDIUM)
          .cis("5.17")
          .nist("4.4.3")
          .linuxOnly()
          .title("Container has its own IPC namespace")
          .rationale("In the host's, it reads and writes shared memory of host processes.")
          .remediation("Remove --ipc=host.")
          .judgedBy(x -> notHost(x, IPC_MODE));

  static final Check NOT_SHARED =
      RuleBuilder.container("CTR-NSSHARE", LOW)
          .advisory()
          .nist("4.3.4")
          .linuxOnly()
          .title("Containers do not share namespaces with each other unnoticed")
          .rationale("Namespaces keep containers apart; whoever shares one is not kept apart.")
          .remediation(
              "Separate the containers, or run them as services of one Compose project; use"
                  + " --ipc=private where nobody joins.")
          .judgedBy(NamespaceChecks::notShared);

  static final Check CGROUPS =
      RuleBuilder.container("CTR-CGROUPNS", LOW)
          .nist("4.4.3")
          .linuxOnly()
          .title("Container has its own cgroup namespace")
          .rationale("In the host's, it sees how the host is built, and some escapes start there.")
          .remediation(
              "Run with --cgroupns=private; engines on cgroup v1 take the host's by default.")
          .judgedBy(NamespaceChecks::cgroups);

  static final Check HOST_NAME =
      RuleBuilder.container("CTR-UTSHOST", LOW)
          .cis("5.21")
          .nist("4.4.3")
          .linuxOnly()
          .title("Container has its own host name")
          .rationale("In the host's UTS namespace a capable process can rename the host.")
          .remediation("Remove --uts=host.")
          .judgedBy(x -> x.document().text(UTS_MODE).equals(HOST) ? x.fail(null) : x.pass());

  static final Check USERS =
      RuleBuilder.container("CTR-USERNSHOST", HIGH)
          .cis("5.31")
          .nist("4.5.2")
          .stig("DKER-EE-002120")
          .linuxOnly()
          .title("Container does not opt out of user remapping")
          .rationale("Its root is root on the host again, on an engine that was set up against it.")
          .remediation("Remove --userns=host.")
          .judgedBy(
              x -> {
                if (!EngineHardeningChecks.remaps(SecurityOptions.of(x.engine()))) {
                  return x.notApplicable("the engine remaps no users: ENG-USERNS speaks of it");
                }
                return x.document().text(USERNS_MODE).equals(HOST)
                    ? x.fail(List.of(evidence(x.document(), USERNS_MODE)), null)
                    : x.pass();
              });

  /** Not the host's namespace, nor that of a container that leads to the host's. */
  private static Verdict notHost(Examination x, Field field) {
    Source container = x.document();
    Set<String> visited = new HashSet<>(2);
    visited.add(x.dockerId());
    while (true) {
      String mode = container.text(field);
      if (mode.equals(HOST)) {
        return x.fail(visited.size() == 1 ? null : "joins a container that has the host's");
      }
      if (!mode.startsWith(CONTAINER)) {
        return x.pass();
      }
      String target = Containers.find(x.host(), mode.substring(CONTAINER.length()));
      if (target == null) {
        return targetUnknown(x, mode);
      }
      if (!visited.add(target)) {
        return x.unknown("the containers join each other in a circle");
      }
      container = x.open(reading(x.host(), target));
    }
  }

  private static Verdict targetUnknown(Examination x, String mode) {
    Reading.Unread list = x.host().unreadLists().get(SubjectKind.CONTAINER);
    if (list != null) {
      x.keep(Examination.evidence(list));
    }
    return x.unknown("there is no container " + mode.substring(CONTAINER.length()));
  }

  private static Reading reading(HostFacts host, String id) {
    return Objects.requireNonNull(host.containers().get(id));
  }

  private static Verdict notShared(Examination x) {
    Source container = x.document();
    List<Evidence> shared = new ArrayList<>();
    String project = project(container);
    for (Field field : List.of(NETWORK_MODE, PID_MODE, IPC_MODE)) {
      String mode = container.text(field);
      if (mode.startsWith(CONTAINER)) {
        String target = Containers.find(x.host(), mode.substring(CONTAINER.length()));
        if (target == null) {
          return targetUnknown(x, mode);
        }
        String other = project(x.open(reading(x.host(), target)));
        if (project == null || !project.equals(other)) {
          shared.add(evidence(container, field));
        }
      }
    }
    if (!shared.isEmpty()) {
      return x.fail(shared, "joins a container outside its Compose project");
    }
    if (container.peek(IPC_MODE).asString("").equals("shareable") && !isJoined(x)) {
      Reading.Unread unread = Containers.unread(x.host());
      return unread == null
          ? x.fail(List.of(evidence(container, IPC_MODE)), "shareable, and nobody joins it")
          : Examination.unread(unread);
    }
    return x.pass();
  }

  private static boolean isJoined(Examination x) {
    for (Map.Entry<String, Reading> other : x.host().containers().entrySet()) {
      if (other.getValue() instanceof Reading.Read read) {
        String mode = IPC_MODE.in(read.document()).asString("");
        if (mode.startsWith(CONTAINER)
            && x.dockerId().equals(Containers.find(x.host(), mode.substring(CONTAINER.length())))) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable String project(Source container) {
    String project = container.peek(LABELS).path(PROJECT).asString("");
    return project.isEmpty() ? null : project;
  }

  private static Verdict cgroups(Examination x) {
    return switch (x.document().look(CGROUPNS_MODE).asString("")) {
      case "private" -> x.pass();
      case HOST -> x.fail(null);
      default -> {
        EngineVersion engine = EngineVersion.parse(x.engine().text(EngineVersion.ENGINE));
        yield engine != null && !engine.atLeast(20, 10)
            ? x.notApplicable("engines before 20.10 have no cgroup namespaces")
            : x.unknown("the engine does not say which it uses");
      }
    };
  }

  private static Evidence evidence(Source source, Field field) {
    return source.evidence(field.path(), source.peek(field));
  }
}
