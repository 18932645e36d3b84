package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The kernel's second walls around a container: AppArmor, SELinux, seccomp, masked paths. */
final class ConfinementChecks {
  private static final Field APPARMOR_PROFILE = Field.of(".AppArmorProfile");
  private static final Field PROCESS_LABEL = Field.of(".ProcessLabel");
  private static final Field MASKED_PATHS = Field.of(".HostConfig.MaskedPaths");
  private static final Field READONLY_PATHS = Field.of(".HostConfig.ReadonlyPaths");
  private static final Set<String> UNCONFINED_TYPES = Set.of("spc_t", "unconfined_t");
  private static final String SECCOMP_OPTION = "seccomp";

  private ConfinementChecks() {}

  static final Check APPARMOR =
      RuleBuilder.container("CTR-APPARMOR", MEDIUM)
          .cis("5.2")
          .nist("4.5.2")
          .linuxOnly()
          .title("An AppArmor profile confines the container")
          .rationale("The engine's profile costs nothing and holds when other walls fail.")
          .remediation("Remove --security-opt apparmor=unconfined, and --privileged.")
          .judgedBy(ConfinementChecks::appArmor);

  static final Check SELINUX =
      RuleBuilder.container("CTR-SELINUX", MEDIUM)
          .cis("5.3")
          .nist("4.5.2")
          .linuxOnly()
          .title("SELinux labels confine the container")
          .rationale("Labels keep a process from files that were not meant for it, even as root.")
          .remediation(
              "Remove --security-opt label=disable; --privileged, --pid=host and --ipc=host add it"
                  + " by themselves.")
          .judgedBy(ConfinementChecks::seLinux);

  static final Check SECCOMP =
      RuleBuilder.container("CTR-SECCOMP", HIGH)
          .cis("5.22")
          .nist("4.5.2")
          .stig("DKER-EE-002070")
          .linuxOnly()
          .title("A seccomp filter is active")
          .rationale("The filter refuses kernel calls that escapes use and applications do not.")
          .remediation("Remove --security-opt seccomp=unconfined, and --privileged.")
          .judgedBy(ConfinementChecks::seccomp);

  static final Check MASKED =
      RuleBuilder.container("CTR-MASKED", HIGH)
          .nist("4.4.3")
          .linuxOnly()
          .title("Sensitive kernel files stay masked")
          .rationale("Unmasked, files below /proc and /sys show and steer the host's kernel.")
          .remediation("Remove --security-opt systempaths=unconfined, and --privileged.")
          .judgedBy(
              x -> {
                boolean masked = !x.document().arrayOrNull(MASKED_PATHS).isEmpty();
                boolean readOnly = !x.document().arrayOrNull(READONLY_PATHS).isEmpty();
                return masked && readOnly ? x.pass() : x.fail(null);
              });

  private static Verdict appArmor(Examination x) {
    if (!SecurityOptions.of(x.engine()).has("apparmor")) {
      return x.notApplicable("the engine has no AppArmor: ENG-LSM speaks of it");
    }
    Source container = x.document();
    if (container.flag(EffectiveCapabilities.PRIVILEGED)) {
      return x.fail(
          List.of(evidence(container, EffectiveCapabilities.PRIVILEGED)),
          "privileged runs unconfined");
    }
    Evidence off = switchedOff(container, "apparmor", "unconfined");
    if (off != null) {
      return x.fail(List.of(off), null);
    }
    String profile = container.text(APPARMOR_PROFILE);
    if (profile.equals("unconfined")) {
      return x.fail(List.of(evidence(container, APPARMOR_PROFILE)), null);
    }
    if (!x.observation().flag(ContainerObservation.EVER_STARTED)) {
      return x.unknown("a profile is chosen at the first start");
    }
    return profile.isEmpty() ? x.fail(null) : x.pass();
  }

