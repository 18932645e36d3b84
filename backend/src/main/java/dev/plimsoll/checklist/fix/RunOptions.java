package dev.plimsoll.checklist.fix;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The options of {@code docker run} that make a container as its document shows it: those that
 * checks speak of. What its image gives, and what the engine gives by default, needs no option.
 */
final class RunOptions {
  private static final Pattern ANONYMOUS = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> DEFAULT_NETWORKS = Set.of("", "default", "bridge");
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

  private final List<Option> options = new ArrayList<>();

  private RunOptions() {}

  /**
   * One option.
   *
   * @param value empty if it has none
   * @param single whether giving it again replaces it
   */
  record Option(String flag, String value, boolean single) {
    /** The option as it is typed. */
    String text() {
      return value.isEmpty() ? flag : flag + " " + ShellText.word(value);
    }
  }

  /**
   * Reads them from a container's document.
   *
   * @param image the configuration of its image; a missing node if that is not known
   */
  static List<Option> of(JsonNode container, JsonNode image) {
    RunOptions reader = new RunOptions();
    JsonNode config = container.path("Config");
    JsonNode host = container.path("HostConfig");
    reader.identity(config, host, image);
    reader.privileges(host);
    reader.namespaces(host);
    reader.limits(host);
    reader.storage(container, host);
    reader.network(host);
    reader.operation(config, host, image);
    return reader.options;
  }

  private void identity(JsonNode config, JsonNode host, JsonNode image) {
    String user = text(config.path("User"));
    if (!user.equals(text(image.path("User")))) {
      single("--user", user);
    }
    each("--group-add", host.path("GroupAdd"));
  }

  private void privileges(JsonNode host) {
    flag("--privileged", host.path("Privileged"));
    for (JsonNode capability : host.path("CapDrop")) {
      multiple("--cap-drop", ContainerDocument.capability(capability.asString("")));
    }
    for (JsonNode capability : host.path("CapAdd")) {
      multiple("--cap-add", ContainerDocument.capability(capability.asString("")));
    }
    each("--security-opt", host.path("SecurityOpt"));
    boolean unmasked = host.path("MaskedPaths").isArray() && host.path("MaskedPaths").isEmpty();
    if (unmasked && !host.path("Privileged").asBoolean(false)) {
      multiple("--security-opt", "systempaths=unconfined");
    }
    for (JsonNode device : host.path("Devices")) {
      multiple("--device", ContainerDocument.device(device));
    }
    each("--device-cgroup-rule", host.path("DeviceCgroupRules"));
    for (JsonNode request : host.path("DeviceRequests")) {
      multiple("--gpus", ContainerDocument.deviceRequest(request));
    }
  }

  private void namespaces(JsonNode host) {
    mode("--pid", host.path("PidMode"), Set.of());
    mode("--ipc", host.path("IpcMode"), Set.of());
    mode("--uts", host.path("UTSMode"), Set.of());
    mode("--userns", host.path("UsernsMode"), Set.of());
    mode("--cgroupns", host.path("CgroupnsMode"), Set.of());
    mode("--cgroup-parent", host.path("CgroupParent"), Set.of());
  }

  private void limits(JsonNode host) {
    positive("--memory", host.path("Memory"), ContainerDocument::bytes);
    positive("--cpus", host.path("NanoCpus"), RunOptions::cpus);
    positive("--cpu-quota", host.path("CpuQuota"), Long::toString);
    positive("--cpu-shares", host.path("CpuShares"), Long::toString);
    single("--cpuset-cpus", text(host.path("CpusetCpus")));
    positive("--pids-limit", host.path("PidsLimit"), Long::toString);
    for (JsonNode limit : host.path("Ulimits")) {
      multiple("--ulimit", ContainerDocument.ulimit(limit));
    }
    flag("--oom-kill-disable", host.path("OomKillDisable"));
    long score = host.path("OomScoreAdj").asLong(0);
    if (score != 0) {
      single("--oom-score-adj", Long.toString(score));
    }
    for (Map.Entry<String, JsonNode> sysctl : host.path("Sysctls").properties()) {
      multiple("--sysctl", sysctl.getKey() + "=" + sysctl.getValue().asString(""));
    }
  }

