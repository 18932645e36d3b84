package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How containers are run: users, limits, ports, files, operation. */
final class ContainerRemedies {
  private static final long MIB = 1024L * 1024;
  private static final long SMALLEST_MEMORY = 64 * MIB;
  private static final long NANOS = 1_000_000_000L;
  private static final int PIDS = 200;
  private static final long NO_REAL_LIMIT = 1_000_000;
  private static final long DEFAULT_SHARES = 1024;
  private static final int ORDINARY_ID = 10001;
  private static final int PORT_SHIFT = 8000;
  private static final int LAST_PORT = 65_535;
  private static final String LOOPBACK = "127.0.0.1";

  /** Nothing, or an address that stands for all: of IPv4, of IPv6 in any spelling, or a star. */
  private static final Pattern EVERYWHERE = Pattern.compile("[0:.*\\[\\]]*");

  private static final String WRONG_ACCOUNT =
      "Files that the process writes have to belong to this user, and ports below 1024 need"
          + " --sysctl net.ipv4.ip_unprivileged_port_start=0 on engines before 20.10.";

  private ContainerRemedies() {}

  static final Map<String, Remedy> ALL =
      Map.ofEntries(
          Map.entry("CTR-USER", ContainerRemedies::user),
          Map.entry("CTR-PROCROOT", ContainerRemedies::processUsers),
          Map.entry("CTR-GROUP0", ContainerRemedies::group),
          Map.entry("CTR-MEM", ContainerRemedies::memory),
          Map.entry("CTR-CPU", ContainerRemedies::cpu),
          Map.entry("CTR-PIDS", ContainerRemedies::processes),
          Map.entry("CTR-ULIMITS", ContainerRemedies::ulimits),
          Map.entry("CTR-OOM", ContainerRemedies::oom),
          Map.entry("CTR-CGROUPPARENT", f -> draft(f).set("HostConfig.CgroupParent", "").done()),
          Map.entry("CTR-RESTART", ContainerRemedies::restart),
          Map.entry("CTR-SYSCTL", ContainerRemedies::sysctls),
          Map.entry("CTR-ROFS", ContainerRemedies::readOnly),
          Map.entry("CTR-PORTBIND", ContainerRemedies::bindPorts),
          Map.entry("CTR-PORTPRIV", ContainerRemedies::movePorts),
          Map.entry("CTR-PORTNEED", ContainerRemedies::unpublish),
          Map.entry("CTR-ENVSECRET", ContainerRemedies::secrets),
          Map.entry("CTR-LOGS", ContainerRemedies::logs),
          Map.entry("CTR-RUNTIME", f -> draft(f).set("HostConfig.Runtime", "runc").done()),
          Map.entry("CTR-FRESH", ContainerRemedies::current),
          Map.entry("CTR-TAG", ContainerRemedies::pin),
          Map.entry("CTR-SPRAWL", ContainerRemedies::remove),
          Map.entry(
              "CTR-HEALTH",
              Remedy.decide(
                  "Only those who run it know what shows that it works. Put that command behind"
                      + " --health-cmd, or look why the one that is there fails.")),
          Map.entry(
              "CTR-OWNER",
              Remedy.decide(
                  "Who answers for this container is not written anywhere. Once that is settled,"
                      + " create it anew with --label owner=NAME.")),
          Map.entry(
              "CTR-COMPROMISE",
              Remedy.decide(
                  "Files of the system were changed while it ran. Find out who did that before"
                      + " anything is removed; then create the container anew from its image.")),
          Map.entry(
              "CTR-SSHD",
              Remedy.decide(
                  "Somebody gets in through this server. Agree on another way, such as docker exec"
                      + " on a controlled host, then take it out of the image.")),
          Map.entry(
              "CTR-EXECPRIV",
              Remedy.decide(
                  "It has happened, and no setting undoes that. Ask who did it and what for; the"
                      + " verdict turns when its window has passed.")),
          Map.entry(
              "CTR-EXECROOT",
              Remedy.decide(
                  "It has happened, and no setting undoes that. Ask who did it; next time run exec"
                      + " with -u and the container's own user.")),
          Map.entry("STO-RMDATA", ContainerRemedies::keepAfterExit),
          Map.entry(
              "STO-WRITABLE",
              Remedy.decide(
                  "Which of the written files are data only its owner knows. Mount a volume where"
                      + " those lie, --tmpfs for the rest, and run with --read-only.")),
          Map.entry(
              "STO-BINDBACKUP",
              Remedy.decide(
                  "Only a backup of the directory clears this. Add the path to a backup policy, or"
                      + " move the data to a volume that is backed up.")));

