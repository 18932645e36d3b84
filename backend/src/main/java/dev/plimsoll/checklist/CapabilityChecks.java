package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.CRITICAL;
import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.LOW;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which pieces of root a container holds. */
final class CapabilityChecks {
  private static final String NET_RAW = "NET_RAW";

  /** Each has a published way out of the container. */
  private static final Set<String> ESCAPES =
      Set.of(
          "SYS_ADMIN",
          "SYS_MODULE",
          "SYS_PTRACE",
          "SYS_RAWIO",
          "DAC_READ_SEARCH",
          "SYS_BOOT",
          "BPF",
          "PERFMON",
          "MAC_ADMIN",
          "MAC_OVERRIDE",
          "SYSLOG");

  private CapabilityChecks() {}

  static final Check NONE_BEYOND_DEFAULT =
      RuleBuilder.container("CTR-CAPS", HIGH)
          .cis("5.4")
          .nist("4.4.3")
          .linuxOnly()
          .title("Container holds no capability beyond Docker's default set")
          .rationale("Each capability is a piece of root that the default set leaves out.")
          .remediation("Run with --cap-drop=ALL and --cap-add only what the process needs.")
          .judgedBy(
              x -> {
                EffectiveCapabilities capabilities = EffectiveCapabilities.of(x.document());
                Set<String> beyond = new TreeSet<>(capabilities.held());
                beyond.removeAll(EffectiveCapabilities.DEFAULT);
                return beyond.isEmpty()
                    ? x.pass()
                    : x.fail(
                        capabilities.grants(beyond::contains),
                        beyond.size() > 10
                            ? beyond.size() + " capabilities beyond the default set"
                            : "beyond the default set: " + String.join(", ", beyond));
              });

  static final Check DROPPED_FIRST =
      RuleBuilder.container("CTR-CAPSMIN", LOW)
          .cis("5.4")
          .nist("4.4.3")
          .linuxOnly()
          .title("Capabilities are dropped before any are given")
          .rationale("Most processes need none of the default set; what is not held is not abused.")
          .remediation("Run with --cap-drop=ALL, then --cap-add what fails without it.")
          .judgedBy(
              x -> {
                EffectiveCapabilities capabilities = EffectiveCapabilities.of(x.document());
                if (capabilities.privileged()) {
                  return x.fail("privileged gives all capabilities, dropped or not");
                }
                if (capabilities.addsAll()) {
                  return x.fail(
                      capabilities.grants(name -> false), "adding ALL undoes dropping ALL");
                }
                return capabilities.dropsAll() ? x.pass() : x.fail(null);
              });

  static final Check NO_RAW_SOCKETS =
      RuleBuilder.container("CTR-NETRAW", LOW)
          .cis("5.4")
          .nist("4.4.2")
          .linuxOnly()
          .title("Raw sockets are dropped")
          .rationale("Raw sockets let a container forge ARP and DNS answers to its neighbours.")
          .remediation("Run with --cap-drop=NET_RAW, or better --cap-drop=ALL.")
          .judgedBy(
              x -> {
                EffectiveCapabilities capabilities = EffectiveCapabilities.of(x.document());
                if (!capabilities.held().contains(NET_RAW)) {
                  return x.pass();
                }
                List<Evidence> grants = capabilities.grants(NET_RAW::equals);
                return grants.isEmpty()
                    ? x.fail("part of the default set, and not dropped")
                    : x.fail(grants, null);
              });

  static final Check NO_ESCAPE =
      RuleBuilder.container("CTR-CAPSESCAPE", CRITICAL)
          .cis("5.4")
          .nist("4.4.3")
          .linuxOnly()
          .title("No capability that breaks out of the container")
          .rationale("For most of these a way to the whole host is public.")
          .remediation("Remove the capability from --cap-add.")
          .judgedBy(
              x -> {
                EffectiveCapabilities capabilities = EffectiveCapabilities.of(x.document());
                if (capabilities.privileged()) {
                  return x.notApplicable("privileged: CTR-PRIV speaks of it");
                }
                Set<String> escapes = new TreeSet<>(capabilities.held());
                escapes.retainAll(ESCAPES);
                return escapes.isEmpty()
                    ? x.pass()
                    : x.fail(capabilities.grants(escapes::contains), String.join(", ", escapes));
              });
}