  private static Verdict seLinux(Examination x) {
    if (!SecurityOptions.of(x.engine()).has("selinux")) {
      return x.notApplicable("the engine has no SELinux: ENG-LSM speaks of it");
    }
    Source container = x.document();
    Evidence off = switchedOff(container, "label", "disable");
    if (off != null) {
      return x.fail(List.of(off), null);
    }
    if (container.flag(EffectiveCapabilities.PRIVILEGED)) {
      return x.fail(
          List.of(evidence(container, EffectiveCapabilities.PRIVILEGED)),
          "privileged runs unconfined");
    }
    String label = container.text(PROCESS_LABEL);
    if (label.isEmpty()) {
      return x.observation().flag(ContainerObservation.EVER_STARTED)
          ? x.fail("the process has no label")
          : x.unknown("a label is chosen at the first start");
    }
    // user:role:type:level
    String[] parts = label.split(":", -1);
    if (parts.length < 3) {
      return x.unknown("the label has no type");
    }
    return UNCONFINED_TYPES.contains(parts[2]) ? x.fail(null) : x.pass();
  }

  /** The option {@code name=value} or {@code name:value}; null if it is not set. */
  private static @Nullable Evidence switchedOff(Source container, String name, String value) {
    List<String> options = container.textsOrNull(PrivilegeChecks.SECURITY_OPT);
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      if (option.length() == name.length() + 1 + value.length()
          && option.startsWith(name)
          && isSeparator(option.charAt(name.length()))
          && option.endsWith(value)) {
        return container.entry(PrivilegeChecks.SECURITY_OPT, i);
      }
    }
    return null;
  }

  private static Verdict seccomp(Examination x) {
    Source container = x.document();
    if (container.flag(EffectiveCapabilities.PRIVILEGED)) {
      return x.fail("privileged runs without a filter");
    }
    List<String> options = container.textsOrNull(PrivilegeChecks.SECURITY_OPT);
    List<Evidence> unclear = new ArrayList<>();
    boolean filtered = false;
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      if (option.length() > SECCOMP_OPTION.length()
          && option.startsWith(SECCOMP_OPTION)
          && isSeparator(option.charAt(SECCOMP_OPTION.length()))) {
        Evidence entry = container.entry(PrivilegeChecks.SECURITY_OPT, i);
        switch (filters(option.substring(SECCOMP_OPTION.length() + 1))) {
          case PASS -> filtered = true;
          case FAIL -> {
            return x.fail(List.of(entry), null);
          }
          default -> unclear.add(entry);
        }
      }
    }
    if (!unclear.isEmpty()) {
      return x.unknown(unclear, "the profile cannot be read");
    }
    return filtered
        ? x.pass()
        : x.inherit(
            x.onEngine(EngineHardeningChecks.SECCOMP),
            "not set here, so the engine's default decides");
  }

  /** Whether a profile, as the engine keeps it, refuses anything. */
  private static Outcome filters(String profile) {
    if (profile.equals("unconfined")) {
      return Outcome.FAIL;
    }
    if (profile.equals("builtin")) {
      return Outcome.PASS;
    }
    if (!profile.startsWith("{")) {
      return Outcome.UNKNOWN;
    }
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(profile);
    } catch (JacksonException e) {
      return Outcome.UNKNOWN;
    }
    String byDefault = json.path("defaultAction").asString("");
    if (byDefault.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    if (!lets(byDefault)) {
      return Outcome.PASS;
    }
    for (JsonNode rule : json.path("syscalls")) {
      if (rule.path("action").isString() && !lets(rule.path("action").stringValue())) {
        return Outcome.PASS;
      }
    }
    return Outcome.FAIL;
  }

  private static boolean lets(String action) {
    return action.equals("SCMP_ACT_ALLOW") || action.equals("SCMP_ACT_LOG");
  }

  private static boolean isSeparator(char c) {
    return c == '=' || c == ':';
  }

  private static Evidence evidence(Source source, Field field) {
    return source.evidence(field.path(), source.peek(field));
  }
}
