package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who uses a volume, and who answers for it. */
final class VolumeUseChecks {
  private static final Field NAME = Field.of(".Name");
  private static final Field MOUNT_POINT = Field.of(".Mountpoint");
  private static final Field OPTIONS = Field.of(".Options");
  private static final Field LABELS = Field.of(".Labels");
  private static final Field VOLUMES_FROM = Field.of(".HostConfig.VolumesFrom");
  private static final Field CONTAINER_LABELS = Field.of(".Config.Labels");
  private static final String SERVICE = "com.docker.swarm.service.id";

  /** Label with what must be saved of a volume, and how soon, in the owner's words. */
  private static final String RECOVERY_CLASS = "recovery-class";

  private VolumeUseChecks() {}

  static final Check ONE_WRITER =
      RuleBuilder.volume("VOL-SHAREDRW", MEDIUM)
          .nist("4.3.4")
          .title("Not written by several containers at once")
          .rationale("Whoever breaks into one of them has the data of the others.")
          .remediation("Mount it read-only where that is enough: -v data:/path:ro.")
          .judgedBy(VolumeUseChecks::oneWriter);

  static final Check NO_DATA_CONTAINER =
      RuleBuilder.volume("VOL-DATACTR", LOW)
          .title("No data-only container guards the data")
          .rationale("Its removal with -v takes the data along; a named volume needs no guard.")
          .remediation("Mount a named volume in each container instead of --volumes-from.")
          .judgedBy(VolumeUseChecks::noDataContainer);

  static final Check OWNED =
      RuleBuilder.volume("VOL-OWNER", LOW)
          .advisory()
          .title("Volume has an owner and a recovery class")
          .rationale("Without them nobody says how much of the data may be lost.")
          .remediation("Create it with --label owner=… and --label " + RECOVERY_CLASS + "=….")
          .judgedBy(VolumeUseChecks::owned);

  private static Verdict oneWriter(Examination x) {
    Source volume = x.document();
    String name = volume.text(NAME);
    Set<String> paths = paths(volume);
    List<Evidence> writers = new ArrayList<>();
    Set<String> groups = new HashSet<>();
    boolean used = false;
    Reading.Unread unread = Containers.unread(x.host());
    for (Map.Entry<String, Reading> container : x.host().containers().entrySet()) {
      if (!(container.getValue() instanceof Reading.Read read) || !runs(read)) {
        continue;
      }
      JsonNode mounts = Containers.MOUNTS.in(read.document());
      for (int i = 0; i < mounts.size(); i++) {
        JsonNode mount = mounts.path(i);
        if (!shows(mount, name, paths)) {
          continue;
        }
        boolean writes = mount.path("RW").asBoolean(true);
        // Who binds the disk to look at it, such as a monitor, is no user of every volume on it
        used |= writes || mount.path("Type").asString("").equals("volume");
        if (writes) {
          // Replicas of one service are meant to share
          String service = CONTAINER_LABELS.in(read.document()).path(SERVICE).asString("");
          groups.add(service.isEmpty() ? container.getKey() : service);
          writers.add(
              new Evidence(
                  Containers.MOUNTS.entry(i) + ".RW",
                  CompactJson.of(mount.path("RW")),
                  read.sha256()));
        }
      }
    }
    if (groups.size() > 1) {
      boolean declared = x.host().declared(Declaration.SHARED_VOLUME).contains(name);
      writers.forEach(x::keep);
      return declared ? x.pass("shared on purpose") : x.fail(writers, null);
    }
    if (unread != null) {
      return Examination.unread(unread);
    }
    writers.forEach(x::keep);
    return used ? x.pass() : x.notApplicable("no running container uses it");
  }

  /** Paths of the host under which its data can be bound as well. */
  private static Set<String> paths(Source volume) {
    Set<String> paths = new HashSet<>();
    JsonNode mountPoint = volume.peek(MOUNT_POINT);
    if (mountPoint.asString("").startsWith("/")) {
      paths.add(HostPath.clean(mountPoint.stringValue()));
    }
    JsonNode options = volume.peek(OPTIONS);
    String device = options.path("device").asString("");
    if (HostMounts.isBind(options) && device.startsWith("/")) {
      paths.add(HostPath.clean(device));
    }
    return paths;
  }

