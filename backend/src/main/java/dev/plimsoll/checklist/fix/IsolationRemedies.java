package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What keeps a container apart from the host and from others. */
final class IsolationRemedies {
  private static final Set<String> DEFAULT_CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");
  private static final Set<String> ESCAPES =
      Set.of(
          "SYS_ADMIN",
          "SYS_MODULE",
          "SYS_PTRACE",
          "SYS_RAWIO",
          "DAC_READ_SEARCH",
          "SYS_BOOT",
          "BPF",
          "PERFMON",
          "MAC_ADMIN",
          "MAC_OVERRIDE",
          "SYSLOG");
  private static final Set<String> HARMLESS_READ_ONLY =
      Set.of(
          "/etc/localtime",
          "/etc/timezone",
          "/etc/machine-id",
          "/etc/ssl/certs",
          "/usr/share/zoneinfo");
  private static final String CAP_ADD = "HostConfig.CapAdd";
  private static final String CAP_DROP = "HostConfig.CapDrop";
  private static final String CONTAINER = "container:";

  private IsolationRemedies() {}

  static final Map<String, Remedy> ALL =
      Map.ofEntries(
          Map.entry("CTR-PRIV", f -> draft(f).unprivileged().done()),
          Map.entry(
              "CTR-CAPS", f -> withoutCapabilities(f, c -> !DEFAULT_CAPABILITIES.contains(c))),
          Map.entry("CTR-CAPSESCAPE", f -> withoutCapabilities(f, ESCAPES::contains)),
          Map.entry("CTR-CAPSMIN", IsolationRemedies::dropAll),
          Map.entry("CTR-NETRAW", IsolationRemedies::dropRaw),
          Map.entry("CTR-APPARMOR", IsolationRemedies::appArmor),
          Map.entry("CTR-SELINUX", IsolationRemedies::seLinux),
          Map.entry("CTR-SECCOMP", IsolationRemedies::seccomp),
          Map.entry("CTR-MASKED", f -> draft(f).unprivileged().masked().done()),
          Map.entry("CTR-NNP", IsolationRemedies::noNewPrivileges),
          Map.entry("CTR-DEVICES", IsolationRemedies::devices),
          Map.entry("CTR-MOUNTHOST", IsolationRemedies::mounts),
          Map.entry("CTR-DOCKERSOCK", IsolationRemedies::socket),
          Map.entry("CTR-PROPAGATION", IsolationRemedies::propagation),
          Map.entry("CTR-NETHOST", IsolationRemedies::network),
          Map.entry("CTR-DEFAULTBRIDGE", IsolationRemedies::offTheBridge),
          Map.entry("CTR-PIDHOST", IsolationRemedies::processes),
          Map.entry("CTR-IPCHOST", IsolationRemedies::ipc),
          Map.entry("CTR-UTSHOST", f -> draft(f).set("HostConfig.UTSMode", "").done()),
          Map.entry("CTR-CGROUPNS", f -> draft(f).set("HostConfig.CgroupnsMode", "private").done()),
          Map.entry("CTR-USERNSHOST", IsolationRemedies::users),
          Map.entry("CTR-NSSHARE", IsolationRemedies::apart));

  private static ContainerDraft draft(Failure failure) {
    return new ContainerDraft(failure);
  }

  private static Fix withoutCapabilities(Failure failure, Predicate<String> refused) {
    ContainerDraft draft = draft(failure);
    int before = draft.at(CAP_ADD).size();
    draft
        .unprivileged()
        .keep(
            CAP_ADD,
            entry -> {
              String name = ContainerDocument.capability(entry.asString(""));
              return !name.equals("ALL") && !refused.test(name);
            });
    if (draft.at(CAP_ADD).size() < before) {
      draft.caution("What needed the capability stops to work: try it where nothing is at stake.");
    }
    return draft.done();
  }

  private static Fix dropAll(Failure failure) {
    return draft(failure)
        .unprivileged()
        .keep(CAP_ADD, e -> !ContainerDocument.capability(e.asString("")).equals("ALL"))
        .set(CAP_DROP, ContainerDraft.texts(List.of("ALL")))
        .caution(
            "Processes that change their user, own foreign files or listen below port 1024 miss"
                + " something: add back just that, most often CHOWN, SETUID, SETGID or"
                + " NET_BIND_SERVICE.")
        .done();
  }

