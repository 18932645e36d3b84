package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How much of the host a container may take, and what it may turn. */
final class LimitChecks {
  private static final Field MEMORY = Field.of(".HostConfig.Memory");
  private static final Field MEMORY_TOTAL = Field.of(".info.MemTotal");
  private static final Field NANO_CPUS = Field.of(".HostConfig.NanoCpus");
  private static final Field CPU_QUOTA = Field.of(".HostConfig.CpuQuota");
  private static final Field CPU_SHARES = Field.of(".HostConfig.CpuShares");
  private static final Field CPUSET_CPUS = Field.of(".HostConfig.CpusetCpus");
  private static final Field PIDS = Field.of(".HostConfig.PidsLimit");
  private static final Field ULIMITS = Field.of(".HostConfig.Ulimits");
  private static final Field OOM_KILL_DISABLE = Field.of(".HostConfig.OomKillDisable");
  private static final Field OOM_SCORE_ADJ = Field.of(".HostConfig.OomScoreAdj");
  private static final Field CGROUP_PARENT = Field.of(".HostConfig.CgroupParent");
  private static final Field RESTART_NAME = Field.of(".HostConfig.RestartPolicy.Name");
  private static final Field RESTART_COUNT =
      Field.of(".HostConfig.RestartPolicy.MaximumRetryCount");
  private static final Field LABELS = Field.of(".Config.Labels");
  private static final Field HOST_CONFIG = Field.of(".HostConfig");
  private static final Field SYSCTLS = Field.of(".HostConfig.Sysctls");

  private static final long DEFAULT_CPU_SHARES = 1024;
  private static final long NO_REAL_PIDS_LIMIT = 1_000_000;
  private static final long MOST_RESTARTS = 5;

  /** System V IPC, which has a namespace of its own. */
  private static final Set<String> IPC_PARAMETERS =
      Set.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  private LimitChecks() {}

  static final Check MEMORY_LIMITED =
      RuleBuilder.container("CTR-MEM", MEDIUM)
          .cis("5.11")
          .nist("4.4.3")
          .linuxOnly()
          .title("Memory is limited")
          .rationale("One leak otherwise takes the whole host down.")
          .remediation("Run with --memory, below what the host has.")
          .judgedBy(LimitChecks::memoryLimited);

  static final Check CPU_BOUNDED =
      RuleBuilder.container("CTR-CPU", LOW)
          .cis("5.12")
          .nist("4.4.3")
          .linuxOnly()
          .title("CPU use is bounded")
          .rationale("One busy loop otherwise starves its neighbours.")
          .remediation("Run with --cpus, or at least with --cpu-shares.")
          .judgedBy(LimitChecks::cpuBounded);

  static final Check PROCESSES_LIMITED =
      RuleBuilder.container("CTR-PIDS", MEDIUM)
          .cis("5.29")
          .nist("4.4.3")
          .linuxOnly()
          .title("Number of processes is limited")
          .rationale("A fork bomb otherwise takes every process number of the host.")
          .remediation("Run with --pids-limit 200, or what the application needs.")
          .judgedBy(LimitChecks::processesLimited);

  static final Check ULIMITS_SET =
      RuleBuilder.container("CTR-ULIMITS", LOW)
          .advisory()
          .cis("5.19")
          .nist("4.4.3")
          .linuxOnly()
          .title("Process and file limits are set or inherited")
          .rationale("Limits for each process catch what the container's own limits do not.")
          .remediation(
              "Run with --ulimit nofile=1024:4096, or set \"default-ulimits\" in daemon.json.")
          .judgedBy(
              x -> {
                if (!x.document().arrayOrNull(ULIMITS).isEmpty()) {
                  return x.pass();
                }
                // The engine merges its defaults in when it starts a container
                return x.observation().flag(ContainerObservation.EVER_STARTED)
                    ? x.fail("neither set nor inherited from the engine")
                    : x.unknown("the engine's defaults appear at the first start");
              });

  static final Check OOM_KILLABLE =
      RuleBuilder.container("CTR-OOM", LOW)
          .nist("4.4.3")
          .linuxOnly()
          .title("Container can be killed when memory runs out")
          .rationale("What the kernel may not kill makes it kill something else.")
          .remediation("Remove --oom-kill-disable, and a negative --oom-score-adj.")
          .judgedBy(LimitChecks::oomKillable);

