package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How engines are configured. */
final class EngineRemedies {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Fix.Target ENGINE = new Fix.Target(SubjectKind.ENGINE, Checklist.ENGINE_ID);
  private static final String RESTART =
      "The engine reads its file at the next start: containers without live-restore stop with it.";
  private static final List<String> LIMITS =
      List.of("MemoryLimit", "SwapLimit", "PidsLimit", "CpuCfsQuota");
  private static final String COMMAND_LINE =
      "Take the same option off the engine's command line: it refuses to start with both.";
  private static final List<String> DEBIAN = List.of("debian", "ubuntu");

  private EngineRemedies() {}

  static final Map<String, Remedy> ALL =
      Map.ofEntries(
          Map.entry("ENG-ICC", EngineRemedies::interContainer),
          Map.entry("ENG-LOGLEVEL", EngineRemedies::logLevel),
          Map.entry("ENG-IPTABLES", EngineRemedies::packetFilter),
          Map.entry("ENG-INSECUREREG", EngineRemedies::registries),
          Map.entry("ENG-AUFS", EngineRemedies::storageDriver),
          Map.entry("ENG-DEVICEMAPPER", EngineRemedies::storageDriver),
          Map.entry("ENG-TCPTLS", EngineRemedies::remoteApi),
          Map.entry("ENG-ULIMITS", EngineRemedies::ulimits),
          Map.entry("ENG-USERNS", EngineRemedies::userNamespaces),
          Map.entry("ENG-CGROUPPARENT", EngineRemedies::cgroupParent),
          Map.entry("ENG-DMBASESIZE", f -> configure(Map.of(), Set.of("storage-opts"), List.of())),
          Map.entry("ENG-REMOTELOG", EngineRemedies::remoteLogs),
          Map.entry("ENG-NNP", EngineRemedies::noNewPrivileges),
          Map.entry(
              "ENG-LIVERESTORE",
              f ->
                  configure(
                      Map.of("live-restore", JSON.booleanNode(true)),
                      Set.of(),
                      List.of(info(List.of("LiveRestoreEnabled"), JSON.booleanNode(true))))),
          Map.entry("ENG-USERLANDPROXY", EngineRemedies::userlandProxy),
          Map.entry("ENG-SECCOMP", EngineRemedies::seccomp),
          Map.entry(
              "ENG-EXPERIMENTAL",
              f ->
                  configure(
                      Map.of("experimental", JSON.booleanNode(false)),
                      Set.of(),
                      List.of(info(List.of("ExperimentalBuild"), JSON.booleanNode(false))))),
          Map.entry("ENG-VERSION", EngineRemedies::upgrade),
          Map.entry("ENG-LSM", EngineRemedies::securityModule),
          Map.entry("ENG-LIMITSWORK", EngineRemedies::limits),
          Map.entry("ENG-CLOCK", EngineRemedies::clock),
          Map.entry("ENG-PLUGINS", EngineRemedies::plugins),
          Map.entry(
              "ENG-ROOTLESS",
              Remedy.decide(
                  "A rootless engine is installed beside this one and everything moves there; it"
                      + " has no AppArmor, no overlay networks and no ports below 1024. Whether"
                      + " that is worth it, or remapped users are enough, people decide.")),
          Map.entry(
              "ENG-AUTHZ",
              Remedy.decide(
                  "Which plugin, and which rules, depends on who calls this engine and what for."
                      + " Install it, then name it in \"authorization-plugins\".")),
          Map.entry(
              "ENG-CERT",
              Remedy.decide(
                  "A certificate is issued by whoever holds the CA. Issue one for the engine's name"
                      + " and put it where \"tlscert\" points.")),
          Map.entry(
              "ENG-PLANTED",
              Remedy.decide(
                  "Something between Plimsoll and this engine hides what was planted there. Look at"
                      + " the proxy's rules and at the rights of the account that reads.")),
          Map.entry(
              "ENG-KERNEL",
              Remedy.decide(
                  "The host's system has to move to a release that still gets patches. Plan it with"
                      + " those whose containers run here.")));

  private static Patch info(List<String> path, JsonNode value) {
    List<String> all = new ArrayList<>();
    all.add("info");
    all.addAll(path);
    return new Patch.Document(
        SubjectKind.ENGINE, Checklist.ENGINE_ID, List.of(new Edit(all, value)));
  }

  private static Fix configure(
      Map<String, JsonNode> set, Set<String> drop, List<Patch> patches, String... cautions) {
    List<String> all = new ArrayList<>(List.of(cautions));
    all.add(RESTART);
    return new Fix.Configure(ENGINE, set, drop, patches, all);
  }

