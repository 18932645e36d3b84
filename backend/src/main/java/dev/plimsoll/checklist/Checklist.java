package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Checks in a stable order: the catalogue, and what a company added to it. */
public final class Checklist {
  /** Under which the engine itself is judged as a subject. */
  public static final String ENGINE_ID = "engine";

  /** Under which a host's swarm is judged as a subject. */
  public static final String SWARM_ID = "swarm";

  /** Under which a host's own files and settings are judged as one subject. */
  public static final String HOST_FILES_ID = "host-files";

  /** Version of the catalogue: rises whenever a check is added or judges otherwise. */
  public static final int VERSION = 3;

  private static final List<Check> CATALOGUE =
      List.of(
          EngineHardeningChecks.ROOTLESS,
          EngineAccessChecks.INTER_CONTAINER,
          EngineSettingChecks.LOG_LEVEL,
          EngineSettingChecks.PACKET_FILTER,
          EngineAccessChecks.INSECURE_REGISTRIES,
          EngineOperationChecks.NOT_AUFS,
          EngineOperationChecks.NOT_DEVICE_MAPPER,
          EngineAccessChecks.REMOTE_API,
          EngineSettingChecks.ULIMITS,
          EngineHardeningChecks.USER_NAMESPACES,
          EngineSettingChecks.CGROUP_PARENT,
          EngineOperationChecks.BASE_SIZE_LEFT,
          EngineAccessChecks.AUTHORIZATION_PLUGIN,
          EngineOperationChecks.REMOTE_LOGS,
          EngineHardeningChecks.NO_NEW_PRIVILEGES,
          EngineOperationChecks.LIVE_RESTORE_ON,
          EngineSettingChecks.USERLAND_PROXY,
          EngineHardeningChecks.SECCOMP,
          EngineOperationChecks.NOT_EXPERIMENTAL,
          EngineSupportChecks.VERSION,
          EngineHardeningChecks.SECURITY_MODULE,
          EngineOperationChecks.LIMITS_WORK,
          EngineTrustChecks.CERTIFICATE_VALID,
          EngineOperationChecks.CLOCK,
          EngineTrustChecks.PLUGINS_APPROVED,
          EngineTrustChecks.CANARY_NOTICED,
          EngineSupportChecks.KERNEL_SUPPORTED,
          SwarmChecks.MEANT,
          SwarmChecks.QUORUM,
          SwarmChecks.BOUND,
          SwarmKeyChecks.SECRETS,
          SwarmKeyChecks.AUTO_LOCKED,
          SwarmKeyChecks.KEY_ROTATED,
          SwarmKeyChecks.CERTIFICATES_SHORT,
          SwarmKeyChecks.ROOT_ROTATED,
          SwarmChecks.PLANES,
          SwarmChecks.DRAINED,
          SwarmBackupCheck.BACKED_UP,
          NetworkIsolationChecks.ENCRYPTED,
          NetworkIsolationChecks.NOT_SHARED,
          NetworkIsolationChecks.PROTECTED,
          NetworkIsolationChecks.BINDS_BY_CHOICE,
          NetworkIsolationChecks.DELIBERATE,
          UserChecks.NON_ROOT,
          UserChecks.NOT_GROUP_ZERO,
          ProcessChecks.NONE_AS_ROOT,
          ConfinementChecks.APPARMOR,
          ConfinementChecks.SELINUX,
          CapabilityChecks.NONE_BEYOND_DEFAULT,
          CapabilityChecks.DROPPED_FIRST,
          CapabilityChecks.NO_RAW_SOCKETS,
          CapabilityChecks.NO_ESCAPE,
          PrivilegeChecks.NOT_PRIVILEGED,
          MountChecks.NO_HOST_DIRECTORY,
          ProcessChecks.NO_LOGIN_SERVER,
          NetworkChecks.NO_PRIVILEGED_PORT,
          PublishedPortChecks.DECLARED_ONLY,
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
          ExecChecks.NOT_PRIVILEGED,
          ExecChecks.NOT_AS_ROOT,
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
          LayerChecks.SYSTEM_UNCHANGED,
          LayerChecks.NO_DATA_INSIDE,
          LayerChecks.REMOVED_WITHOUT_DATA,
          BackupChecks.DIRECTORIES_BACKED_UP,
          ImageChecks.NON_ROOT,
          ImageFileChecks.NO_SET_ID,
          ImageFileChecks.NO_CAPABILITIES,
          ImageFileChecks.ONE_ROOT,
          ImageOriginChecks.APPROVED_BASE,
          ImageOriginChecks.ALLOWED_REGISTRY,
          ImageFileChecks.NO_TOOLS,
          ScanChecks.SCANNED,
          ScanChecks.NOTHING_OVERDUE,
          ScanChecks.NO_MALWARE,
          ScanChecks.SIGNED,
          ImageChecks.HEALTH_DEFINED,
          ImageHistoryChecks.UPDATED_WITH_INSTALL,
          ImageHistoryChecks.COPIED,
          SecretChecks.NOT_IN_HISTORY,
          ImageFileChecks.NO_SECRET_FILES,
          ImageHistoryChecks.VERIFIED,
          ImageChecks.NO_LOGIN_PORT,
          ImageChecks.RECENT,
          ImageOriginChecks.NOT_LEFT_OVER,
          ImageHistoryChecks.FROM_A_RECIPE,
          ImageChecks.FEW_LAYERS,
          BackupChecks.BACKED_UP,
          BackupChecks.FRESH,
          BackupChecks.WHOLE,
          BackupChecks.RESTORED,
          BackupChecks.ELSEWHERE,
          BackupChecks.CONSISTENT,
          VolumeChecks.NAMED,
          VolumeChecks.NOT_ORPHANED,
          VolumeUseChecks.ONE_WRITER,
          VolumeUseChecks.NO_DATA_CONTAINER,
          VolumeChecks.NOT_BIND_BACKED,
          SecretChecks.NOT_IN_OPTIONS,
          VolumeUseChecks.OWNED);