  private static ContainerDraft draft(Failure failure) {
    return new ContainerDraft(failure);
  }

  /** A draft that sets a limit, on an engine that enforces it. */
  private static ContainerDraft enforced(Failure failure) {
    ContainerDraft draft = draft(failure);
    if (EngineRemedies.ignoresLimits(failure)) {
      draft
          .also(EngineRemedies.limitsPatch(failure))
          .caution("The kernel ignores limits today: see ENG-LIMITSWORK.");
    }
    return draft;
  }

  private static boolean isUnbounded(JsonNode container) {
    JsonNode host = container.path("HostConfig");
    long shares = host.path("CpuShares").asLong(0);
    return host.path("NanoCpus").asLong(0) <= 0
        && host.path("CpuQuota").asLong(0) <= 0
        && (shares <= 0 || shares == DEFAULT_SHARES)
        && host.path("CpusetCpus").asString("").isEmpty();
  }

  private static Fix user(Failure failure) {
    return draft(failure)
        .set("Config.User", ORDINARY_ID + ":" + ORDINARY_ID)
        .caution(WRONG_ACCOUNT)
        .done();
  }

  /** The same, and none of its processes runs as root then. */
  private static Fix processUsers(Failure failure) {
    return draft(failure)
        .set("Config.User", ORDINARY_ID + ":" + ORDINARY_ID)
        .also(
            new Patch.Observation(
                SubjectKind.CONTAINER,
                failure.dockerId(),
                List.of(new Edit(List.of("processes", "uid0"), ContainerDraft.JSON.arrayNode()))))
        .caution(WRONG_ACCOUNT)
        .done();
  }

  private static Fix group(Failure failure) {
    ContainerDraft draft = draft(failure);
    String[] spec = draft.at("Config.User").asString("").split(":", 2);
    JsonNode uid = failure.read().observation().path("users").path("user").path("uid");
    long id = uid.asLong(0) > 0 ? uid.asLong(0) : number(spec[0]);
    JsonNode groups = failure.read().observation().path("users").path("groups");
    draft.keep(
        "HostConfig.GroupAdd",
        group -> {
          String name = group.asString("");
          boolean root = name.equals("root") || name.matches("[+]?0+");
          return !root && groups.path(name).asLong(1) != 0;
        });
    if (failure.shows(".Config.User")) {
      draft.set("Config.User", id > 0 ? id + ":" + id : ORDINARY_ID + ":" + ORDINARY_ID);
    }
    return draft.caution("Files that only group 0 may read or write are out of its reach.").done();
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
  }

  private static Fix memory(Failure failure) {
    long set = failure.document().path("HostConfig").path("Memory").asLong(0);
    long total = failure.engine().path("info").path("MemTotal").asLong(0);
    if (set > 0 && set <= total) {
      return EngineRemedies.limits(failure);
    }
    long half = Math.max(SMALLEST_MEMORY, total / 2 / MIB * MIB);
    return enforced(failure)
        .set("HostConfig.Memory", total > 0 ? Math.min(half, total) : 8 * SMALLEST_MEMORY)
        .caution(
            "Half of what the host has is where to begin, not where to end: see what docker stats"
                + " shows under load and stay a third above it. Beyond the limit the kernel kills"
                + " the process.")
        .done();
  }

  private static Fix cpu(Failure failure) {
    if (!isUnbounded(failure.document())) {
      return EngineRemedies.limits(failure);
    }
    long processors = failure.engine().path("info").path("NCPU").asLong(1);
    return enforced(failure)
        .set("HostConfig.NanoCpus", Math.max(NANOS, processors * NANOS / 2))
        .caution("It gets slower where it used more than this share of the host.")
        .done();
  }

  private static Fix processes(Failure failure) {
    long set = failure.document().path("HostConfig").path("PidsLimit").asLong(0);
    if (set > 0 && set < NO_REAL_LIMIT) {
      return EngineRemedies.limits(failure);
    }
    return enforced(failure)
        .set("HostConfig.PidsLimit", PIDS)
        .caution(
            "Threads count as well: a Java or Go service may need more. docker stats shows PIDS.")
        .done();
  }