  static final Check DEFAULT_CGROUP =
      RuleBuilder.container("CTR-CGROUPPARENT", LOW)
          .cis("5.25")
          .nist("4.4.3")
          .linuxOnly()
          .title("Container sits under the default cgroup")
          .rationale("Under another parent, limits that the host sets for containers do not hold.")
          .remediation("Remove --cgroup-parent, or declare the parent that an orchestrator uses.")
          .judgedBy(
              x -> {
                String parent = x.document().text(CGROUP_PARENT);
                if (parent.isEmpty()) {
                  return x.pass();
                }
                return x.host().declared(Declaration.CGROUP_PARENT).contains(parent)
                    ? x.pass("declared")
                    : x.fail(null);
              });

  static final Check RESTARTS_LIMITED =
      RuleBuilder.container("CTR-RESTART", LOW)
          .cis("5.15")
          .nist("4.4.3")
          .linuxOnly()
          .title("Restarts are limited")
          .rationale("An endless crash loop hides the fault and burdens the host.")
          .remediation("Run with --restart on-failure:5.")
          .judgedBy(LimitChecks::restartsLimited);

  static final Check SYSCTLS_HARMLESS =
      RuleBuilder.container("CTR-SYSCTL", LOW)
          .advisory()
          .nist("4.4.3")
          .title("No risky kernel parameter is changed")
          .rationale("Parameters of a namespace are mostly harmless; the rest belongs to the host.")
          .remediation("Remove --sysctl, or keep to net.* and IPC parameters.")
          .judgedBy(LimitChecks::sysctlsHarmless);

  private static Verdict memoryLimited(Examination x) {
    if (x.document().integer(MEMORY) <= 0) {
      return x.fail(null);
    }
    long memory = x.document().peek(MEMORY).longValue();
    if (memory > x.engine().integer(MEMORY_TOTAL)) {
      return x.fail("more than the host has");
    }
    return ifEnforced(x);
  }

  private static Verdict cpuBounded(Examination x) {
    Source container = x.document();
    JsonNode shares = container.look(CPU_SHARES);
    JsonNode cpuset = container.look(CPUSET_CPUS);
    JsonNode cpus = container.look(NANO_CPUS);
    JsonNode quota = container.look(CPU_QUOTA);
    boolean bounded =
        isPositive(cpus)
            || isPositive(quota)
            || (isPositive(shares) && shares.longValue() != DEFAULT_CPU_SHARES)
            || (cpuset.isString() && !cpuset.stringValue().isEmpty());
    if (bounded) {
      return ifEnforced(x);
    }
    // Not bounded by what was shown; what was not shown could bound it
    for (Field field : List.of(NANO_CPUS, CPU_QUOTA, CPU_SHARES)) {
      JsonNode value = container.peek(field);
      if (!value.isIntegralNumber()) {
        throw container.unreadable(field.path(), value, "a whole number");
      }
    }
    if (!cpuset.isString()) {
      throw container.unreadable(CPUSET_CPUS.path(), cpuset, "text");
    }
    return x.fail(null);
  }

  private static boolean isPositive(JsonNode node) {
    return node.isIntegralNumber() && node.longValue() > 0;
  }

  private static Verdict processesLimited(Examination x) {
    JsonNode node = x.document().peek(PIDS);
    if (node.isNull()) {
      x.document().look(PIDS);
      return x.fail(null);
    }
    long limit = x.document().integer(PIDS);
    if (limit <= 0) {
      return x.fail(null);
    }
    return limit < NO_REAL_PIDS_LIMIT ? ifEnforced(x) : x.fail("too high to limit anything");
  }

  /** PASS, as long as the kernel enforces limits at all. */
  private static Verdict ifEnforced(Examination x) {
    Verdict limits = x.onEngine(EngineOperationChecks.LIMITS_WORK);
    return switch (limits.outcome()) {
      case PASS, NOT_APPLICABLE -> x.pass();
      case FAIL, UNKNOWN -> x.inherit(limits, "a limit is set, but ENG-LIMITSWORK does not pass");
    };
  }

