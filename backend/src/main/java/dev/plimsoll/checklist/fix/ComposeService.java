package dev.plimsoll.checklist.fix;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A container as a service of a Compose file: the settings that checks speak of. */
final class ComposeService {
  private ComposeService() {}

  /**
   * The service's keys and values; booleans always, the rest where it is set.
   *
   * @param image the configuration of the container's image
   */
  static Map<String, Object> of(JsonNode container, JsonNode image) {
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("image", container.path("Config").path("Image").asString(""));
    JsonNode host = container.path("HostConfig");
    service.put("privileged", host.path("Privileged").asBoolean(false));
    service.put("read_only", host.path("ReadonlyRootfs").asBoolean(false));
    service.put("oom_kill_disable", host.path("OomKillDisable").asBoolean(false));
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (RunOptions.Option option : RunOptions.of(container, image)) {
      String key = option.single() ? single(option, service) : multiple(option.flag());
      if (!key.isEmpty()) {
        lists.computeIfAbsent(key, none -> new ArrayList<>()).add(option.value());
      }
    }
    service.putAll(lists);
    logging(host.path("LogConfig"), service);
    ulimits(host.path("Ulimits"), service);
    return service;
  }

  /** Takes a single option in; the name of its list if it is one here. */
  private static String single(RunOptions.Option option, Map<String, Object> service) {
    String value = option.value();
    switch (option.flag()) {
      case "--user" -> service.put("user", value);
      case "--pid" -> service.put("pid", value);
      case "--ipc" -> service.put("ipc", value);
      case "--uts" -> service.put("uts", value);
      case "--userns" -> service.put("userns_mode", value);
      case "--cgroupns" -> service.put("cgroup", value);
      case "--cgroup-parent" -> service.put("cgroup_parent", value);
      case "--memory" -> service.put("mem_limit", value);
      case "--cpus" -> service.put("cpus", new BigDecimal(value));
      case "--cpu-quota" -> service.put("cpu_quota", Long.valueOf(value));
      case "--cpu-shares" -> service.put("cpu_shares", Long.valueOf(value));
      case "--cpuset-cpus" -> service.put("cpuset", value);
      case "--pids-limit" -> service.put("pids_limit", Long.valueOf(value));
      case "--oom-score-adj" -> service.put("oom_score_adj", Long.valueOf(value));
      case "--restart" -> service.put("restart", value);
      case "--runtime" -> service.put("runtime", value);
      case "--network" -> {
        if (value.equals("host") || value.equals("none") || value.startsWith("container:")) {
          service.put("network_mode", value);
        } else {
          return "networks";
        }
      }
      default -> {
        // Booleans are read from the document; the rest has no key in Compose
      }
    }
    return "";
  }

  private static String multiple(String flag) {
    return switch (flag) {
      case "--group-add" -> "group_add";
      case "--cap-drop" -> "cap_drop";
      case "--cap-add" -> "cap_add";
      case "--security-opt" -> "security_opt";
      case "--device" -> "devices";
      case "--device-cgroup-rule" -> "device_cgroup_rules";
      case "--sysctl" -> "sysctls";
      case "--tmpfs" -> "tmpfs";
      case "--volume" -> "volumes";
      case "--publish" -> "ports";
      case "--env" -> "environment";
      case "--label" -> "labels";
      default -> "";
    };
  }

  private static void logging(JsonNode log, Map<String, Object> service) {
    Map<String, Object> logging = new LinkedHashMap<>();
    logging.put("driver", log.path("Type").asString(""));
    Map<String, Object> options = new LinkedHashMap<>();
    log.path("Config")
        .properties()
        .forEach(o -> options.put(o.getKey(), o.getValue().asString("")));
    if (!options.isEmpty()) {
      logging.put("options", options);
    }
    service.put("logging", logging);
  }

  private static void ulimits(JsonNode limits, Map<String, Object> service) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (JsonNode limit : limits) {
      all.put(
          limit.path("Name").asString(""),
          Map.of(
              "soft", limit.path("Soft").asLong(0),
              "hard", limit.path("Hard").asLong(0)));
    }
    if (!all.isEmpty()) {
      service.put("ulimits", all);
    }
  }
}