  private static Fix dropRaw(Failure failure) {
    ContainerDraft draft =
        draft(failure)
            .unprivileged()
            .keep(CAP_ADD, e -> !ContainerDocument.capability(e.asString("")).equals("NET_RAW"));
    boolean dropped = false;
    for (JsonNode entry : draft.at(CAP_DROP)) {
      String name = ContainerDocument.capability(entry.asString(""));
      dropped |= name.equals("ALL") || name.equals("NET_RAW");
    }
    boolean addsAll = false;
    for (JsonNode entry : draft.at(CAP_ADD)) {
      addsAll |= ContainerDocument.capability(entry.asString("")).equals("ALL");
    }
    if (!dropped || addsAll) {
      draft.append(CAP_DROP, "NET_RAW");
    }
    return draft.caution("ping and packet capture need it; few services do.").done();
  }

  private static Fix appArmor(Failure failure) {
    ContainerDraft draft = draft(failure).unprivileged().withoutOption("apparmor", v -> true);
    String profile = draft.at("AppArmorProfile").asString("");
    if (profile.isEmpty() || profile.equals("unconfined")) {
      draft.set("AppArmorProfile", "docker-default");
    }
    return draft
        .caution("The engine's own profile forbids mounting and writing below /proc and /sys.")
        .done();
  }

  private static Fix seLinux(Failure failure) {
    ContainerDraft draft =
        draft(failure)
            .unprivileged()
            .withoutOption(
                "label",
                v ->
                    v.equals("disable")
                        || v.endsWith("type:spc_t")
                        || v.endsWith("type:unconfined_t"));
    // The engine switches labels off by itself where these are the host's
    if (draft.at("HostConfig.PidMode").asString("").equals("host")) {
      draft.set("HostConfig.PidMode", "");
    }
    if (draft.at("HostConfig.IpcMode").asString("").equals("host")) {
      draft.set("HostConfig.IpcMode", "private");
    }
    return draft
        .set("ProcessLabel", "system_u:system_r:container_t:s0")
        .caution("Bound directories need a label that containers may use: add :z or :Z to them.")
        .done();
  }

  private static Fix seccomp(Failure failure) {
    ContainerDraft draft = draft(failure).unprivileged().withoutOption("seccomp", v -> true);
    EngineRemedies.seccompPatch(failure).ifPresent(draft::also);
    if (!failure.document().path("HostConfig").path("Privileged").asBoolean(false)
        && !failure.shows(".HostConfig.SecurityOpt[")
        && failure.shows(".info.SecurityOptions")) {
      return EngineRemedies.seccomp(failure);
    }
    return draft
        .caution(
            "A debugger, or a tool that makes namespaces, may need calls that the filter refuses:"
                + " give it a profile of its own with --security-opt seccomp=FILE.")
        .done();
  }

  private static Fix noNewPrivileges(Failure failure) {
    return draft(failure)
        .keep("HostConfig.SecurityOpt", e -> !e.asString("").startsWith("no-new-privileges"))
        .append("HostConfig.SecurityOpt", "no-new-privileges")
        .caution("sudo, su and other set-id programs inside stop to lift anybody up.")
        .done();
  }

  private static Fix devices(Failure failure) {
    return draft(failure)
        .unprivileged()
        .drop("HostConfig.Devices", failure.entries(".HostConfig.Devices"))
        .drop("HostConfig.DeviceCgroupRules", failure.entries(".HostConfig.DeviceCgroupRules"))
        .drop("HostConfig.DeviceRequests", failure.entries(".HostConfig.DeviceRequests"))
        .caution("What used the device stops to work.")
        .done();
  }

  private static Fix mounts(Failure failure) {
    ContainerDraft draft = draft(failure);
    ArrayNode left = ContainerDraft.JSON.arrayNode();
    Set<Integer> shown = failingMounts(failure);
    JsonNode mounts = draft.at("Mounts");
    boolean dropped = false;
    for (int i = 0; i < mounts.size(); i++) {
      JsonNode mount = mounts.get(i);
      if (!shown.contains(i)) {
        left.add(mount);
      } else if (isHarmlessReadOnly(mount) && mount.deepCopy() instanceof ObjectNode readOnly) {
        left.add(readOnly.put("RW", false));
      } else {
        dropped = true;
      }
    }
    draft.set("Mounts", left);
    if (dropped) {
      draft.caution(
          "What the process read or wrote there is out of its reach. Put data into a named volume;"
              + " mount a single file that is needed, read-only, if it lies outside of system"
              + " directories.");
    }
    return draft.done();
  }

  private static boolean isHarmlessReadOnly(JsonNode mount) {
    String source = mount.path("Source").asString("");
    return mount.path("Type").asString("").equals("bind")
        && HARMLESS_READ_ONLY.stream()
            .anyMatch(path -> source.equals(path) || source.startsWith(path + "/"));
  }

