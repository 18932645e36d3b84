package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** How single settings in a container's document are written as options. */
final class ContainerDocument {
  private static final String COMPOSE_SERVICE = "com.docker.compose.service";
  private static final String SWARM_SERVICE = "com.docker.swarm.service.name";
  private static final long KIB = 1024;

  private ContainerDocument() {}

  /** The container's name without the engine's slash; its ID if it has none. */
  static String name(JsonNode container) {
    String name = container.path("Name").asString("");
    return name.startsWith("/") && name.length() > 1
        ? name.substring(1)
        : name.isEmpty() ? container.path("Id").asString("container") : name;
  }

  /** The Compose service that the container belongs to; else its name. */
  static String service(JsonNode container) {
    String service = label(container, COMPOSE_SERVICE);
    return service.isEmpty() ? name(container) : service;
  }

  /** Whether Compose made it. */
  static boolean isOfCompose(JsonNode container) {
    return !label(container, COMPOSE_SERVICE).isEmpty();
  }

  /** The swarm service that the container is a task of; empty if it is none. */
  static String swarmService(JsonNode container) {
    return label(container, SWARM_SERVICE);
  }

  static String label(JsonNode container, String name) {
    return container.path("Config").path("Labels").path(name).asString("");
  }

  static String capability(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("CAP_") ? upper.substring("CAP_".length()) : upper;
  }

  /** A security option; a profile that the engine holds as JSON came from a file. */
  static String securityOption(String option) {
    return option.startsWith("seccomp={") || option.startsWith("seccomp:{")
        ? "seccomp=profile.json"
        : option;
  }

  static String device(JsonNode device) {
    String on = device.path("PathOnHost").asString("");
    String in = device.path("PathInContainer").asString("");
    String permissions = device.path("CgroupPermissions").asString("");
    return permissions.isEmpty() || permissions.equals("rwm")
        ? (in.isEmpty() || in.equals(on) ? on : on + ":" + in)
        : on + ":" + (in.isEmpty() ? on : in) + ":" + permissions;
  }

  static String deviceRequest(JsonNode request) {
    String driver = request.path("Driver").asString("");
    String count = request.path("Count").asInt(0) < 0 ? "all" : request.path("Count").toString();
    return driver.isEmpty() ? count : "driver=" + driver + ",count=" + count;
  }

  static String ulimit(JsonNode limit) {
    return limit.path("Name").asString("")
        + "="
        + limit.path("Soft").asLong(0)
        + ":"
        + limit.path("Hard").asLong(0);
  }

  static String withOptions(Map.Entry<String, JsonNode> tmpfs) {
    String options = tmpfs.getValue().asString("");
    return options.isEmpty() ? tmpfs.getKey() : tmpfs.getKey() + ":" + options;
  }

  static String restart(JsonNode policy) {
    String name = policy.path("Name").asString("");
    long most = policy.path("MaximumRetryCount").asLong(0);
    return name.equals("on-failure") && most > 0 ? name + ":" + most : name;
  }

  /** A variable; what is masked in it is not shown. */
  static String variable(String variable) {
    int equals = variable.indexOf('=');
    return equals < 0 || Mask.find(variable.substring(equals + 1)).isEmpty()
        ? variable
        : variable.substring(0, equals + 1) + "…";
  }

  /** Bindings as {@code --publish} takes them. */
  static List<String> ports(JsonNode hostConfig) {
    List<String> ports = new ArrayList<>();
    for (Map.Entry<String, JsonNode> port : hostConfig.path("PortBindings").properties()) {
      for (JsonNode binding : port.getValue()) {
        String address = binding.path("HostIp").asString("");
        String onHost = binding.path("HostPort").asString("");
        String shown =
            address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
        String inside =
            port.getKey().endsWith("/tcp")
                ? port.getKey().substring(0, port.getKey().length() - "/tcp".length())
                : port.getKey();
        ports.add(
            shown.isEmpty()
                ? (onHost.isEmpty() ? inside : onHost + ":" + inside)
                : shown + ":" + onHost + ":" + inside);
      }
    }
    return ports;
  }

  /** A size in the largest unit that leaves no rest. */
  static String bytes(long bytes) {
    String units = "kmg";
    long size = bytes;
    int unit = -1;
    while (size % KIB == 0 && unit < units.length() - 1) {
      size /= KIB;
      unit++;
    }
    return size + (unit < 0 ? "" : units.substring(unit, unit + 1));
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(n -> n.asString("")).toList();
  }
}