  private static Verdict oomKillable(Examination x) {
    Source container = x.document();
    JsonNode disabled = container.look(OOM_KILL_DISABLE);
    JsonNode score = container.look(OOM_SCORE_ADJ);
    List<Evidence> spared = new ArrayList<>();
    if (disabled.isBoolean() && disabled.booleanValue()) {
      spared.add(container.evidence(OOM_KILL_DISABLE.path(), disabled));
    }
    if (score.isIntegralNumber() && score.longValue() < 0) {
      spared.add(container.evidence(OOM_SCORE_ADJ.path(), score));
    }
    if (!spared.isEmpty()) {
      return x.fail(spared, null);
    }
    if (!disabled.isNull() && !disabled.isBoolean()) {
      throw container.unreadable(OOM_KILL_DISABLE.path(), disabled, "true or false");
    }
    if (!score.isIntegralNumber()) {
      throw container.unreadable(OOM_SCORE_ADJ.path(), score, "a whole number");
    }
    return x.pass();
  }

  private static Verdict restartsLimited(Examination x) {
    Source container = x.document();
    String service = container.peek(LABELS).path(Swarm.SERVICE_LABEL).asString("");
    if (!service.isEmpty()) {
      return serviceRestartsLimited(x, service);
    }
    String name = container.text(RESTART_NAME);
    return switch (name) {
      case "", "no" -> x.pass();
      case "always", "unless-stopped" -> x.fail(null);
      case "on-failure" -> {
        long count = container.integer(RESTART_COUNT);
        if (count == 0) {
          yield x.fail("0 means without end");
        }
        yield count > 0 && count <= MOST_RESTARTS ? x.pass() : x.fail(null);
      }
      default -> x.unknown("restart policy " + name + " is not known");
    };
  }

  /** The swarm restarts its tasks itself, as their service says, and writes nothing into them. */
  private static Verdict serviceRestartsLimited(Examination x, String service) {
    Source container = x.document();
    Evidence label =
        container.evidence(
            LABELS.member(Swarm.SERVICE_LABEL), container.peek(LABELS).path(Swarm.SERVICE_LABEL));
    Source swarm = Swarm.services(x);
    if (swarm == null) {
      return x.unknown(
          List.of(label),
          "restarts of a swarm task are set on its service, which a worker is not shown");
    }
    JsonNode services = swarm.peek(Swarm.SERVICES);
    for (int i = 0; i < services.size(); i++) {
      if (services.path(i).path("ID").asString("").equals(service)) {
        String path = Swarm.SERVICES.entry(i) + ".Spec.TaskTemplate.RestartPolicy";
        JsonNode policy = services.path(i).path("Spec").path("TaskTemplate").path("RestartPolicy");
        x.keep(label);
        x.keep(swarm.evidence(path, policy));
        if (policy.path("Condition").asString("").equals("none")) {
          return x.pass("the service starts no task again");
        }
        JsonNode attempts = policy.path("MaxAttempts");
        if (!attempts.isMissingNode() && !attempts.isNull() && !attempts.isIntegralNumber()) {
          throw swarm.unreadable(path + ".MaxAttempts", attempts, "a whole number");
        }
        long most = attempts.asLong(0);
        if (most == 0) {
          return x.fail("its service starts tasks again without end");
        }
        return most > 0 && most <= MOST_RESTARTS ? x.pass() : x.fail(null);
      }
    }
    return x.unknown(List.of(label), "the swarm lists no such service");
  }

  private static Verdict sysctlsHarmless(Examination x) {
    Source container = x.document();
    JsonNode sysctls = container.objectOrAbsent(HOST_CONFIG, SYSCTLS);
    if (sysctls.isEmpty()) {
      return x.notApplicable("no parameter is changed");
    }
    List<Evidence> risky = new ArrayList<>();
    for (Map.Entry<String, JsonNode> sysctl : sysctls.properties()) {
      String key = sysctl.getKey();
      if (!key.startsWith("net.")
          && !key.startsWith("fs.mqueue.")
          && !IPC_PARAMETERS.contains(key)) {
        risky.add(container.evidence(SYSCTLS.member(key), sysctl.getValue()));
      }
    }
    return risky.isEmpty() ? x.pass() : x.fail(risky, null);
  }
}