  /** Indexes of mounts that the evidence points to, directly or by their volume's document. */
  private static Set<Integer> failingMounts(Failure failure) {
    Set<Integer> indexes = new TreeSet<>(failure.entries(".Mounts"));
    JsonNode mounts = failure.document().path("Mounts");
    for (int i = 0; i < mounts.size(); i++) {
      String volume = mounts.get(i).path("Name").asString("");
      if (failure.host().volumes().get(volume) instanceof Reading.Read read) {
        for (Evidence evidence : failure.verdict().evidence()) {
          if (evidence.path().startsWith(".Options")
              && read.sha256().equals(evidence.documentSha256())) {
            indexes.add(i);
          }
        }
      }
    }
    return indexes;
  }

  private static Fix socket(Failure failure) {
    return draft(failure)
        .drop("Mounts", List.copyOf(failingMounts(failure)))
        .caution(
            "It controls other containers through this socket, and stops to. Put a proxy between"
                + " that lets only the GET requests through that it needs, on a network that only"
                + " these two share.")
        .done();
  }

  private static Fix propagation(Failure failure) {
    ContainerDraft draft = draft(failure);
    List<Integer> shown = failure.entries(".Mounts");
    ArrayNode mounts = ContainerDraft.JSON.arrayNode();
    for (int i = 0; i < draft.at("Mounts").size(); i++) {
      JsonNode mount = draft.at("Mounts").get(i);
      if (shown.contains(i) && mount.deepCopy() instanceof ObjectNode contained) {
        boolean recursive = mount.path("Propagation").asString("").startsWith("r");
        contained.put("Propagation", recursive ? "rslave" : "slave");
        mounts.add(contained);
      } else {
        mounts.add(mount);
      }
    }
    return draft
        .set("Mounts", mounts)
        .caution("What it mounts there is no longer seen by the host and by others.")
        .done();
  }

  private static Fix network(Failure failure) {
    return draft(failure)
        .ownNetwork()
        .caution(
            "Its ports are no longer the host's: publish those that are needed, such as -p"
                + " 127.0.0.1:8080:80. localhost now means the container itself.")
        .done();
  }

  private static Fix offTheBridge(Failure failure) {
    ContainerDraft draft = draft(failure);
    ObjectNode others = ContainerDraft.JSON.objectNode();
    for (Entry<String, JsonNode> network : draft.at("NetworkSettings.Networks").properties()) {
      if (!network.getKey().equals("bridge")
          && !failure.members(".NetworkSettings.Networks").contains(network.getKey())) {
        others.set(network.getKey(), network.getValue());
      }
    }
    String mode = draft.at("HostConfig.NetworkMode").asString("");
    if (others.isEmpty()) {
      draft.ownNetwork();
    } else if (!mode.equals("default") && !mode.equals("bridge")) {
      String name = ContainerDocument.name(failure.document());
      return new Fix.Run(
          failure.target(),
          List.of("docker network disconnect bridge " + ShellText.word(name)),
          List.of(
              new Patch.Document(
                  SubjectKind.CONTAINER,
                  failure.dockerId(),
                  List.of(new Edit(List.of("NetworkSettings", "Networks"), others)))),
          List.of("Containers on the default bridge no longer reach it."));
    } else {
      draft
          .set("HostConfig.NetworkMode", others.propertyNames().iterator().next())
          .set("NetworkSettings.Networks", others);
    }
    return draft
        .caution("Containers that it talks to by address or --link have to join the same network.")
        .done();
  }

  private static Fix processes(Failure failure) {
    return draft(failure)
        .set("HostConfig.PidMode", "")
        .caution("Monitoring agents see only their own processes then.")
        .done();
  }

  private static Fix ipc(Failure failure) {
    return draft(failure)
        .set("HostConfig.IpcMode", "private")
        .caution("Shared memory with processes outside of the container is gone; see --shm-size.")
        .done();
  }

  private static Fix users(Failure failure) {
    return draft(failure)
        .set("HostConfig.UsernsMode", "")
        .caution("Its files in bound directories and volumes have to belong to the remapped user.")
        .done();
  }

  private static Fix apart(Failure failure) {
    ContainerDraft draft = draft(failure);
    List<String> joined = new ArrayList<>();
    if (draft.at("HostConfig.NetworkMode").asString("").startsWith(CONTAINER)) {
      draft.ownNetwork();
      joined.add("network");
    }
    if (draft.at("HostConfig.PidMode").asString("").startsWith(CONTAINER)) {
      draft.set("HostConfig.PidMode", "");
      joined.add("processes");
    }
    String ipc = draft.at("HostConfig.IpcMode").asString("");
    if (ipc.startsWith(CONTAINER) || ipc.equals("shareable")) {
      draft.set("HostConfig.IpcMode", "private");
      joined.add("shared memory");
    }
    return draft
        .caution("It no longer shares " + String.join(", ", joined) + " with another container.")
        .done();
  }
}