  private static Fix interContainer(Failure failure) {
    List<Patch> patches = new ArrayList<>();
    for (Entry<String, Reading> network : failure.host().networks().entrySet()) {
      if (network.getValue() instanceof Reading.Read read
          && read.document().path("Name").asString("").equals("bridge")) {
        patches.add(
            new Patch.Document(
                SubjectKind.NETWORK,
                network.getKey(),
                List.of(
                    new Edit(
                        List.of("Options", "com.docker.network.bridge.enable_icc"),
                        JSON.stringNode("false")))));
      }
    }
    return configure(
        Map.of("icc", JSON.booleanNode(false)),
        Set.of(),
        patches,
        "Containers on the default bridge reach each other only through published ports or --link"
            + " then. Give those that belong together a network of their own first.");
  }

  private static Fix logLevel(Failure failure) {
    Map<String, JsonNode> set = new LinkedHashMap<>();
    set.put("debug", JSON.booleanNode(false));
    set.put("log-level", JSON.stringNode("info"));
    List<Patch> patches = new ArrayList<>(file(failure, "log-level", JSON.stringNode("info")));
    if (!patches.isEmpty()) {
      patches.add(info(List.of("Debug"), JSON.booleanNode(false)));
    }
    return configure(
        set,
        Set.of(),
        patches,
        "The API does not show the level: where the host's files are not read, the verdict becomes"
            + " unknown.");
  }

  private static Fix registries(Failure failure) {
    JsonNode config = failure.engine().path("info").path("RegistryConfig");
    ArrayNode loopback = JSON.arrayNode();
    for (JsonNode range : config.path("InsecureRegistryCIDRs")) {
      String text = range.asString("");
      if (text.equals("::1/128") || text.equals("127.0.0.0/8")) {
        loopback.add(text);
      }
    }
    ObjectNode indexes = JSON.objectNode();
    List<String> insecure = new ArrayList<>();
    for (Entry<String, JsonNode> index : config.path("IndexConfigs").properties()) {
      if (index.getValue().deepCopy() instanceof ObjectNode one) {
        if (!one.path("Secure").asBoolean(true)) {
          insecure.add(index.getKey());
        }
        indexes.set(index.getKey(), one.put("Secure", true));
      }
    }
    return configure(
        Map.of("insecure-registries", JSON.arrayNode()),
        Set.of(),
        List.of(
            info(List.of("RegistryConfig", "InsecureRegistryCIDRs"), loopback),
            info(List.of("RegistryConfig", "IndexConfigs"), indexes)),
        insecure.isEmpty()
            ? "Registries in these ranges need a certificate that the host trusts first."
            : "Give "
                + String.join(", ", insecure)
                + " a certificate that the host trusts first, or put its CA below"
                + " /etc/docker/certs.d: until then nothing can be pulled from there.");
  }

  private static Fix storageDriver(Failure failure) {
    return configure(
        Map.of("storage-driver", JSON.stringNode("overlay2")),
        Set.of(),
        List.of(info(List.of("Driver"), JSON.stringNode("overlay2"))),
        "Images and containers of the old driver are not seen under the new one: push or save the"
            + " images first, and copy what lies in containers' own layers. Volumes stay.");
  }

  private static Fix remoteApi(Failure failure) {
    Map<String, JsonNode> set = new LinkedHashMap<>();
    set.put("tlsverify", JSON.booleanNode(true));
    set.put("tlscacert", JSON.stringNode("/etc/docker/tls/ca.pem"));
    set.put("tlscert", JSON.stringNode("/etc/docker/tls/cert.pem"));
    set.put("tlskey", JSON.stringNode("/etc/docker/tls/key.pem"));
    ArrayNode warnings = JSON.arrayNode();
    for (JsonNode warning : failure.engine().path("info").path("Warnings")) {
      if (!warning.asString("").contains("API is accessible on")) {
        warnings.add(warning);
      }
    }
    List<Patch> patches = new ArrayList<>();
    patches.add(info(List.of("Warnings"), warnings));
    if (failure.host().transport() == HostFacts.Transport.TCP) {
      patches.add(new Patch.Transport(HostFacts.Transport.TLS));
    }
    return configure(
        set,
        Set.of(),
        patches,
        "Issue server and client certificates from a CA that is used for nothing else, and give"
            + " every client its own first, this portal included: everybody without one is locked"
            + " out. If nobody needs the port, take tcp:// out of \"hosts\" instead.",
        "Where the service is started with -H, change that too: the engine refuses to start with"
            + " both.");
  }

