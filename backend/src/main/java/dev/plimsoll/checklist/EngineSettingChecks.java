package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.LOW;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Settings that the API shows by half or not at all. */
final class EngineSettingChecks {
  private static final Field DEBUG = Field.of(".info.Debug");
  private static final Field COMPONENTS = Field.of(".version.Components");
  private static final Field DRIVER = Field.of(".Driver");
  private static final Field IPV6 = Field.of(".EnableIPv6");

  /** Network drivers of rootless engines that have no packet filter of the host to manage. */
  private static final Set<String> IN_USER_SPACE =
      Set.of("slirp4netns", "vpnkit", "pasta", "gvisor-tap-vsock");

  private EngineSettingChecks() {}

  static final Check LOG_LEVEL =
      RuleBuilder.engine("ENG-LOGLEVEL", LOW)
          .cis("2.3")
          .nist("4.4.1")
          .linuxOnly()
          .title("Engine logs at info level, not debug and not silenced")
          .rationale("Debug output leaks data; warning and error levels hide what happened.")
          .remediation("Remove \"debug\" and \"log-level\" from daemon.json, or set it to info.")
          .judgedBy(
              x -> {
                if (x.engine().flag(DEBUG)) {
                  return x.fail(null);
                }
                String level = DaemonSettings.of(x).text("log-level", "--log-level", "-l");
                return level.isEmpty() || level.equals("info")
                    ? x.pass()
                    : x.fail("the engine logs at level " + level);
              });

  static final Check PACKET_FILTER =
      RuleBuilder.engine("ENG-IPTABLES", HIGH)
          .cis("2.4")
          .nist("4.4.2")
          .linuxOnly()
          .title("Engine manages the packet filter itself")
          .rationale(
              "Without the engine's own rules, networks are not kept apart and published ports are"
                  + " not what the engine reports.")
          .remediation(
              "Remove \"iptables\": false and \"ip6tables\": false from daemon.json and the command"
                  + " line, and restart the engine.")
          .judgedBy(EngineSettingChecks::packetFilter);

  static final Check ULIMITS =
      RuleBuilder.engine("ENG-ULIMITS", LOW)
          .advisory()
          .cis("2.8", "2.9")
          .nist("4.4.3")
          .linuxOnly()
          .title("Engine sets default limits for files and processes")
          .rationale("A container that sets no limits of its own gets the engine's.")
          .remediation(
              "Set \"default-ulimits\" with nofile and nproc in daemon.json. Limits of a container"
                  + " itself matter more.")
          .judgedBy(
              x -> {
                JsonNode limits = DaemonSettings.of(x).map("default-ulimits", "--default-ulimit");
                return limits.has("nofile") && limits.has("nproc")
                    ? x.pass()
                    : x.fail("there is no default for both nofile and nproc");
              });

  static final Check CGROUP_PARENT =
      RuleBuilder.engine("ENG-CGROUPPARENT", LOW)
          .advisory()
          .cis("2.10", "2.11")
          .nist("4.4.3")
          .linuxOnly()
          .title("Engine default cgroup parent is the standard one")
          .rationale("Limits that the host sets for its containers hold below the usual parent.")
          .remediation("Remove \"cgroup-parent\" from daemon.json and restart the engine.")
          .judgedBy(
              x -> {
                String parent = DaemonSettings.of(x).text("cgroup-parent", "--cgroup-parent");
                return parent.isEmpty() ? x.pass() : x.fail(null);
              });

  static final Check USERLAND_PROXY =
      RuleBuilder.engine("ENG-USERLANDPROXY", LOW)
          .advisory()
          .cis("2.16", "2.17")
          .nist("4.4.3")
          .linuxOnly()
          .title("Userland proxy is off")
          .rationale("It is one more process on the host for each published port.")
          .remediation("Set \"userland-proxy\": false in daemon.json and restart the engine.")
          .judgedBy(
              x -> {
                JsonNode proxy = DaemonSettings.of(x).flag("userland-proxy", "--userland-proxy");
                return proxy.isBoolean() && !proxy.booleanValue()
                    ? x.pass()
                    : x.fail(proxy.isMissingNode() ? "it is on unless it is switched off" : null);
              });

  private static Verdict packetFilter(Examination x) {
    if (isRootlessInUserSpace(x)) {
      return x.notApplicable("a rootless engine of this kind has no packet filter to manage");
    }
    boolean listed = !x.host().unreadLists().containsKey(SubjectKind.NETWORK);
    if (listed && x.host().networks().values().stream().noneMatch(n -> mayBeBridge(n))) {
      return x.notApplicable("there is no bridge network");
    }
    Verdict apart = x.onEngine(EngineAccessChecks.INTER_CONTAINER);
    if (apart.outcome() == Outcome.PASS) {
      return x.inherit(
          apart, "the engine starts with icc off only where it manages the packet filter");
    }
    DaemonSettings settings = DaemonSettings.of(x);
    if (isOff(settings.flag("iptables", "--iptables"))) {
      return x.fail(null);
    }
    return isOff(settings.flag("ip6tables", "--ip6tables"))
            && x.host().networks().values().stream().anyMatch(EngineSettingChecks::hasIpv6)
        ? x.fail("there are networks with IPv6, and their rules are not managed")
        : x.pass();
  }

  private static boolean isRootlessInUserSpace(Examination x) {
    Source engine = x.engine();
    if (!SecurityOptions.of(engine).has("rootless")) {
      return false;
    }
    for (JsonNode component : engine.peek(COMPONENTS)) {
      String driver = component.path("Details").path("NetworkDriver").asString("");
      if (IN_USER_SPACE.contains(driver)) {
        engine.look(COMPONENTS);
        return true;
      }
    }
    return false;
  }

  private static boolean mayBeBridge(Reading network) {
    return !(network instanceof Reading.Read read)
        || DRIVER.in(read.document()).asString("bridge").equals("bridge");
  }

  private static boolean hasIpv6(Reading network) {
    return network instanceof Reading.Read read
        && IPV6.in(read.document()).asBoolean(false)
        && DRIVER.in(read.document()).asString("").equals("bridge");
  }

  private static boolean isOff(JsonNode flag) {
    return flag.isBoolean() && !flag.booleanValue();
  }
}
