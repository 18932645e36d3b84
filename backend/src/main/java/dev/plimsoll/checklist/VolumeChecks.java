package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether data lies where people know of it. */
final class VolumeChecks {
  private static final Field NAME = Field.of(".Name");
  private static final Field LABELS = Field.of(".Labels");
  private static final Field DRIVER = Field.of(".Driver");
  private static final Field OPTIONS = Field.of(".Options");
  private static final Field CLUSTER_VOLUME = Field.of(".ClusterVolume");
  private static final String ANONYMOUS = "com.docker.volume.anonymous";
  private static final int ANONYMOUS_NAME_LENGTH = 64;
  private static final Set<String> REMOTE_OR_MEMORY = Set.of("nfs", "nfs4", "cifs", "tmpfs");

  private VolumeChecks() {}

  static final Check NAMED =
      RuleBuilder.volume("VOL-ANON", MEDIUM)
          .title("In-use data sits in named volumes")
          .rationale("Anonymous volumes go with rm -v and prune, and nobody backs them up.")
          .remediation("Name it: -v data:/path. VOLUME in a Dockerfile makes the others.")
          .judgedBy(VolumeChecks::named);

  static final Check NOT_ORPHANED =
      RuleBuilder.volume("VOL-ORPHAN", MEDIUM)
          .title("No volume is left without a container")
          .rationale("Forgotten data is a leak, or the only copy of something.")
          .remediation("Back it up, then remove it; never prune without looking.")
          .judgedBy(VolumeChecks::notOrphaned);

  static final Check NOT_BIND_BACKED =
      RuleBuilder.volume("VOL-BINDBACKED", MEDIUM)
          .nist("4.5.5")
          .title("No volume is a disguised host directory")
          .rationale("The container shows a harmless name, and sees a directory of the host.")
          .remediation("Bind-mount the directory openly, or use a plain volume.")
          .judgedBy(VolumeChecks::notBindBacked);

  private static Verdict named(Examination x) {
    Source volume = x.document();
    String name = volume.text(NAME);
    Evidence use = Containers.usingVolume(x.host(), name);
    if (use == null) {
      Reading.Unread unread = Containers.unread(x.host());
      return unread == null
          ? x.notApplicable("no container uses it: VOL-ORPHAN speaks of it")
          : Examination.unread(unread);
    }
    x.keep(use);
    // Labelled from engine 23 on; before, only the name tells
    if (volume.objectOrNull(LABELS).has(ANONYMOUS)) {
      return x.fail(null);
    }
    return hasGeneratedName(name) ? x.fail("the engine chose the name") : x.pass();
  }

  /** Whether the engine made up a volume, as far as its name and its document tell. */
  static boolean isAnonymous(HostFacts host, String name) {
    return hasGeneratedName(name)
        || (host.volumes().get(name) instanceof Reading.Read volume
            && LABELS.in(volume.document()).has(ANONYMOUS));
  }

  private static boolean hasGeneratedName(String name) {
    return name.length() == ANONYMOUS_NAME_LENGTH
        && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static Verdict notOrphaned(Examination x) {
    Source volume = x.document();
    String name = volume.text(NAME);
    if (volume.peek(CLUSTER_VOLUME).isObject()) {
      volume.look(CLUSTER_VOLUME);
      return x.notApplicable("a cluster volume is managed elsewhere");
    }
    Evidence use = Containers.usingVolume(x.host(), name);
    if (use != null) {
      x.keep(use);
      return x.pass();
    }
    Reading.Unread unread = Containers.unread(x.host());
    if (unread != null) {
      return Examination.unread(unread);
    }
    if (x.host().declared(Declaration.KEPT_VOLUME).contains(name)
        && BackupChecks.isBackedUp(x.host(), name)) {
      return x.pass("kept on purpose, with a backup");
    }
    Source engine = x.engine();
    if (Swarm.isActive(engine)) {
      if (!engine.flag(Swarm.CONTROL)) {
        return x.unknown("a service of the swarm may refer to it, and a worker is not shown them");
      }
      Source services = Swarm.services(x);
      if (services == null) {
        return x.unknown("a service of the swarm may refer to it; services were not read");
      }
      Evidence mount = mountedByService(services, name);
      if (mount != null) {
        x.keep(mount);
        return x.pass();
      }
    }
    return x.fail(List.of(volume.evidence(NAME.path(), volume.peek(NAME))), "nothing refers to it");
  }

  private static @Nullable Evidence mountedByService(Source swarm, String volume) {
    JsonNode services = swarm.peek(Swarm.SERVICES);
    for (int i = 0; i < services.size(); i++) {
      JsonNode mounts =
          services.path(i).path("Spec").path("TaskTemplate").path("ContainerSpec").path("Mounts");
      for (int m = 0; m < mounts.size(); m++) {
        JsonNode source = mounts.path(m).path("Source");
        if (mounts.path(m).path("Type").asString("").equals("volume")
            && source.asString("").equals(volume)) {
          return swarm.evidence(
              "%s.Spec.TaskTemplate.ContainerSpec.Mounts[%d].Source"
                  .formatted(Swarm.SERVICES.entry(i), m),
              source);
        }
      }
    }
    return null;
  }

  private static Verdict notBindBacked(Examination x) {
    Source volume = x.document();
    if (!volume.text(DRIVER).equals("local")) {
      return x.notApplicable("another driver decides where the data lies");
    }
    JsonNode options = volume.objectOrNull(OPTIONS);
    if (options.isEmpty()) {
      return x.pass();
    }
    if (HostMounts.isBind(options)) {
      String device = HostPath.clean(options.path("device").asString(""));
      if (x.host().declared(Declaration.BOUND_DEVICE).contains(device)) {
        return x.pass("declared");
      }
      return x.fail("a directory of the host: CTR-MOUNTHOST and CTR-DOCKERSOCK judge which");
    }
    return REMOTE_OR_MEMORY.contains(options.path("type").asString("")) || isQuota(options)
        ? x.pass()
        : x.fail("mounts something of the host");
  }

  /** A plain directory of the engine with a quota. */
  private static boolean isQuota(JsonNode options) {
    return options.size() == 1 && options.has("size");
  }
}