  private static Fix ulimits(Failure failure) {
    ArrayNode limits = ContainerDraft.JSON.arrayNode();
    limits.add(ulimit("nofile", 1024, 4096));
    limits.add(ulimit("nproc", 1024, 2048));
    return draft(failure)
        .set("HostConfig.Ulimits", limits)
        .caution("Services with many connections need a higher nofile.")
        .done();
  }

  private static ObjectNode ulimit(String name, long soft, long hard) {
    return ContainerDraft.JSON.objectNode().put("Name", name).put("Hard", hard).put("Soft", soft);
  }

  private static Fix oom(Failure failure) {
    ContainerDraft draft = draft(failure);
    if (draft.at("HostConfig.OomKillDisable").asBoolean(false)) {
      draft.set("HostConfig.OomKillDisable", false);
    }
    if (draft.at("HostConfig.OomScoreAdj").asLong(0) < 0) {
      draft.set("HostConfig.OomScoreAdj", 0);
    }
    return draft
        .caution("It may now be the one that is killed when the host runs out of memory.")
        .done();
  }

  /** Restarts of a swarm task are set on its service. */
  private static Fix restartOfService(Failure failure, int index) {
    ArrayNode services = ContainerDraft.JSON.arrayNode();
    if (failure.host().swarm() instanceof Reading.Read swarm) {
      swarm.document().path("services").forEach(service -> services.add(service.deepCopy()));
    }
    String name = ContainerDocument.swarmService(failure.document());
    if (services.path(index) instanceof ObjectNode service) {
      name = service.path("Spec").path("Name").asString(name);
      service
          .withObject("Spec")
          .withObject("TaskTemplate")
          .putObject("RestartPolicy")
          .put("Condition", "on-failure")
          .put("MaxAttempts", 5);
    }
    return new Fix.Run(
        failure.target(),
        List.of(
            "docker service update --restart-condition on-failure --restart-max-attempts 5 "
                + ShellText.word(name.isEmpty() ? "SERVICE" : name)),
        List.of(
            new Patch.Document(
                SubjectKind.SWARM,
                Checklist.SWARM_ID,
                List.of(new Edit(List.of("services"), services)))),
        List.of("The service's tasks are replaced. After five failures a task stays down."));
  }

  private static Fix restart(Failure failure) {
    List<Integer> services = failure.entries(".services");
    if (!services.isEmpty()) {
      return restartOfService(failure, services.getFirst());
    }
    return draft(failure)
        .set(
            "HostConfig.RestartPolicy",
            ContainerDraft.JSON.objectNode().put("Name", "on-failure").put("MaximumRetryCount", 5))
        .caution(
            "It stays down after five failures, and after a reboot of the host if it had ended"
                + " well: something has to notice that.")
        .done();
  }

  private static Fix sysctls(Failure failure) {
    ContainerDraft draft = draft(failure);
    ObjectNode left = ContainerDraft.JSON.objectNode();
    List<String> risky = failure.members(".HostConfig.Sysctls");
    for (Entry<String, JsonNode> sysctl : draft.at("HostConfig.Sysctls").properties()) {
      if (!risky.contains(sysctl.getKey())) {
        left.set(sysctl.getKey(), sysctl.getValue());
      }
    }
    return draft.set("HostConfig.Sysctls", left).done();
  }

  private static Fix readOnly(Failure failure) {
    ContainerDraft draft = draft(failure).set("HostConfig.ReadonlyRootfs", true);
    ObjectNode tmpfs = ContainerDraft.JSON.objectNode();
    tmpfs.put("/tmp", "").put("/run", "");
    draft
        .at("HostConfig.Tmpfs")
        .properties()
        .forEach(entry -> tmpfs.set(entry.getKey(), entry.getValue()));
    return draft
        .set("HostConfig.Tmpfs", tmpfs)
        .caution(
            "Writing anywhere else fails. docker diff shows where it writes today: mount a volume"
                + " there if it is data, --tmpfs if it is not.")
        .done();
  }