  private static boolean shows(JsonNode mount, String name, Set<String> paths) {
    return switch (mount.path("Type").asString("")) {
      case "volume" -> mount.path("Name").asString("").equals(name);
      case "bind" -> {
        String source = HostPath.clean(mount.path("Source").asString(""));
        yield paths.stream()
            .anyMatch(path -> HostPath.holds(source, path) || HostPath.isBelow(source, path));
      }
      default -> false;
    };
  }

  private static boolean runs(Reading.Read container) {
    return switch (ContainerObservation.STATE.in(container.observation()).asString("running")) {
      case "running", "paused", "restarting" -> true;
      default -> false;
    };
  }

  private static Verdict noDataContainer(Examination x) {
    String name = x.document().text(NAME);
    List<Evidence> through = new ArrayList<>();
    boolean anywhere = false;
    boolean direct = false;
    for (Map.Entry<String, Reading> container : x.host().containers().entrySet()) {
      if (!(container.getValue() instanceof Reading.Read read)) {
        continue;
      }
      JsonNode from = VOLUMES_FROM.in(read.document());
      anywhere |= !from.isEmpty();
      if (!mounts(read, name)) {
        continue;
      }
      Evidence guard = guard(x.host(), read, from, name);
      if (guard != null) {
        through.add(guard);
      } else {
        direct |= runs(read) || (from.isEmpty() && !isGuard(x.host(), container.getKey()));
      }
    }
    if (!through.isEmpty() && !direct) {
      return x.fail(through, "others reach it only through a container that does not run");
    }
    Reading.Unread unread = Containers.unread(x.host());
    if (unread != null) {
      return Examination.unread(unread);
    }
    return anywhere ? x.pass() : x.notApplicable("no container takes volumes from another one");
  }

  /** Evidence that a container got a volume from one that does not run; null if it did not. */
  private static @Nullable Evidence guard(
      HostFacts host, Reading.Read container, JsonNode from, String volume) {
    for (int i = 0; i < from.size(); i++) {
      if (source(host, from.path(i)) instanceof Reading.Read guard
          && !runs(guard)
          && mounts(guard, volume)) {
        return new Evidence(
            VOLUMES_FROM.entry(i), CompactJson.of(from.path(i)), container.sha256());
      }
    }
    return null;
  }

  /** Whether other containers take volumes from it. */
  private static boolean isGuard(HostFacts host, String dockerId) {
    Reading own = host.containers().get(dockerId);
    for (Reading reading : host.containers().values()) {
      if (reading instanceof Reading.Read read) {
        for (JsonNode from : VOLUMES_FROM.in(read.document())) {
          if (own != null && own.equals(source(host, from))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The container that {@code name:ro} speaks of; null if it is not known. */
  private static @Nullable Reading source(HostFacts host, JsonNode from) {
    String id = Containers.find(host, from.asString("").replaceFirst(":.*", ""));
    return id == null ? null : host.containers().get(id);
  }

  private static boolean mounts(Reading.Read container, String volume) {
    for (JsonNode mount : Containers.MOUNTS.in(container.document())) {
      if (mount.path("Type").asString("").equals("volume")
          && mount.path("Name").asString("").equals(volume)) {
        return true;
      }
    }
    return false;
  }

  private static Verdict owned(Examination x) {
    Source volume = x.document();
    String name = volume.text(NAME);
    if (VolumeChecks.isAnonymous(x.host(), name)) {
      return x.notApplicable("the engine made it up: VOL-ANON speaks of it");
    }
    if (Containers.usingVolume(x.host(), name) == null) {
      Reading.Unread unread = Containers.unread(x.host());
      return unread == null
          ? x.notApplicable("no container uses it: VOL-ORPHAN speaks of it")
          : Examination.unread(unread);
    }
    JsonNode labels = volume.objectOrNull(LABELS);
    boolean owner = names(labels, "owner");
    boolean recovery = names(labels, RECOVERY_CLASS);
    return owner && recovery
        ? x.pass()
        : x.fail(owner ? "no label names its recovery class" : "no label names its owner");
  }

  private static boolean names(JsonNode labels, String word) {
    return labels.properties().stream()
        .anyMatch(
            label ->
                (label.getKey().equals(word) || label.getKey().endsWith("." + word))
                    && !label.getValue().asString("").isBlank());
  }
}
