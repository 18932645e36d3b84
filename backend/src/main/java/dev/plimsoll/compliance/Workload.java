package dev.plimsoll.compliance;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Mask;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.Sha256;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What makes containers replicas of one workload: the same image content with the same normalised
 * configuration. Normalised leaves out whatever differs between replicas by nature: name, ID, host
 * name, addresses, MACs, ephemeral ports, times, names of anonymous volumes, hashes of masked
 * values, and the labels by which an orchestrator numbers them.
 */
final class Workload {
  private static final Pattern ANONYMOUS = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern MASK_HASH = Pattern.compile("\"masked\":\"[0-9a-f]+\"");
  private static final Set<String> OF_ONE_REPLICA =
      Set.of("Hostname", "Domainname", "MacAddress", "Image");

  private Workload() {}

  /** The workload of a container. */
  static Sha256 of(HostFacts host, JsonNode container) {
    ObjectNode normal = JsonNodeFactory.instance.objectNode();
    normal.set("image", imageContent(host, container));
    normal.set("config", config(container.path("Config")));
    normal.set("hostConfig", hostConfig(container.path("HostConfig")));
    normal.set("mounts", mounts(container.path("Mounts")));
    normal.set("path", masksAlike(container.path("Path")));
    normal.set("args", masksAlike(container.path("Args")));
    normal.put("appArmor", container.path("AppArmorProfile").asString(""));
    ArrayNode networks = normal.putArray("networks");
    container.path("NetworkSettings").path("Networks").propertyNames().stream()
        .sorted()
        .forEach(networks::add);
    return Document.of(normal).sha256();
  }

  /** Identity of an image wherever it lies: layers, platform and configuration, not its ID. */
  static Sha256 contentOf(JsonNode inspect) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.set("layers", inspect.path("RootFS").path("Layers"));
    content.put("os", inspect.path("Os").asString(""));
    content.put("architecture", inspect.path("Architecture").asString(""));
    content.put("variant", inspect.path("Variant").asString(""));
    content.set("config", config(inspect.path("Config")));
    return Document.of(content).sha256();
  }

  private static JsonNode imageContent(HostFacts host, JsonNode container) {
    String id = container.path("Image").asString("");
    return JsonNodeFactory.instance.stringNode(
        host.images().get(id) instanceof Reading.Read image
            ? contentOf(image.document().path("inspect")).hex()
            : id);
  }

  /** Empty, null and absent are one: newer engines leave out what older ones send empty. */
  private static ObjectNode config(JsonNode config) {
    ObjectNode normal = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : config.properties()) {
      JsonNode value = field.getValue();
      if (!OF_ONE_REPLICA.contains(field.getKey()) && !empty(value)) {
        normal.set(
            field.getKey(), field.getKey().equals("Labels") ? labels(value) : masksAlike(value));
      }
    }
    return normal;
  }

  private static boolean empty(JsonNode value) {
    return value.isNull()
        || (value.isContainer() && value.isEmpty())
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isBoolean() && !value.booleanValue());
  }

  private static ObjectNode labels(JsonNode labels) {
    ObjectNode normal = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      if (!numbersReplicas(label.getKey())) {
        normal.set(label.getKey(), masksAlike(label.getValue()));
      }
    }
    return normal;
  }

  private static boolean numbersReplicas(String label) {
    return label.equals("com.docker.compose.container-number")
        || label.equals("com.docker.compose.config-hash")
        || label.startsWith("com.docker.swarm.task");
  }

  private static ObjectNode hostConfig(JsonNode hostConfig) {
    ObjectNode normal = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : hostConfig.properties()) {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "ContainerIDFile", "Binds", "Mounts" -> {
          // The mounts as they took effect stand for these.
        }
        case "PortBindings" -> normal.set("PortBindings", ports(value));
        default -> {
          if (!empty(value)) {
            normal.set(field.getKey(), masksAlike(value));
          }
        }
      }
    }
    return normal;
  }

  /** A host port of 0 or none is chosen by the engine and differs between replicas. */
  private static ObjectNode ports(JsonNode bindings) {
    ObjectNode normal = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> port : bindings.properties()) {
      ArrayNode addresses = normal.putArray(port.getKey());
      for (JsonNode binding : port.getValue()) {
        addresses.add(
            binding.path("HostIp").asString("") + ":" + hostPort(binding.path("HostPort")));
      }
    }
    return normal;
  }

  private static String hostPort(JsonNode port) {
    String text = port.asString("");
    return text.equals("0") ? "" : text;
  }

  private static ArrayNode mounts(JsonNode mounts) {
    ArrayNode normal = JsonNodeFactory.instance.arrayNode();
    for (JsonNode mount : mounts) {
      ObjectNode one = normal.addObject();
      one.put("type", mount.path("Type").asString(""));
      one.put("destination", mount.path("Destination").asString(""));
      one.put("rw", mount.path("RW").asBoolean(false));
      one.put("propagation", mount.path("Propagation").asString(""));
      String name = mount.path("Name").asString("");
      if (name.isEmpty()) {
        one.put("source", mount.path("Source").asString(""));
      } else {
        one.put("name", ANONYMOUS.matcher(name).matches() ? "" : name);
      }
    }
    return normal;
  }

  /** The same value with every mask's hash left out: replicas may hold secrets of their own. */
  private static JsonNode masksAlike(JsonNode value) {
    if (value.isString()) {
      String text = value.stringValue();
      return Mask.find(text).isEmpty()
          ? value
          : JsonNodeFactory.instance.stringNode(
              MASK_HASH.matcher(text).replaceAll("\"masked\":\"\""));
    }
    if (value.isObject()) {
      ObjectNode alike = JsonNodeFactory.instance.objectNode();
      value.properties().forEach(field -> alike.set(field.getKey(), masksAlike(field.getValue())));
      return alike;
    }
    if (value.isArray()) {
      ArrayNode alike = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> alike.add(masksAlike(element)));
      return alike;
    }
    return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
  }
}
