package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** How the engine is run: storage, logs, limits, restarts, clock. */
final class EngineOperationChecks {
  private static final Field DRIVER = Field.of(".info.Driver");
  private static final Field DRIVER_STATUS = Field.of(".info.DriverStatus");
  private static final Field LOGGING_DRIVER = Field.of(".info.LoggingDriver");
  private static final Field LIVE_RESTORE = Field.of(".info.LiveRestoreEnabled");
  private static final Field SWARM_STATE = Field.of(".info.Swarm.LocalNodeState");
  private static final Field EXPERIMENTAL = Field.of(".info.ExperimentalBuild");
  private static final Field CGROUP_DRIVER = Field.of(".info.CgroupDriver");
  private static final List<Field> LIMITS =
      List.of(
          Field.of(".info.MemoryLimit"),
          Field.of(".info.SwapLimit"),
          Field.of(".info.PidsLimit"),
          Field.of(".info.CpuCfsQuota"));
  private static final Field CLOCK_AGREES = Field.of(".clockWithin60s");

  /** 10 GiB, as the engine prints it, in one unit or the other. */
  private static final Pattern DEFAULT_BASE_SIZE = Pattern.compile("10(?:\\.7[0-9]*|\\.0+)? ?Gi?B");

  private static final Set<String> UNMAINTAINED = Set.of("devicemapper", "overlay", "vfs");
  private static final Set<String> REMOTE =
      Set.of("syslog", "gelf", "fluentd", "awslogs", "gcplogs", "splunk", "logentries");
  private static final Set<String> LOCAL = Set.of("json-file", "local", "journald");

  private EngineOperationChecks() {}

  static final Check NOT_AUFS =
      RuleBuilder.engine("ENG-AUFS", MEDIUM)
          .cis("2.6")
          .nist("4.4.1")
          .linuxOnly()
          .title("Engine does not use the aufs storage driver")
          .rationale("Its kernel code is unmaintained and was never part of Linux.")
          .remediation("Move to overlay2 or to the containerd image store.")
          .judgedBy(x -> storageDriver(x, Set.of("aufs")));

  static final Check NOT_DEVICE_MAPPER =
      RuleBuilder.engine("ENG-DEVICEMAPPER", MEDIUM)
          .cis18("2.7")
          .nist("4.4.1")
          .linuxOnly()
          .title("Engine does not use the devicemapper storage driver")
          .rationale(
              "Current engines no longer have it, nor the old overlay driver: such a host cannot be"
                  + " brought up to date. vfs copies every layer.")
          .remediation("Migrate to overlay2 or to the containerd image store.")
          .judgedBy(x -> storageDriver(x, UNMAINTAINED));

  static final Check BASE_SIZE_LEFT =
      RuleBuilder.engine("ENG-DMBASESIZE", LOW)
          .advisory()
          .cis("2.11", "2.12")
          .nist("4.4.3")
          .linuxOnly()
          .title("Base device size is left alone on devicemapper hosts")
          .rationale("A larger base lets every container take that much of the shared pool.")
          .remediation("Remove dm.basesize from \"storage-opts\"; better, leave devicemapper.")
          .judgedBy(EngineOperationChecks::baseSizeLeft);

  static final Check REMOTE_LOGS =
      RuleBuilder.engine("ENG-REMOTELOG", MEDIUM)
          .attestable()
          .cis("2.13", "2.14")
          .nist("4.4.5")
          .linuxOnly()
          .title("Container logs leave the host by default")
          .rationale("Logs that stay on the host are lost with it, or altered with it.")
          .remediation(
              "Set \"log-driver\" to a remote driver such as syslog, gelf or fluentd, or attest"
                  + " that a shipper takes the logs away.")
          .judgedBy(EngineOperationChecks::remoteLogs);

  static final Check LIVE_RESTORE_ON =
      RuleBuilder.engine("ENG-LIVERESTORE", LOW)
          .cis("2.15", "2.16")
          .nist("4.4.1")
          .title("Containers survive an engine restart")
          .rationale("An engine that can be restarted at any time is patched sooner.")
          .remediation("Set \"live-restore\": true in daemon.json.")
          .judgedBy(
              x -> {
                Source engine = x.engine();
                String swarm = engine.look(SWARM_STATE).asString("");
                if (!swarm.isEmpty() && !swarm.equals("inactive")) {
                  return x.notApplicable("swarm mode excludes live restore");
                }
                return engine.flag(LIVE_RESTORE) ? x.pass() : x.fail(null);
              });