  private static Fix bindPorts(Failure failure) {
    ContainerDraft draft = draft(failure);
    ObjectNode bindings = bound(draft.at("HostConfig.PortBindings"));
    JsonNode open = draft.at("NetworkSettings.Ports");
    boolean all = draft.at("HostConfig.PublishAllPorts").asBoolean(false);
    if (all) {
      draft.set("HostConfig.PublishAllPorts", false);
    }
    // What is open though nobody bound it: published with all others, or by an older engine
    for (Entry<String, JsonNode> port : open.properties()) {
      if (!bindings.has(port.getKey()) && (all || port.getValue().isArray())) {
        String onHost = all ? "" : port.getValue().path(0).path("HostPort").asString("");
        bindings
            .putArray(port.getKey())
            .addObject()
            .put("HostIp", LOOPBACK)
            .put("HostPort", onHost);
      }
    }
    draft.set("HostConfig.PortBindings", bindings);
    if (open.isObject()) {
      draft.set("NetworkSettings.Ports", bound(open));
    }
    return draft
        .caution(
            "Then only the host itself reaches these ports. Where others have to, put the address"
                + " of the interface that they come in on.")
        .done();
  }

  /** The same ports, with loopback in place of every address; no binding twice. */
  private static ObjectNode bound(JsonNode ports) {
    ObjectNode bound = ContainerDraft.JSON.objectNode();
    for (Entry<String, JsonNode> port : ports.properties()) {
      if (!port.getValue().isArray()) {
        bound.set(port.getKey(), port.getValue());
        continue;
      }
      ArrayNode bindings = bound.putArray(port.getKey());
      Set<String> there = new TreeSet<>();
      for (JsonNode binding : port.getValue()) {
        if (binding.deepCopy() instanceof ObjectNode one) {
          if (EVERYWHERE.matcher(one.path("HostIp").asString("")).matches()) {
            one.put("HostIp", LOOPBACK);
          }
          if (there.add(one.toString())) {
            bindings.add(one);
          }
        }
      }
    }
    return bound;
  }

  private static Fix movePorts(Failure failure) {
    ContainerDraft draft = draft(failure);
    Set<Long> taken = takenPorts(failure);
    ObjectNode bindings = ContainerDraft.JSON.objectNode();
    for (Entry<String, JsonNode> port : draft.at("HostConfig.PortBindings").properties()) {
      ArrayNode moved = bindings.putArray(port.getKey());
      for (JsonNode binding : port.getValue()) {
        if (binding.deepCopy() instanceof ObjectNode one) {
          one.put("HostPort", moved(one.path("HostPort").asString(""), taken));
          moved.add(one);
        }
      }
    }
    return draft
        .set("HostConfig.PortBindings", bindings)
        .caution("Whoever uses the old port has to be told of the new one.")
        .done();
  }

  /** A free port from 1024 up in place of a privileged one; 80 and 443 are accepted. */
  private static String moved(String port, Set<Long> taken) {
    String[] ends = port.split("-", 2);
    long first = number(ends[0]);
    long last = ends.length == 2 ? number(ends[1]) : first;
    boolean fine = first == 0 || first > 1023 || (first == last && (first == 80 || first == 443));
    if (fine) {
      return port;
    }
    long begin = first + PORT_SHIFT;
    while (anyTaken(begin, begin + last - first, taken) && begin + last - first < LAST_PORT) {
      begin++;
    }
    for (long p = begin; p <= begin + last - first; p++) {
      taken.add(p);
    }
    return first == last ? Long.toString(begin) : begin + "-" + (begin + last - first);
  }

  private static boolean anyTaken(long from, long to, Set<Long> taken) {
    for (long p = from; p <= to; p++) {
      if (taken.contains(p)) {
        return true;
      }
    }
    return false;
  }

  private static Set<Long> takenPorts(Failure failure) {
    Set<Long> taken = new TreeSet<>();
    for (Reading reading : failure.host().containers().values()) {
      if (reading instanceof Reading.Read read) {
        for (JsonNode bindings : read.document().path("HostConfig").path("PortBindings")) {
          for (JsonNode binding : bindings) {
            taken.add(number(binding.path("HostPort").asString("")));
          }
        }
      }
    }
    return taken;
  }

  private static Fix unpublish(Failure failure) {
    ContainerDraft draft = draft(failure);
    List<String> needless = failure.members(".HostConfig.PortBindings");
    ObjectNode left = ContainerDraft.JSON.objectNode();
    for (Entry<String, JsonNode> port : draft.at("HostConfig.PortBindings").properties()) {
      boolean dropped = needless.stream().anyMatch(name -> name.startsWith(port.getKey()));
      if (!dropped) {
        left.set(port.getKey(), port.getValue());
      }
    }
    return draft
        .set("HostConfig.PortBindings", left)
        .set("HostConfig.PublishAllPorts", false)
        .caution("Nothing outside of its networks reaches these ports any more.")
        .done();
  }

