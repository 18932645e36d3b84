package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A container's document as it shall be, while a remedy writes it. */
final class ContainerDraft {
  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What engines mask and make read-only by themselves: moby, {@code oci/defaults.go}. */
  private static final List<String> MASKED =
      List.of(
          "/proc/asound",
          "/proc/acpi",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware");

  private static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private final Failure failure;
  private final String containerId;
  private final JsonNode before;
  private final JsonNode after;
  private final List<Edit> edits = new ArrayList<>();
  private final List<String> preparations = new ArrayList<>();
  private final List<String> cautions = new ArrayList<>();
  private final List<Patch> more = new ArrayList<>();

  /** A draft of the container that fails. */
  ContainerDraft(Failure failure) {
    this(failure, failure.dockerId(), failure.document());
  }

  /** A draft of a container that has to change so that another subject passes. */
  ContainerDraft(Failure failure, String containerId, JsonNode container) {
    this.failure = failure;
    this.containerId = containerId;
    this.before = container;
    this.after = container.deepCopy();
  }

  /** What stands at a path now. */
  JsonNode at(String path) {
    JsonNode node = after;
    for (String name : path.split("\\.")) {
      node = node.path(name);
    }
    return node;
  }

  ContainerDraft set(String path, @Nullable JsonNode value) {
    Edit edit = new Edit(List.of(path.split("\\.")), value);
    edit.applyTo(after);
    edits.add(edit);
    return this;
  }

  ContainerDraft set(String path, String value) {
    return set(path, JSON.stringNode(value));
  }

  ContainerDraft set(String path, boolean value) {
    return set(path, JSON.booleanNode(value));
  }

  ContainerDraft set(String path, long value) {
    return set(path, JSON.numberNode(value));
  }

  /** Leaves only those entries of a list that shall stay. */
  ContainerDraft keep(String path, Predicate<JsonNode> stays) {
    ArrayNode left = JSON.arrayNode();
    boolean shorter = false;
    for (JsonNode entry : at(path)) {
      if (stays.test(entry)) {
        left.add(entry);
      } else {
        shorter = true;
      }
    }
    return shorter ? set(path, left) : this;
  }

  /** Takes entries out of a list. */
  ContainerDraft drop(String path, List<Integer> indexes) {
    Set<Integer> dropped = new HashSet<>(indexes);
    ArrayNode left = JSON.arrayNode();
    for (int i = 0; i < at(path).size(); i++) {
      if (!dropped.contains(i)) {
        left.add(at(path).get(i));
      }
    }
    return left.size() == at(path).size() ? this : set(path, left);
  }

  /** Puts texts at the end of a list that may not be there yet. */
  ContainerDraft append(String path, String... texts) {
    ArrayNode longer = JSON.arrayNode();
    at(path).forEach(longer::add);
    for (String text : texts) {
      longer.add(text);
    }
    return set(path, longer);
  }

  /** Takes a security option out, whichever separator it is written with. */
  ContainerDraft withoutOption(String name, Predicate<String> value) {
    return keep(
        "HostConfig.SecurityOpt",
        option -> {
          String text = option.asString("");
          return !(text.length() > name.length()
              && text.startsWith(name)
              && "=:".indexOf(text.charAt(name.length())) >= 0
              && value.test(text.substring(name.length() + 1)));
        });
  }

  /** Takes {@code --privileged} away, and what the engine does because of it. */
  ContainerDraft unprivileged() {
    if (!at("HostConfig.Privileged").asBoolean(false)) {
      return this;
    }
    set("HostConfig.Privileged", false);
    withoutOption("label", "disable"::equals);
    masked();
    if (at("AppArmorProfile").asString("").equals("unconfined")) {
      set("AppArmorProfile", "docker-default");
    }
    if (at("ProcessLabel").asString("").isEmpty()) {
      labelled();
    }
    return caution(
        "What needed --privileged stops to work. Give back the one device (--device) or capability"
            + " (--cap-add) that is missing.");
  }

  /** Gives the paths back that the engine masks by itself. */
  ContainerDraft masked() {
    if (at("HostConfig.MaskedPaths").isEmpty()) {
      set("HostConfig.MaskedPaths", texts(MASKED));
    }
    if (at("HostConfig.ReadonlyPaths").isEmpty()) {
      set("HostConfig.ReadonlyPaths", texts(READ_ONLY));
    }
    return this;
  }

  /** Gives the label that SELinux engines choose by themselves. */
  ContainerDraft labelled() {
    return failure.engine().path("info").path("SecurityOptions").toString().contains("selinux")
        ? set("ProcessLabel", "system_u:system_r:container_t:s0")
        : this;
  }

  /** Moves the container to a network of its own. */
  ContainerDraft ownNetwork() {
    String name = ContainerDocument.name(before) + "-net";
    String project = ContainerDocument.label(before, "com.docker.compose.project");
    String network = project.isEmpty() ? name : project + "-net";
    set("HostConfig.NetworkMode", network);
    set("NetworkSettings.Networks", JSON.objectNode().set(network, JSON.objectNode()));
    return prepare("docker network create " + ShellText.word(network));
  }

  ContainerDraft prepare(String command) {
    preparations.add(command);
    return this;
  }

  ContainerDraft caution(String sentence) {
    cautions.add(sentence);
    return this;
  }

  /** An effect beside that on the container's document. */
  ContainerDraft also(Patch patch) {
    more.add(patch);
    return this;
  }

  /** The change, written out. */
  Fix done() {
    String service = ContainerDocument.swarmService(before);
    if (!service.isEmpty()) {
      caution(
          "It is a task of the swarm service "
              + service
              + ": change the service, which replaces its tasks.");
    }
    List<Patch> patches = new ArrayList<>();
    patches.add(new Patch.Document(SubjectKind.CONTAINER, containerId, edits));
    patches.addAll(more);
    return new Fix.Recreate(
        new Fix.Target(SubjectKind.CONTAINER, containerId),
        before,
        after,
        failure.imageConfig(before),
        preparations,
        patches,
        cautions);
  }

  static ArrayNode texts(Iterable<String> texts) {
    ArrayNode array = JSON.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
