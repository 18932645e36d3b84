package dev.plimsoll.ui.subject;

import dev.plimsoll.posture.StoredDocument;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people want to know of a subject at first sight, read from the engine's own document. */
public final class SubjectFacts {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_ENTRIES = 6;

  private SubjectFacts() {}

  /** Adds what the document of that kind says; what it does not say is left out. */
  public static void addTo(Facts facts, String kind, StoredDocument document) {
    JsonNode root = JSON.readTree(document.json());
    Map<String, String> found =
        switch (kind) {
          case "engine" -> engine(root);
          case "container" -> container(root);
          case "image" -> image(root);
          case "volume" -> volume(root);
          case "network" -> network(root);
          default -> Map.of();
        };
    found.forEach(facts::with);
  }

  private static Map<String, String> engine(JsonNode root) {
    JsonNode info = root.path("info");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Version", text(info.path("ServerVersion")));
    facts.put("API", text(root.path("version").path("ApiVersion")));
    facts.put("System", text(info.path("OperatingSystem")));
    facts.put("Kernel", text(info.path("KernelVersion")));
    facts.put("Architecture", text(info.path("Architecture")));
    facts.put("Processors", text(info.path("NCPU")));
    facts.put(
        "Memory",
        info.path("MemTotal").isNumber() ? Figures.bytes(info.path("MemTotal").asLong()) : "");
    facts.put("Storage driver", text(info.path("Driver")));
    facts.put("Logging driver", text(info.path("LoggingDriver")));
    facts.put("Cgroup version", text(info.path("CgroupVersion")));
    facts.put("Security options", list(info.path("SecurityOptions")));
    facts.put("Data directory", text(info.path("DockerRootDir")));
    return facts;
  }

  private static Map<String, String> container(JsonNode root) {
    JsonNode config = root.path("Config");
    JsonNode host = root.path("HostConfig");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "User",
        config.path("User").asString("").isEmpty()
            ? "root (none configured)"
            : text(config.path("User")));
    facts.put("Command", command(root));
    facts.put("Privileged", host.path("Privileged").asBoolean(false) ? "yes" : "no");
    facts.put("Network", text(host.path("NetworkMode")));
    facts.put("Restart policy", text(host.path("RestartPolicy").path("Name")));
    facts.put("Added capabilities", list(host.path("CapAdd")));
    facts.put("Dropped capabilities", list(host.path("CapDrop")));
    facts.put("Published ports", ports(host.path("PortBindings")));
    facts.put("Mounts", mounts(root.path("Mounts")));
    facts.put("Compose project", text(config.path("Labels").path("com.docker.compose.project")));
    facts.put("Compose service", text(config.path("Labels").path("com.docker.compose.service")));
    return facts;
  }

  private static Map<String, String> image(JsonNode root) {
    JsonNode inspect = root.has("inspect") ? root.path("inspect") : root;
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Tags", list(root.has("tags") ? root.path("tags") : inspect.path("RepoTags")));
    facts.put("Created", text(inspect.path("Created")));
    facts.put("Platform", platform(inspect));
    facts.put("User", text(inspect.path("Config").path("User")));
    facts.put(
        "Size",
        inspect.path("Size").isNumber() ? Figures.bytes(inspect.path("Size").asLong()) : "");
    return facts;
  }

  private static Map<String, String> volume(JsonNode root) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Driver", text(root.path("Driver")));
    facts.put("Mount point", text(root.path("Mountpoint")));
    facts.put("Scope", text(root.path("Scope")));
    return facts;
  }

  private static Map<String, String> network(JsonNode root) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Driver", text(root.path("Driver")));
    facts.put("Scope", text(root.path("Scope")));
    facts.put("Internal", root.path("Internal").asBoolean(false) ? "yes" : "no");
    facts.put(
        "Subnets",
        join(
            root.path("IPAM")
                .path("Config")
                .valueStream()
                .map(entry -> entry.path("Subnet").asString(""))
                .toList()));
    return facts;
  }

  private static String command(JsonNode root) {
    List<String> words = new ArrayList<>();
    words.add(text(root.path("Path")));
    root.path("Args").valueStream().forEach(arg -> words.add(text(arg)));
    return String.join(" ", words).strip();
  }

  private static String platform(JsonNode inspect) {
    String os = text(inspect.path("Os"));
    String architecture = text(inspect.path("Architecture"));
    return os.isEmpty() || architecture.isEmpty() ? os + architecture : os + "/" + architecture;
  }

  private static String ports(JsonNode bindings) {
    List<String> ports = new ArrayList<>();
    bindings
        .properties()
        .forEach(
            binding ->
                binding
                    .getValue()
                    .valueStream()
                    .forEach(
                        on -> {
                          String ip = on.path("HostIp").asString("");
                          String at =
                              (ip.isEmpty() ? "*" : ip) + ":" + on.path("HostPort").asString("");
                          ports.add(at + " → " + binding.getKey());
                        }));
    return join(ports);
  }

  private static String mounts(JsonNode mounts) {
    return join(
        mounts
            .valueStream()
            .map(
                mount -> {
                  String source =
                      mount.path("Type").asString("").equals("volume")
                          ? mount.path("Name").asString("")
                          : mount.path("Source").asString("");
                  return source + " → " + mount.path("Destination").asString("");
                })
            .toList());
  }

  private static String list(JsonNode entries) {
    return join(entries.valueStream().map(SubjectFacts::text).toList());
  }

  private static String join(List<String> entries) {
    String shown = entries.stream().limit(MOST_ENTRIES).collect(Collectors.joining(", "));
    return entries.size() > MOST_ENTRIES
        ? shown + " and " + (entries.size() - MOST_ENTRIES) + " more"
        : shown;
  }

  private static String text(JsonNode node) {
    if (node.isObject()) {
      return node.has("masked") ? "masked" : "";
    }
    return node.isMissingNode() || node.isNull() ? "" : node.asString();
  }
}