  private static Fix secrets(Failure failure) {
    ContainerDraft draft = draft(failure);
    List<Integer> exposed = failure.entries(".Config.Env");
    ArrayNode env = ContainerDraft.JSON.arrayNode();
    for (int i = 0; i < draft.at("Config.Env").size(); i++) {
      String variable = draft.at("Config.Env").get(i).asString("");
      if (!exposed.contains(i)) {
        env.add(variable);
        continue;
      }
      String name = variable.substring(0, Math.max(0, variable.indexOf('=')));
      String bare = name.endsWith("_FILE") ? name.substring(0, name.length() - 5) : name;
      env.add(bare + "_FILE=/run/secrets/" + bare.toLowerCase(Locale.ROOT));
    }
    return draft
        .set("Config.Env", env)
        .caution(
            "The image has to read its secrets from files: many do so for variables that end in"
                + " _FILE. With docker run, mount each file read-only below /run/secrets.")
        .caution("What stood in a variable was readable to many: change it.")
        .done();
  }

  private static Fix logs(Failure failure) {
    ContainerDraft draft = draft(failure);
    ObjectNode options = ContainerDraft.JSON.objectNode();
    if (draft.at("HostConfig.LogConfig.Type").asString("").equals("json-file")) {
      draft
          .at("HostConfig.LogConfig.Config")
          .properties()
          .forEach(option -> options.set(option.getKey(), option.getValue()));
      options.put("max-size", "10m").put("max-file", "3");
    } else {
      draft.set("HostConfig.LogConfig.Type", "local");
    }
    return draft.set("HostConfig.LogConfig.Config", options).done();
  }

  private static Fix current(Failure failure) {
    String now = imageWithTag(failure);
    List<Patch> patches =
        now.isEmpty()
            ? List.of()
            : List.of(
                new Patch.Document(
                    SubjectKind.CONTAINER,
                    failure.dockerId(),
                    List.of(new Edit(List.of("Image"), ContainerDraft.JSON.stringNode(now)))));
    return new Fix.Run(
        failure.target(),
        List.of(ContainerForms.anew(failure.document())),
        patches,
        List.of("It is down for a moment, and then runs another build of its software."));
  }

  /** The image that bears a tag now; empty if none does. */
  private static String imageWithTag(Failure failure) {
    String own = failure.document().path("Image").asString("");
    for (Entry<String, Reading> image : failure.host().images().entrySet()) {
      if (!image.getKey().equals(own)
          && image.getValue() instanceof Reading.Read read
          && failure.verdict().evidence().stream()
              .anyMatch(
                  e ->
                      e.documentSha256() != null
                          && e.documentSha256().equals(read.observationSha256()))) {
        return image.getKey();
      }
    }
    return "";
  }

  private static Fix pin(Failure failure) {
    String configured = failure.document().path("Config").path("Image").asString("");
    String image = failure.document().path("Image").asString("");
    if (failure.host().images().get(image) instanceof Reading.Read read) {
      for (JsonNode digest : read.document().path("inspect").path("RepoDigests")) {
        if (digest.asString("").contains("@sha256:") && !digest.asString("").startsWith("<none>")) {
          return draft(failure).set("Config.Image", digest.asString("")).done();
        }
      }
      for (JsonNode tag : read.observation().path("tags")) {
        String name = tag.asString("");
        if (name.lastIndexOf(':') > name.lastIndexOf('/') && !name.endsWith(":latest")) {
          return draft(failure).set("Config.Image", name).done();
        }
      }
    }
    return new Fix.Decision(
        "The image "
            + configured
            + " has neither a digest nor a version here: push it to a registry, or tag it with one,"
            + " and name that.");
  }

  private static Fix remove(Failure failure) {
    String name = ShellText.word(ContainerDocument.name(failure.document()));
    return new Fix.Run(
        failure.target(),
        List.of("docker rm " + name),
        List.of(new Patch.Removal(SubjectKind.CONTAINER, failure.dockerId())),
        List.of(
            "What it holds in its own layer is lost: docker diff shows it, docker cp saves it."));
  }

  private static Fix keepAfterExit(Failure failure) {
    return draft(failure)
        .set("HostConfig.AutoRemove", false)
        .caution("Somebody has to remove it when it is no longer needed.")
        .done();
  }
}