  /**
   * What the engine's own file would say; nothing where it was never read. A setting on the command
   * line has to be moved here, which the engine demands anyway.
   */
  private static List<Patch> file(Failure failure, String key, JsonNode value) {
    return failure.host().hostFiles() instanceof Reading.Read read
            && read.document().path("ssh").path("daemonJson").isObject()
        ? List.of(
            new Patch.Document(
                SubjectKind.HOST_FILE,
                Checklist.HOST_FILES_ID,
                List.of(new Edit(List.of("ssh", "daemonJson", key), value))))
        : List.of();
  }

  private static Fix packetFilter(Failure failure) {
    Map<String, JsonNode> set = new LinkedHashMap<>();
    set.put("iptables", JSON.booleanNode(true));
    set.put("ip6tables", JSON.booleanNode(true));
    List<Patch> patches = new ArrayList<>(file(failure, "iptables", JSON.booleanNode(true)));
    patches.addAll(file(failure, "ip6tables", JSON.booleanNode(true)));
    return configure(
        set,
        Set.of(),
        patches,
        "The engine writes its own rules again: whoever wrote them by hand has to take theirs out.",
        COMMAND_LINE);
  }

  private static Fix cgroupParent(Failure failure) {
    return configure(
        Map.of("cgroup-parent", JSON.stringNode("")),
        Set.of(),
        file(failure, "cgroup-parent", JSON.stringNode("")),
        "Containers move to the usual parent when they are created anew.",
        COMMAND_LINE);
  }

  private static Fix userlandProxy(Failure failure) {
    return configure(
        Map.of("userland-proxy", JSON.booleanNode(false)),
        Set.of(),
        file(failure, "userland-proxy", JSON.booleanNode(false)),
        "Ports published on loopback need net.ipv4.conf.all.route_localnet.",
        COMMAND_LINE);
  }

  private static Fix ulimits(Failure failure) {
    ObjectNode limits = JSON.objectNode();
    limits.set("nofile", limit("nofile", 1024, 4096));
    limits.set("nproc", limit("nproc", 1024, 2048));
    return configure(
        Map.of("default-ulimits", limits),
        Set.of(),
        file(failure, "default-ulimits", limits),
        "Services with many connections need a higher nofile: set that on the container.");
  }

  private static ObjectNode limit(String name, long soft, long hard) {
    return JSON.objectNode().put("Name", name).put("Hard", hard).put("Soft", soft);
  }

  private static Fix userNamespaces(Failure failure) {
    return configure(
        Map.of("userns-remap", JSON.stringNode("default")),
        Set.of(),
        List.of(securityOption(failure, "name=userns")),
        "The engine starts with an empty data directory: containers, images and volumes stay in the"
            + " old one. Plan to move volumes, and give bound directories to the remapped user.",
        "--privileged, --pid=host and --network=host need --userns=host then; engines with the"
            + " containerd image store do not offer it.");
  }

  /** One more entry in what the engine lists under security. */
  private static Patch securityOption(Failure failure, String added) {
    ArrayNode options = JSON.arrayNode();
    failure.engine().path("info").path("SecurityOptions").forEach(options::add);
    return info(List.of("SecurityOptions"), options.add(added));
  }

  private static Fix remoteLogs(Failure failure) {
    Map<String, JsonNode> set = new LinkedHashMap<>();
    set.put("log-driver", JSON.stringNode("syslog"));
    set.put("log-opts", JSON.objectNode().put("syslog-address", "tcp+tls://logs.example.com:6514"));
    return configure(
        set,
        Set.of(),
        List.of(info(List.of("LoggingDriver"), JSON.stringNode("syslog"))),
        "Put the address of your own log server. Containers keep the driver that they were created"
            + " with, and do not start while the server cannot be reached.");
  }

  private static Fix noNewPrivileges(Failure failure) {
    return configure(
        Map.of("no-new-privileges", JSON.booleanNode(true)),
        Set.of(),
        List.of(securityOption(failure, "name=no-new-privileges")),
        "sudo, su and other set-id programs stop to work in every container that is started from"
            + " then on.");
  }

  /** Gives the engine its filter back; a kernel without seccomp is another matter. */
  static Fix seccomp(Failure failure) {
    return seccompPatch(failure)
        .map(
            patch ->
                configure(
                    Map.of(),
                    Set.of("seccomp-profile"),
                    List.of(patch),
                    "Debuggers and tools that make namespaces may need a profile of their own."))
        .orElseGet(
            () ->
                new Fix.Decision(
                    "The engine knows no seccomp at all, so its kernel or its build lacks it. Boot"
                        + " a kernel with CONFIG_SECCOMP_FILTER, or install another build."));
  }