  static final Check NOT_EXPERIMENTAL =
      RuleBuilder.engine("ENG-EXPERIMENTAL", LOW)
          .cis("2.18", "2.19")
          .nist("4.4.1")
          .linuxOnly()
          .title("Experimental engine features are off")
          .rationale("Unfinished code has had less review and may change at any time.")
          .remediation("Remove \"experimental\": true from daemon.json.")
          .judgedBy(x -> x.engine().flag(EXPERIMENTAL) ? x.fail(null) : x.pass());

  static final Check LIMITS_WORK =
      RuleBuilder.engine("ENG-LIMITSWORK", MEDIUM)
          .nist("4.4.3")
          .linuxOnly()
          .title("The kernel can enforce memory, CPU and process limits")
          .rationale("Without the cgroup controllers, limits set on containers do nothing.")
          .remediation(
              "Enable the memory, swap, pids and cpu controllers at boot; for rootless engines use"
                  + " cgroup v2 with systemd.")
          .judgedBy(EngineOperationChecks::limitsWork);

  static final Check CLOCK =
      RuleBuilder.engine("ENG-CLOCK", LOW)
          .nist("4.4.5")
          .title("Engine clock agrees with the portal")
          .rationale("The age of backups and the order of events are read from this clock.")
          .remediation("Run an NTP client on the host.")
          .judgedBy(
              x ->
                  x.observation().flag(CLOCK_AGREES)
                      ? x.pass()
                      : x.fail("the clocks are more than 60 seconds apart"));

  private static Verdict baseSizeLeft(Examination x) {
    Source engine = x.engine();
    if (!engine.text(DRIVER).equals("devicemapper")) {
      return x.notApplicable("another storage driver");
    }
    JsonNode status = engine.peek(DRIVER_STATUS);
    for (int i = 0; i < status.size(); i++) {
      if (status.path(i).path(0).asString("").equals("Base Device Size")) {
        Evidence evidence = engine.entry(DRIVER_STATUS, i);
        x.keep(evidence);
        return DEFAULT_BASE_SIZE.matcher(status.path(i).path(1).asString("")).matches()
            ? x.pass()
            : x.fail(List.of(evidence), null);
      }
    }
    return x.unknown(
        List.of(engine.evidence(DRIVER_STATUS.path(), status)), "the driver shows no base size");
  }

  private static Verdict remoteLogs(Examination x) {
    String driver = x.engine().text(LOGGING_DRIVER);
    if (driver.equals("none")) {
      return x.fail("logs are thrown away");
    }
    if (REMOTE.contains(driver)) {
      return x.pass("the target of " + driver + " is not in the API");
    }
    if (!LOCAL.contains(driver)) {
      return x.unknown("log driver '" + driver + "' is not known");
    }
    Attestation shipped = Attested.current(x.host(), "ENG-REMOTELOG");
    return shipped == null
        ? x.fail("logs stay on the host, and nothing attests that they are shipped")
        : Attested.verdict(x, shipped, Outcome.FAIL);
  }

  private static Verdict storageDriver(Examination x, Set<String> refused) {
    String driver = x.engine().text(DRIVER);
    if (driver.isEmpty()) {
      return x.unknown("the engine names no storage driver");
    }
    return refused.contains(driver) ? x.fail(null) : x.pass();
  }

  private static Verdict limitsWork(Examination x) {
    Source engine = x.engine();
    List<Evidence> broken = new ArrayList<>();
    List<Evidence> missing = new ArrayList<>();
    for (Field field : LIMITS) {
      JsonNode limit = engine.look(field);
      if (!limit.isBoolean()) {
        missing.add(engine.evidence(field.path(), limit));
      } else if (!limit.booleanValue()) {
        broken.add(engine.evidence(field.path(), limit));
      }
    }
    JsonNode cgroups = engine.look(CGROUP_DRIVER);
    if (!cgroups.isString()) {
      missing.add(engine.evidence(CGROUP_DRIVER.path(), cgroups));
    } else if (cgroups.stringValue().equals("none")) {
      broken.add(engine.evidence(CGROUP_DRIVER.path(), cgroups));
    }
    if (!broken.isEmpty()) {
      return x.fail(broken, "limits set on containers are ignored");
    }
    return missing.isEmpty() ? x.pass() : x.unknown(missing, "the engine does not say");
  }
}
