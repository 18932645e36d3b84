package dev.plimsoll.ui.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents as engines return them, from careless to hardened, the same for the same seed. */
final class FakeDocuments {
  private static final JsonMapper JSON = new JsonMapper();

  private final Random random;

  FakeDocuments(long seed) {
    this.random = new Random(seed);
  }

  static String sha256(JsonNode document) {
    return sha256(document.toString());
  }

  static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean careless(double care) {
    return random.nextDouble() > care;
  }

  ObjectNode engine(String name, double care) {
    ObjectNode document = JSON.createObjectNode();
    ObjectNode info = document.putObject("info");
    info.put("ID", sha256(name).substring(0, 36));
    info.put("Name", name);
    info.put("ServerVersion", careless(care) ? "20.10.24" : "28.5.1");
    info.put("OperatingSystem", "Debian GNU/Linux 12 (bookworm)");
    info.put("OSType", "linux");
    info.put("KernelVersion", "6.1.0-40-amd64");
    info.put("Architecture", "x86_64");
    info.put("NCPU", 8);
    info.put("MemTotal", 16_777_216_000L);
    info.put("Driver", "overlay2");
    info.put("LoggingDriver", careless(care) ? "json-file" : "local");
    info.put("CgroupVersion", "2");
    info.put("DockerRootDir", "/var/lib/docker");
    info.put("Debug", false);
    info.put("LiveRestoreEnabled", !careless(care));
    info.put("ExperimentalBuild", false);
    ArrayNode options = info.putArray("SecurityOptions");
    options.add("name=apparmor");
    options.add("name=seccomp,profile=builtin");
    if (!careless(care)) {
      options.add("name=userns");
      options.add("name=no-new-privileges");
    }
    info.putObject("Swarm").put("LocalNodeState", "inactive");
    info.putObject("Plugins").putArray("Authorization");
    info.putObject("RegistryConfig").putArray("InsecureRegistryCIDRs").add("127.0.0.0/8");
    document.putObject("version").put("Version", "28.5.1").put("ApiVersion", "1.51");
    return document;
  }

  ObjectNode container(String id, String name, String image, String project, double care) {
    ObjectNode document = JSON.createObjectNode();
    document.put("Id", id);
    document.put("Name", "/" + name);
    document.put("Path", "/entrypoint.sh");
    document.putArray("Args").add("serve").add("--listen=0.0.0.0");
    document.put("AppArmorProfile", careless(care) ? "unconfined" : "docker-default");
    ObjectNode config = document.putObject("Config");
    config.put("Hostname", id.substring(0, 12));
    config.put("User", careless(care) ? "" : "10001:10001");
    config.put("Image", image);
    config.putArray("Env").add("PATH=/usr/local/bin:/usr/bin").add("LANG=C.UTF-8");
    ObjectNode labels = config.putObject("Labels");
    labels.put("com.docker.compose.project", project);
    labels.put("com.docker.compose.service", name.replaceAll("-\\d+$", ""));
    if (!careless(care)) {
      config.putObject("Healthcheck").putArray("Test").add("CMD").add("/healthy");
    }
    ObjectNode host = document.putObject("HostConfig");
    host.put("Privileged", random.nextDouble() > 0.9 + care / 8);
    host.put("NetworkMode", careless(care + 0.3) ? "host" : project + "_default");
    host.put("PidMode", careless(care + 0.5) ? "host" : "");
    host.put("IpcMode", "private");
    host.put("UTSMode", "");
    host.put("UsernsMode", "");
    host.put("CgroupnsMode", "private");
    host.put("ReadonlyRootfs", !careless(care));
    host.put("Memory", careless(care) ? 0 : 536_870_912);
    host.put("NanoCpus", careless(care) ? 0 : 1_000_000_000);
    host.put("PidsLimit", careless(care) ? 0 : 256);
    host.put("Runtime", "runc");
    ArrayNode options = host.putArray("SecurityOpt");
    if (!careless(care)) {
      options.add("no-new-privileges:true");
    }
    ArrayNode added = host.putArray("CapAdd");
    if (careless(care + 0.3)) {
      added.add("SYS_ADMIN");
    }
    if (!careless(care)) {
      host.putArray("CapDrop").add("ALL");
    }
    host.putObject("RestartPolicy")
        .put("Name", careless(care) ? "always" : "on-failure")
        .put("MaximumRetryCount", 5);
    host.putObject("LogConfig").put("Type", "json-file").putObject("Config");
    ObjectNode ports = host.putObject("PortBindings");
    if (name.startsWith("web")) {
      ports
          .putArray("8080/tcp")
          .addObject()
          .put("HostIp", careless(care) ? "" : "127.0.0.1")
          .put("HostPort", "8080");
    }
    host.putArray("Devices");
    host.putArray("MaskedPaths").add("/proc/kcore");
    host.putArray("ReadonlyPaths").add("/proc/sys");
    ArrayNode mounts = document.putArray("Mounts");
    if (careless(care + 0.3)) {
      mounts
          .addObject()
          .put("Type", "bind")
          .put("Source", "/var/run/docker.sock")
          .put("Destination", "/var/run/docker.sock")
          .put("RW", true)
          .put("Propagation", "rprivate");
    }
    return document;
  }

  ObjectNode observation(Instant now) {
    ObjectNode observation = JSON.createObjectNode();
    boolean exited = random.nextDouble() > 0.93;
    observation.put("state", exited ? "exited" : "running");
    observation.put("everStarted", true);
    if (exited) {
      observation.put("finishedAt", now.minusSeconds(86_400).toString());
    }
    return observation;
  }

  ObjectNode image(String name, Instant created) {
    ObjectNode document = JSON.createObjectNode();
    document.putArray("tags").add(name);
    ObjectNode inspect = document.putObject("inspect");
    inspect.put("Os", "linux");
    inspect.put("Architecture", "amd64");
    inspect.put("Created", created.toString());
    inspect.put("Size", 80_000_000 + random.nextInt(400_000_000));
    inspect.putObject("Config").put("User", random.nextBoolean() ? "10001" : "");
    ArrayNode layers = inspect.putObject("RootFS").putArray("Layers");
    for (int i = 0; i < 6; i++) {
      layers.add("sha256:" + sha256(name + i));
    }
    return document;
  }

  ObjectNode volume(String name) {
    ObjectNode document = JSON.createObjectNode();
    document.put("Name", name);
    document.put("Driver", "local");
    document.put("Scope", "local");
    document.put("Mountpoint", "/var/lib/docker/volumes/" + name + "/_data");
    document.putNull("Options");
    return document;
  }

  ObjectNode network(String name) {
    ObjectNode document = JSON.createObjectNode();
    document.put("Name", name);
    document.put("Driver", "bridge");
    document.put("Scope", "local");
    document.put("Internal", false);
    document.putObject("IPAM").putArray("Config").addObject().put("Subnet", "172.18.0.0/16");
    document.putObject("Options").put("com.docker.network.bridge.enable_icc", "true");
    return document;
  }
}