  private static final Checklist STANDARD = new Checklist(CATALOGUE).with(HostChecks.ALL);

  private final List<Check> checks;
  private final List<Rule> rules;
  private final Map<SubjectKind, List<Check>> checksByKind = new EnumMap<>(SubjectKind.class);
  private final Map<SubjectKind, List<Rule>> rulesByKind = new EnumMap<>(SubjectKind.class);

  private Checklist(List<Check> checks) {
    this.checks = List.copyOf(checks);
    this.rules = this.checks.stream().map(Check::rule).toList();
    for (SubjectKind kind : SubjectKind.values()) {
      List<Check> some = checks.stream().filter(check -> check.rule().subject() == kind).toList();
      checksByKind.put(kind, some);
      rulesByKind.put(kind, some.stream().map(Check::rule).toList());
    }
  }

  /** The catalogue as it ships. */
  public static Checklist standard() {
    return STANDARD;
  }

  /**
   * These checks, followed by others.
   *
   * @throws IllegalArgumentException if two checks share an ID
   */
  public Checklist with(List<Check> others) {
    List<Check> all = new ArrayList<>(checks);
    all.addAll(others);
    if (all.stream().map(check -> check.rule().id()).distinct().count() < all.size()) {
      throw new IllegalArgumentException("two checks share an ID");
    }
    return new Checklist(all);
  }

  /** All rules, in catalogue order. */
  public List<Rule> rules() {
    return rules;
  }

  /** Rules for one kind of subject, in catalogue order. */
  public List<Rule> rules(SubjectKind kind) {
    return rulesByKind.getOrDefault(kind, List.of());
  }

  /**
   * Judges one subject by every check of its kind, in the order of {@link #rules(SubjectKind)}. A
   * subject that was not read is UNKNOWN for each, with the failed call as evidence; so is each
   * check whose reading is switched off, with the call that was not made.
   *
   * @throws IllegalArgumentException if the host has no such subject
   */
  public List<Verdict> judge(HostFacts host, SubjectKind kind, String dockerId) {
    List<Check> some = checksByKind.getOrDefault(kind, List.of());
    return switch (reading(host, kind, dockerId)) {
      case Reading.Unread unread -> Collections.nCopies(some.size(), Examination.unread(unread));
      case Reading.Read read -> {
        Check.Subject subject = new Check.Subject(host, dockerId, read);
        List<Verdict> verdicts = new ArrayList<>(some.size());
        for (Check check : some) {
          ReadingSwitch needs = check.rule().needs();
          verdicts.add(
              needs == null || host.switchedOn().contains(needs)
                  ? check.judge(subject)
                  : Verdict.switchedOff(needs));
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
          case SWARM -> host.swarm();
          case HOST_FILE -> host.hostFiles();
        };
    if (reading == null) {
      throw new IllegalArgumentException(
          "the host has no " + kind.word() + " " + dockerId + "; judge only subjects of its facts");
    }
    return reading;
  }
}