  /** The engine with its own filter in place of none; empty if it lists no filter. */
  static Optional<Patch> seccompPatch(Failure failure) {
    ArrayNode options = JSON.arrayNode();
    boolean changed = false;
    for (JsonNode option : failure.engine().path("info").path("SecurityOptions")) {
      String text = option.asString("");
      boolean off = text.contains("seccomp") && text.contains("profile=unconfined");
      changed |= off;
      options.add(off ? "name=seccomp,profile=builtin" : text);
    }
    return changed ? Optional.of(info(List.of("SecurityOptions"), options)) : Optional.empty();
  }

  private static Fix upgrade(Failure failure) {
    String system = failure.engine().path("info").path("OperatingSystem").asString("");
    String lower = system.toLowerCase(Locale.ROOT);
    List<String> commands =
        DEBIAN.stream().anyMatch(lower::contains)
            ? List.of("apt-get update", "apt-get install --only-upgrade docker-ce containerd.io")
            : List.of("dnf upgrade docker-ce containerd.io");
    return new Fix.Run(
        ENGINE,
        commands,
        List.of(),
        List.of(
            "Where the engine comes from the distribution the package has another name (docker.io,"
                + " moby-engine).",
            "Containers without live-restore stop while the engine is replaced; release notes say"
                + " what a new major version no longer does."));
  }

  private static Fix securityModule(Failure failure) {
    String system =
        failure.engine().path("info").path("OperatingSystem").asString("").toLowerCase(Locale.ROOT);
    List<Patch> patches = new ArrayList<>();
    patches.add(securityOption(failure, "name=apparmor"));
    // Containers get the engine's profile at their next start
    for (Entry<String, Reading> container : failure.host().containers().entrySet()) {
      if (container.getValue() instanceof Reading.Read read
          && read.document().path("AppArmorProfile").asString("?").isEmpty()) {
        patches.add(
            new Patch.Document(
                SubjectKind.CONTAINER,
                container.getKey(),
                List.of(new Edit(List.of("AppArmorProfile"), JSON.stringNode("docker-default")))));
      }
    }
    boolean redHat =
        List.of("red hat", "centos", "fedora", "rocky", "alma").stream().anyMatch(system::contains);
    return redHat
        ? new Fix.Run(
            ENGINE,
            List.of("dnf install container-selinux", "setenforce 1"),
            List.of(),
            List.of("Set \"selinux-enabled\": true in daemon.json and restart the engine as well."))
        : new Fix.Run(
            ENGINE,
            List.of("apt-get install apparmor", "systemctl restart docker"),
            patches,
            List.of(
                "The kernel has to be booted with it (apparmor=1 security=apparmor). Containers"
                    + " stop with the engine, and get the engine's profile at their next start."));
  }

  /** Lets the kernel enforce what containers are limited to. */
  static Fix limits(Failure failure) {
    return new Fix.Run(
        ENGINE,
        List.of(
            "# in /etc/default/grub, then update-grub and a reboot:",
            "GRUB_CMDLINE_LINUX=\"cgroup_enable=memory swapaccount=1\""),
        List.of(limitsPatch(failure)),
        List.of(
            "The host reboots. Rootless engines need cgroup v2, and systemd has to delegate cpu,"
                + " memory and pids to them."));
  }

  /** The engine with all limits enforced. */
  static Patch limitsPatch(Failure failure) {
    List<Edit> edits = new ArrayList<>();
    for (String name : LIMITS) {
      edits.add(new Edit(List.of("info", name), JSON.booleanNode(true)));
    }
    if (failure.engine().path("info").path("CgroupDriver").asString("").equals("none")) {
      edits.add(new Edit(List.of("info", "CgroupDriver"), JSON.stringNode("systemd")));
    }
    return new Patch.Document(SubjectKind.ENGINE, Checklist.ENGINE_ID, edits);
  }

  /** Whether the engine says that one of the limits is not enforced. */
  static boolean ignoresLimits(Failure failure) {
    JsonNode info = failure.engine().path("info");
    return info.path("CgroupDriver").asString("").equals("none")
        || LIMITS.stream().anyMatch(name -> !info.path(name).asBoolean(true));
  }

  private static Fix clock(Failure failure) {
    return new Fix.Run(
        ENGINE,
        List.of("timedatectl set-ntp true"),
        List.of(
            new Patch.Observation(
                SubjectKind.ENGINE,
                Checklist.ENGINE_ID,
                List.of(new Edit(List.of("clockWithin60s"), JSON.booleanNode(true))))),
        List.of("Time may jump: log lines and certificates notice."));
  }

  private static Fix plugins(Failure failure) {
    return new Fix.Decision(
        "Whether a plugin with such rights is wanted people have to say: declare it, or docker"
            + " plugin disable it after moving what uses it.");
  }
}
