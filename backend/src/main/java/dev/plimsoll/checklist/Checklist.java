package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The catalogue: every check there is, in a stable order, under one version. */
public final class Checklist {
  /** Under which the engine itself is judged as a subject. */
  public static final String ENGINE_ID = "engine";

  private static final List<Check> CHECKS =
      List.of(
          EngineHardeningChecks.ROOTLESS,
          EngineAccessChecks.INTER_CONTAINER,
          EngineOperationChecks.LOG_LEVEL,
          EngineAccessChecks.INSECURE_REGISTRIES,
          EngineOperationChecks.NOT_AUFS,
          EngineOperationChecks.NOT_DEVICE_MAPPER,
          EngineAccessChecks.REMOTE_API,
          EngineHardeningChecks.USER_NAMESPACES,
          EngineAccessChecks.AUTHORIZATION_PLUGIN,
          EngineOperationChecks.REMOTE_LOGS,
          EngineHardeningChecks.NO_NEW_PRIVILEGES,
          EngineOperationChecks.LIVE_RESTORE_ON,
          EngineHardeningChecks.SECCOMP,
          EngineOperationChecks.NOT_EXPERIMENTAL,
          EngineHardeningChecks.SECURITY_MODULE,
          EngineOperationChecks.LIMITS_WORK,
          EngineOperationChecks.CLOCK,
          UserChecks.NON_ROOT,
          UserChecks.NOT_GROUP_ZERO,
          ConfinementChecks.APPARMOR,
          ConfinementChecks.SELINUX,
          CapabilityChecks.NONE_BEYOND_DEFAULT,
          CapabilityChecks.DROPPED_FIRST,
          CapabilityChecks.NO_RAW_SOCKETS,
          CapabilityChecks.NO_ESCAPE,
          PrivilegeChecks.NOT_PRIVILEGED,
          MountChecks.NO_HOST_DIRECTORY,
          NetworkChecks.NO_PRIVILEGED_PORT,
          NamespaceChecks.NETWORK,
          LimitChecks.MEMORY_LIMITED,
          LimitChecks.CPU_BOUNDED,
          OperationChecks.READ_ONLY_ROOT,
          NetworkChecks.BOUND_TO_ADDRESS,
          LimitChecks.RESTARTS_LIMITED,
          NamespaceChecks.PROCESSES,
          NamespaceChecks.IPC,
          NamespaceChecks.NOT_SHARED,
          NamespaceChecks.CGROUPS,
          PrivilegeChecks.NO_DEVICES,
          LimitChecks.ULIMITS_SET,
          MountChecks.NO_PROPAGATION,
          NamespaceChecks.HOST_NAME,
          ConfinementChecks.SECCOMP,
          ConfinementChecks.MASKED,
          LimitChecks.DEFAULT_CGROUP,
          PrivilegeChecks.NO_NEW_PRIVILEGES,
          OperationChecks.HEALTHY,
          ImageReferenceChecks.CURRENT,
          ImageReferenceChecks.PINNED,
          LimitChecks.PROCESSES_LIMITED,
          NetworkChecks.NOT_DEFAULT_BRIDGE,
          NamespaceChecks.USERS,
          MountChecks.NO_ENGINE_SOCKET,
          SecretChecks.NOT_IN_ENVIRONMENT,
          LimitChecks.SYSCTLS_HARMLESS,
          LimitChecks.OOM_KILLABLE,
          OperationChecks.LOGS_BOUNDED,
          OperationChecks.RUNTIME_APPROVED,
          OperationChecks.NOT_PILING_UP,
          OperationChecks.OWNED,
          ImageChecks.NON_ROOT,
          ImageChecks.HEALTH_DEFINED,
          ImageChecks.NO_LOGIN_PORT,
          ImageChecks.RECENT,
          ImageChecks.FEW_LAYERS,
          VolumeChecks.NAMED,
          VolumeChecks.NOT_ORPHANED,
          VolumeChecks.NOT_BIND_BACKED);

  private static final List<Rule> RULES = CHECKS.stream().map(Check::rule).toList();
  private static final Map<SubjectKind, List<Check>> BY_KIND = byKind();

  private Checklist() {}

  /** All rules, in catalogue order. */
  public static List<Rule> rules() {
    return RULES;
  }

  /** Version of the catalogue: rises whenever a check is added or judges otherwise. */
  public static int version() {
    return 1;
  }

  /** Rules for one kind of subject, in catalogue order. */
  public static List<Rule> rules(SubjectKind kind) {
    return checks(kind).stream().map(Check::rule).toList();
  }

  /**
   * Judges one subject by every check of its kind, in the order of {@link #rules(SubjectKind)}. A
   * subject that was not read is UNKNOWN for each, with the failed call as evidence.
   *
   * @throws IllegalArgumentException if the host has no such subject
   */
  public static List<Verdict> judge(HostFacts host, SubjectKind kind, String dockerId) {
    List<Check> checks = checks(kind);
    return switch (reading(host, kind, dockerId)) {
      case Reading.Unread unread -> Collections.nCopies(checks.size(), Examination.unread(unread));
      case Reading.Read read -> {
        Check.Subject subject = new Check.Subject(host, dockerId, read);
        List<Verdict> verdicts = new ArrayList<>(checks.size());
        for (Check check : checks) {
          verdicts.add(check.judge(subject));
        }
        yield List.copyOf(verdicts);
      }
    };
  }

  private static Reading reading(HostFacts host, SubjectKind kind, String dockerId) {
    Reading reading =
        switch (kind) {
          case ENGINE -> host.engine();
          case CONTAINER -> host.containers().get(dockerId);
          case IMAGE -> host.images().get(dockerId);
          case VOLUME -> host.volumes().get(dockerId);
          case NETWORK -> host.networks().get(dockerId);
          case SWARM, HOST_FILE -> null;
        };
    if (reading == null) {
      throw new IllegalArgumentException(
          "the host has no " + kind.word() + " " + dockerId + "; judge only subjects of its facts");
    }
    return reading;
  }

  private static List<Check> checks(SubjectKind kind) {
    return BY_KIND.getOrDefault(kind, List.of());
  }

  private static Map<SubjectKind, List<Check>> byKind() {
    Map<SubjectKind, List<Check>> byKind = new EnumMap<>(SubjectKind.class);
    for (SubjectKind kind : SubjectKind.values()) {
      byKind.put(kind, CHECKS.stream().filter(check -> check.rule().subject() == kind).toList());
    }
    return byKind;
  }
}
