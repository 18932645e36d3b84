package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.List;

/** What the engine puts around every container, as {@code /info} lists it under security. */
final class EngineHardeningChecks {
  private static final String USERNS = "userns";
  private static final String ROOTLESS_OPTION = "rootless";

  private EngineHardeningChecks() {}

  static final Check ROOTLESS =
      RuleBuilder.engine("ENG-ROOTLESS", LOW)
          .advisory()
          .cis("2.1")
          .nist("4.5.4")
          .linuxOnly()
          .title("Engine itself runs as an ordinary user (rootless)")
          .rationale(
              "Whoever breaks out of a rootless engine is an ordinary user of the host. It costs"
                  + " features; remapped users give most of the benefit.")
          .remediation(
              "Install the engine with dockerd-rootless-setuptool.sh, or remap users with"
                  + " \"userns-remap\" and leave this advice open.")
          .judgedBy(
              x -> {
                SecurityOptions options = SecurityOptions.of(x.engine());
                return options.has(ROOTLESS_OPTION) ? x.pass() : x.fail("the engine runs as root");
              });

  static final Check USER_NAMESPACES =
      RuleBuilder.engine("ENG-USERNS", HIGH)
          .cis("2.9", "2.10")
          .nist("4.5.2")
          .linuxOnly()
          .title("Container root is remapped to an unprivileged host user")
          .rationale(
              "Without remapping, root in a container is root to every file and device that it can"
                  + " reach on the host.")
          .remediation(
              "Set \"userns-remap\": \"default\" in daemon.json. The engine starts with a new data"
                  + " directory: plan to move volumes and images.")
          .judgedBy(
              x ->
                  remaps(SecurityOptions.of(x.engine()))
                      ? x.pass()
                      : x.fail("neither userns nor rootless is listed"));

  static final Check NO_NEW_PRIVILEGES =
      RuleBuilder.engine("ENG-NNP", MEDIUM)
          .cis("2.14", "2.15")
          .nist("4.4.3")
          .linuxOnly()
          .title("Engine forbids gaining privileges through set-id files by default")
          .rationale("The engine's default covers every container that forgets the option.")
          .remediation("Set \"no-new-privileges\": true in daemon.json and restart the engine.")
          .judgedBy(
              x -> {
                Source engine = x.engine();
                SecurityOptions options = SecurityOptions.of(engine);
                if (options.has("no-new-privileges")) {
                  return x.pass();
                }
                String version = engine.text(EngineVersion.ENGINE);
                EngineVersion parsed = EngineVersion.parse(version);
                if (parsed == null) {
                  return x.unknown("engine version " + version + " cannot be compared");
                }
                return parsed.atLeast(24, 0)
                    ? x.fail("the engine does not list no-new-privileges")
                    : x.unknown("engines before 24 do not show this default, even where it is set");
              });

  static final Check SECCOMP =
      RuleBuilder.engine("ENG-SECCOMP", HIGH)
          .cis("2.17", "2.18")
          .nist("4.5.2")
          .linuxOnly()
          .title("Engine applies a seccomp filter by default")
          .rationale("The filter refuses the kernel calls that most escapes need.")
          .remediation(
              "Remove \"seccomp-profile\": \"unconfined\" from daemon.json, and run a kernel with"
                  + " CONFIG_SECCOMP.")
          .judgedBy(
              x -> {
                SecurityOptions options = SecurityOptions.of(x.engine());
                if (!options.has("seccomp")) {
                  return x.fail("the engine lists no seccomp filter");
                }
                String profile = options.profile("seccomp");
                // Renamed from default to builtin in engine 23
                if (profile.equals("default")
                    || profile.equals("builtin")
                    || profile.startsWith("/")) {
                  return x.pass();
                }
                return profile.equals("unconfined")
                    ? x.fail(List.of(options.evidence("seccomp")), null)
                    : x.unknown("the engine names no seccomp profile that is known");
              });

  static final Check SECURITY_MODULE =
      RuleBuilder.engine("ENG-LSM", HIGH)
          .nist("4.5.2")
          .linuxOnly()
          .title("The host offers AppArmor or SELinux to containers")
          .rationale("A security module still holds when a namespace or a capability check fails.")
          .remediation(
              "Enable AppArmor in the kernel, or install container-selinux and set"
                  + " \"selinux-enabled\": true.")
          .judgedBy(
              x -> {
                SecurityOptions options = SecurityOptions.of(x.engine());
                return options.has("apparmor") || options.has("selinux")
                    ? x.pass()
                    : x.fail("neither apparmor nor selinux is listed");
              });

  /** Whether root in a container is somebody else on the host, unless the container opts out. */
  static boolean remaps(SecurityOptions options) {
    return options.has(USERNS) || options.has(ROOTLESS_OPTION);
  }
}