  private void storage(JsonNode container, JsonNode host) {
    flag("--read-only", host.path("ReadonlyRootfs"));
    for (Map.Entry<String, JsonNode> tmpfs : host.path("Tmpfs").properties()) {
      multiple("--tmpfs", ContainerDocument.withOptions(tmpfs));
    }
    for (JsonNode mount : container.path("Mounts")) {
      multiple("--volume", volume(mount));
    }
    flag("--rm", host.path("AutoRemove"));
  }

  /** The mount as {@code --volume} takes it; empty for those it does not make. */
  static String volume(JsonNode mount) {
    String target = text(mount.path("Destination"));
    String name = text(mount.path("Name"));
    String from =
        switch (text(mount.path("Type"))) {
          case "bind", "npipe" -> text(mount.path("Source"));
          case "volume" -> ANONYMOUS.matcher(name).matches() ? "" : name;
          default -> null;
        };
    if (from == null) {
      return "";
    }
    List<String> options = new ArrayList<>();
    if (mount.path("RW").isBoolean() && !mount.path("RW").booleanValue()) {
      options.add("ro");
    }
    String propagation = text(mount.path("Propagation"));
    if (!propagation.isEmpty() && !propagation.equals("rprivate")) {
      options.add(propagation);
    }
    return (from.isEmpty() ? target : from + ":" + target)
        + (options.isEmpty() ? "" : ":" + String.join(",", options));
  }

  private void network(JsonNode host) {
    mode("--network", host.path("NetworkMode"), DEFAULT_NETWORKS);
    flag("--publish-all", host.path("PublishAllPorts"));
    ContainerDocument.ports(host).forEach(port -> multiple("--publish", port));
  }

  private void operation(JsonNode config, JsonNode host, JsonNode image) {
    for (JsonNode variable : config.path("Env")) {
      if (!contains(image.path("Env"), variable)) {
        multiple("--env", ContainerDocument.variable(variable.asString("")));
      }
    }
    for (Map.Entry<String, JsonNode> label : config.path("Labels").properties()) {
      if (!image.path("Labels").path(label.getKey()).equals(label.getValue())) {
        multiple("--label", label.getKey() + "=" + label.getValue().asString(""));
      }
    }
    String restart = ContainerDocument.restart(host.path("RestartPolicy"));
    if (!restart.isEmpty() && !restart.equals("no")) {
      single("--restart", restart);
    }
    single("--log-driver", text(host.path("LogConfig").path("Type")));
    for (Map.Entry<String, JsonNode> option : host.path("LogConfig").path("Config").properties()) {
      multiple("--log-opt", option.getKey() + "=" + option.getValue().asString(""));
    }
    single("--runtime", text(host.path("Runtime")));
  }

  private static String cpus(long nanos) {
    return BigDecimal.valueOf(nanos).divide(NANOS).stripTrailingZeros().toPlainString();
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode one : list) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private void flag(String name, JsonNode value) {
    if (value.isBoolean() && value.booleanValue()) {
      options.add(new Option(name, "", true));
    }
  }

  private void mode(String name, JsonNode value, Set<String> usual) {
    String mode = text(value);
    if (!usual.contains(mode)) {
      single(name, mode);
    }
  }

  private void positive(String name, JsonNode value, LongFunction<String> form) {
    if (value.isIntegralNumber() && value.longValue() > 0) {
      single(name, form.apply(value.longValue()));
    }
  }

  private void each(String name, JsonNode values) {
    for (JsonNode value : values) {
      multiple(name, ContainerDocument.securityOption(value.asString("")));
    }
  }

  private void single(String name, String value) {
    if (!value.isEmpty()) {
      options.add(new Option(name, value, true));
    }
  }

  private void multiple(String name, String value) {
    if (!value.isEmpty()) {
      options.add(new Option(name, value, false));
    }
  }

  private static String text(JsonNode node) {
    return node.asString("");
  }
}
