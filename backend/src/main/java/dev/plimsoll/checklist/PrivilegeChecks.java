package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.CRITICAL;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Switches that hand a container the host, or let its processes gain what they were not given. */
final class PrivilegeChecks {
  static final Field SECURITY_OPT = Field.of(".HostConfig.SecurityOpt");
  private static final Field DEVICES = Field.of(".HostConfig.Devices");
  private static final Field DEVICE_RULES = Field.of(".HostConfig.DeviceCgroupRules");
  private static final Field DEVICE_REQUESTS = Field.of(".HostConfig.DeviceRequests");
  private static final String NO_NEW_PRIVILEGES_OPTION = "no-new-privileges";

  private PrivilegeChecks() {}

  static final Check NOT_PRIVILEGED =
      RuleBuilder.container("CTR-PRIV", CRITICAL)
          .cis("5.5")
          .nist("4.4.3")
          .linuxOnly()
          .title("Container is not privileged")
          .rationale("A privileged container is root on the host in all but name.")
          .remediation(
              "Remove --privileged; grant the single --device or --cap-add that is needed.")
          .judgedBy(
              x ->
                  x.document().flag(EffectiveCapabilities.PRIVILEGED)
                      ? x.fail(
                          "fails with it: CTR-CAPS, CTR-SECCOMP, CTR-APPARMOR, CTR-SELINUX,"
                              + " CTR-MASKED, CTR-DEVICES")
                      : x.pass());

  static final Check NO_NEW_PRIVILEGES =
      RuleBuilder.container("CTR-NNP", MEDIUM)
          .cis("5.26")
          .nist("4.4.3")
          .stig("DKER-EE-002110")
          .linuxOnly()
          .title("Process cannot gain privileges through set-id files")
          .rationale("Set-user-id files in the image then lift nobody up, without a new build.")
          .remediation("Run with --security-opt no-new-privileges.")
          .judgedBy(PrivilegeChecks::noNewPrivileges);

  static final Check NO_DEVICES =
      RuleBuilder.container("CTR-DEVICES", MEDIUM)
          .cis("5.18")
          .nist("4.4.3")
          .stig("DKER-EE-002040")
          .linuxOnly()
          .title("No host device is handed in")
          .rationale("A disk or memory device gives its whole content, past every file permission.")
          .remediation(
              "Remove --device and --device-cgroup-rule, or declare the device; GPUs are asked for"
                  + " with --gpus.")
          .judgedBy(PrivilegeChecks::noDevices);

  private static Verdict noNewPrivileges(Examination x) {
    Source container = x.document();
    List<String> options = container.textsOrNull(SECURITY_OPT);
    boolean set = false;
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      if (!option.startsWith(NO_NEW_PRIVILEGES_OPTION)) {
        continue;
      }
      Boolean value = switchValue(option.substring(NO_NEW_PRIVILEGES_OPTION.length()));
      if (value == null) {
        return x.unknown(
            List.of(container.entry(SECURITY_OPT, i)), "the value is neither true nor false");
      }
      if (!value) {
        return x.fail(
            List.of(container.entry(SECURITY_OPT, i)),
            "switched off, whatever the engine's default");
      }
      set = true;
    }
    return set
        ? x.pass()
        : x.inherit(
            x.onEngine(EngineHardeningChecks.NO_NEW_PRIVILEGES),
            "not set here, so the engine's default decides");
  }

  /** What the engine reads after the option's name; null if it reads nothing valid. */
  private static @Nullable Boolean switchValue(String rest) {
    if (rest.isEmpty()) {
      return true;
    }
    return switch (rest.charAt(0)) {
      case '=', ':' ->
          switch (rest.substring(1).toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> true;
            case "false", "f", "0" -> false;
            default -> null;
          };
      default -> null;
    };
  }

  private static Verdict noDevices(Examination x) {
    Source container = x.document();
    if (container.flag(EffectiveCapabilities.PRIVILEGED)) {
      return x.fail("privileged hands in every device");
    }
    List<Evidence> handed = new ArrayList<>();
    boolean critical = false;
    Set<String> declared = x.host().declared(Declaration.DEVICE);
    JsonNode devices = container.arrayOrNull(DEVICES);
    for (int i = 0; i < devices.size(); i++) {
      String path = DEVICES.entry(i) + ".PathOnHost";
      String device = HostPath.clean(container.textOf(path, devices.get(i).path("PathOnHost")));
      if (!device.equals("/dev/fuse") && !declared.contains(device)) {
        handed.add(container.evidence(path, devices.get(i).path("PathOnHost")));
        critical |= isCritical(device);
      }
    }
    List<String> rules = container.textsOrNull(DEVICE_RULES);
    for (int i = 0; i < rules.size(); i++) {
      handed.add(container.entry(DEVICE_RULES, i));
      critical |= rules.get(i).startsWith("a") || rules.get(i).startsWith("b");
    }
    JsonNode requests = container.arrayOrNull(DEVICE_REQUESTS);
    for (int i = 0; i < requests.size(); i++) {
      if (!isGpu(requests.get(i))) {
        handed.add(container.entry(DEVICE_REQUESTS, i));
      }
    }
    if (handed.isEmpty()) {
      return x.pass();
    }
    return x.fail(handed, critical ? "critical: raw disks or memory of the host" : null);
  }

  private static boolean isCritical(String device) {
    return device.equals("/dev")
        || device.equals("/dev/mem")
        || device.equals("/dev/kmsg")
        || device.startsWith("/dev/sd")
        || device.startsWith("/dev/vd")
        || device.startsWith("/dev/xvd")
        || device.startsWith("/dev/nvme")
        || device.startsWith("/dev/dm-")
        || device.startsWith("/dev/mapper/")
        || device.startsWith("/dev/loop");
  }

  private static boolean isGpu(JsonNode request) {
    if (request.path("Driver").asString("").equals("nvidia")) {
      return true;
    }
    for (JsonNode alternatives : request.path("Capabilities")) {
      for (JsonNode capability : alternatives) {
        if (capability.asString("").equals("gpu")) {
          return true;
        }
      }
    }
    return false;
  }
}
