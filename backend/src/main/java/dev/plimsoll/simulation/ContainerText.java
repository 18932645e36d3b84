package dev.plimsoll.simulation;

import dev.plimsoll.simulation.HostDay.Container;
import dev.plimsoll.simulation.HostDay.Mount;
import dev.plimsoll.simulation.HostDay.Volume;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one container puts into the slots of its answers. */
final class ContainerText implements Template.Values {
  private static final String NEVER = "0001-01-01T00:00:00Z";
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String MASKED =
      "\"/proc/asound\",\"/proc/acpi\",\"/proc/kcore\",\"/proc/keys\",\"/proc/latency_stats\","
          + "\"/proc/timer_list\",\"/proc/timer_stats\",\"/proc/sched_debug\",\"/proc/scsi\","
          + "\"/sys/firmware\"";
  private static final String READ_ONLY =
      "[\"/proc/bus\",\"/proc/fs\",\"/proc/irq\",\"/proc/sys\",\"/proc/sysrq-trigger\"]";
  private static final int FIRST_PORT = 20_000;
  private static final int ADDRESSES = 250;
  private static final long MEBIBYTE = 1L << 20;

  private final HostDay on;
  private final Container container;
  private final Shape shape;
  private final Instant now;
  private final Product product;
  private final Chance chance;

  /**
   * A container's words.
   *
   * @param now by the engine's clock
   */
  ContainerText(HostDay on, Container container, Shape shape, Instant now) {
    this.on = on;
    this.container = container;
    this.shape = shape;
    this.now = now;
    this.product = container.image().product();
    this.chance = new Chance(container.created().toEpochMilli()).of(container.name());
  }

  @Override
  public String of(String slot) {
    return switch (slot) {
      case "id" -> container.id();
      case "name" -> container.name();
      case "created" -> container.created().toString();
      case "createdSecond" -> Long.toString(container.created().getEpochSecond());
      case "path" -> Json.text(product.command().getFirst());
      case "args" -> Json.texts(arguments());
      case "command" -> Json.text(String.join(" ", product.command()));
      case "status" -> container.restarting() ? "restarting" : "running";
      case "statusText" -> statusText();
      case "running" -> "true";
      case "restarting" -> Boolean.toString(container.restarting());
      case "pid" -> Integer.toString(container.restarting() ? 0 : pid());
      case "exitCode" -> container.restarting() ? "1" : "0";
      case "startedAt" -> startedAt().toString();
      case "finishedAt" -> container.restarting() ? startedAt().plusSeconds(1).toString() : NEVER;
      case "health" -> hasHealthcheck() ? health() : "";
      case "restartCount" ->
          container.restarting()
              ? Long.toString(Duration.between(container.created(), now).toMinutes())
              : "0";
      case "image" -> container.image().id();
      case "configuredImage" -> Json.text(container.configuredImage());
      case "driver" -> shape.store().driver();
      case "apparmor" ->
          container.has(Trait.PRIVILEGED)
              ? "unconfined"
              : HostText.apparmor(on) ? "docker-default" : "";
      case "layer" -> chance.of("layer").id();
      case "imageLayers" -> ImageText.layerDirectories(container.image());
      case "hostname" ->
          Json.text(
              container.has(Trait.HOST_NETWORK)
                  ? on.host().name()
                  : container.id().substring(0, 12));
      default -> network(slot);
    };
  }

  private String network(String slot) {
    boolean addresses = !container.network().subnet().isEmpty();
    return switch (slot) {
      case "network" -> container.network().name();
      case "networkId" -> container.network().id();
      case "networkMode" ->
          Json.text(
              container.network().name().equals("bridge") ? "default" : container.network().name());
      case "endpoint" -> container.restarting() ? "" : chance.of("endpoint").id();
      case "gateway" -> Json.text(addresses ? container.network().subnet() + ".0.1" : "");
      case "address" -> Json.text(addresses ? address() : "");
      case "prefix" -> addresses ? "16" : "0";
      case "mac" -> Json.text(addresses ? mac() : "");
      case "aliases" -> aliases();
      case "dnsNames" -> container.service() == null ? Json.NULL : Json.texts(dnsNames());
      case "sandbox" -> chance.of("sandbox").id();
      case "sandboxKey" ->
          container.has(Trait.HOST_NETWORK)
              ? "/var/run/docker/netns/default"
              : "/var/run/docker/netns/" + chance.of("sandbox").id().substring(0, 12);
      case "ports" -> ports();
      case "listedPorts" -> listedPorts();
      case "portBindings" -> portBindings();
      case "exposedPorts" ->
          product.port() == 0 ? "" : "\"ExposedPorts\":{\"" + product.port() + "/tcp\":{}}";
      default -> options(slot);
    };
  }

  private String options(String slot) {
    boolean privileged = container.has(Trait.PRIVILEGED);
    return switch (slot) {
      case "binds" -> binds();
      case "mounts" ->
          container.mounts().stream().map(this::mount).collect(Collectors.joining(",", "[", "]"));
      case "logOptions" ->
          container.has(Trait.ENDLESS_LOG) ? "{}" : "{\"max-file\":\"3\",\"max-size\":\"10m\"}";
      case "restart" -> container.number() % 3 == 0 ? "on-failure" : "unless-stopped";
      case "restartRetries" -> container.number() % 3 == 0 ? "5" : "0";
      case "capAdd" -> Json.NULL;
      case "capDrop" -> container.has(Trait.ALL_CAPABILITIES) ? Json.NULL : "[\"ALL\"]";
      case "cgroupns" -> shape.unifiedControlGroups() ? "\"private\"" : "\"host\"";
      case "pidMode" -> "\"\"";
      case "privileged" -> Boolean.toString(privileged);
      case "readonly" -> Boolean.toString(!container.has(Trait.WRITABLE_ROOT));
      case "securityOpt" -> securityOptions(privileged);
      case "tmpfs" -> container.has(Trait.WRITABLE_ROOT) ? "" : "\"Tmpfs\":{\"/tmp\":\"\"}";
      case "memory" -> Long.toString(memory());
      case "memorySwap" -> Long.toString(2 * memory());
      case "nanoCpus" -> container.has(Trait.NO_MEMORY_LIMIT) ? "0" : "1000000000";
      case "pidsLimit" -> container.has(Trait.NO_PIDS_LIMIT) ? Json.NULL : "200";
      case "maskedPaths" -> privileged ? Json.NULL : masked();
      case "readonlyPaths" -> privileged ? Json.NULL : READ_ONLY;
      default -> configuration(slot);
    };
  }

  private String configuration(String slot) {
    return switch (slot) {
      case "user" -> Json.text(user());
      case "env" -> Json.texts(environment());
      case "cmd" -> Json.texts(product.command());
      case "entrypoint" -> Json.NULL;
      case "stopSignal" ->
          product.stopSignal() == null ? "" : "\"StopSignal\":\"" + product.stopSignal() + '"';
      case "volumes" ->
          product.data() == null ? Json.NULL : "{" + Json.text(product.data()) + ":{}}";
      case "workingDir" -> "\"/\"";
      case "labels" -> Json.object(labels());
      case "healthcheck" ->
          hasHealthcheck()
              ? "\"Healthcheck\":{\"Test\":[\"CMD\",\"/bin/healthcheck\"],\"Interval\":30000000000}"
              : "";
      default -> throw new IllegalArgumentException("a container has no " + slot);
    };
  }

  /** Names and numbers of processes, as {@code ps -eo pid,uid,comm} shows them. */
  String processes() {
    String program = product.command().getFirst();
    return "{\"Processes\":[[\"%d\",\"%s\",\"%s\"]],\"Titles\":[\"PID\",\"UID\",\"COMMAND\"]}"
        .formatted(pid(), userNumber(), program.substring(program.lastIndexOf('/') + 1));
  }

  /** The container's place on its network, as the network's own answer shows it. */
  String place() {
    return "{\"Name\":%s,\"EndpointID\":\"%s\",\"MacAddress\":\"%s\",\"IPv4Address\":\"%s\",\"IPv6Address\":\"\"}"
        .formatted(
            Json.text(container.name()),
            of("endpoint"),
            container.network().subnet().isEmpty() ? "" : mac(),
            container.network().subnet().isEmpty() ? "" : address() + "/16");
  }

  private List<String> arguments() {
    return product.command().subList(1, product.command().size());
  }

  private int pid() {
    return 2_000 + 37 * container.number();
  }

  private Instant startedAt() {
    return container.restarting()
        ? now.minusSeconds(30).truncatedTo(ChronoUnit.SECONDS)
        : container.created().plusMillis(700);
  }

  private String statusText() {
    if (container.restarting()) {
      return "Restarting (1) 20 seconds ago";
    }
    long days = Duration.between(container.created(), now).toDays();
    String up = days < 1 ? "Up 5 hours" : days == 1 ? "Up 24 hours" : "Up " + days + " days";
    return hasHealthcheck() ? up + " (healthy)" : up;
  }

  private boolean hasHealthcheck() {
    return !container.has(Trait.NO_HEALTHCHECK);
  }

  private String health() {
    Instant checked = now.truncatedTo(ChronoUnit.MINUTES);
    String status = container.restarting() ? "unhealthy" : "healthy";
    return ("\"Health\":{\"Status\":\"%s\",\"FailingStreak\":%d,\"Log\":[{\"Start\":\"%s\","
            + "\"End\":\"%s\",\"ExitCode\":%d,\"Output\":\"\"}]}")
        .formatted(
            status,
            container.restarting() ? 3 : 0,
            checked,
            checked.plusMillis(40),
            container.restarting() ? 1 : 0);
  }

  private String address() {
    int number = container.number();
    return container.network().subnet() + "." + number / ADDRESSES + "." + (2 + number % ADDRESSES);
  }

  /** The engine makes it from the address. */
  private String mac() {
    StringBuilder mac = new StringBuilder("02:42");
    for (String octet : address().split("\\.", -1)) {
      mac.append(":%02x".formatted(Integer.parseInt(octet)));
    }
    return mac.toString();
  }

  private List<String> dnsNames() {
    List<String> names = new ArrayList<>(List.of(container.name()));
    if (container.service() != null) {
      names.add(container.service());
    }
    names.add(container.id().substring(0, 12));
    return names;
  }

  private String aliases() {
    if (container.service() == null || container.has(Trait.HOST_NETWORK)) {
      return Json.NULL;
    }
    return shape.asked() >= 45
        ? Json.texts(List.of(container.name(), container.service()))
        : Json.texts(
            List.of(container.name(), container.service(), container.id().substring(0, 12)));
  }

  private boolean publishes() {
    return product.port() > 0
        && container.replica() == 1
        && !container.has(Trait.HOST_NETWORK)
        && (container.has(Trait.PUBLISHED_EVERYWHERE) || container.number() % 3 == 0);
  }

  private String publishedAt() {
    return container.has(Trait.PUBLISHED_EVERYWHERE) ? "" : "127.0.0.1";
  }

  private String portBindings() {
    return publishes()
        ? "{\"%d/tcp\":[{\"HostIp\":\"%s\",\"HostPort\":\"%d\"}]}"
            .formatted(product.port(), publishedAt(), FIRST_PORT + container.number())
        : "{}";
  }

  private String ports() {
    if (product.port() == 0 || container.has(Trait.HOST_NETWORK)) {
      return "{}";
    }
    if (!publishes()) {
      return "{\"%d/tcp\":null}".formatted(product.port());
    }
    return "{\"%d/tcp\":[%s]}"
        .formatted(
            product.port(),
            listeningAddresses().stream()
                .map(
                    ip ->
                        "{\"HostIp\":\"%s\",\"HostPort\":\"%d\"}"
                            .formatted(ip, FIRST_PORT + container.number()))
                .collect(Collectors.joining(",")));
  }

  private String listedPorts() {
    if (product.port() == 0 || container.has(Trait.HOST_NETWORK)) {
      return "[]";
    }
    if (!publishes()) {
      return "[{\"PrivatePort\":%d,\"Type\":\"tcp\"}]".formatted(product.port());
    }
    return listeningAddresses().stream()
        .map(
            ip ->
                "{\"IP\":\"%s\",\"PrivatePort\":%d,\"PublicPort\":%d,\"Type\":\"tcp\"}"
                    .formatted(ip, product.port(), FIRST_PORT + container.number()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private List<String> listeningAddresses() {
    return publishedAt().isEmpty() ? List.of("0.0.0.0", "::") : List.of(publishedAt());
  }

  private String binds() {
    return container.mounts().isEmpty()
        ? Json.NULL
        : Json.texts(
            container.mounts().stream()
                .map(
                    mount ->
                        (mount.volume() == null ? mount.source() : mount.volume().name())
                            + ":"
                            + mount.destination()
                            + ":"
                            + mode(mount))
                .toList());
  }

  private static String mode(Mount mount) {
    return mount.writable() ? "rw" : "ro";
  }

  private String mount(Mount mount) {
    Volume volume = mount.volume();
    return volume == null
        ? ("{\"Type\":\"bind\",\"Source\":%s,\"Destination\":%s,\"Mode\":\"%s\",\"RW\":%b,"
                + "\"Propagation\":\"rprivate\"}")
            .formatted(
                Json.text(mount.source()),
                Json.text(mount.destination()),
                mode(mount),
                mount.writable())
        : ("{\"Type\":\"volume\",\"Name\":%s,\"Source\":%s,\"Destination\":%s,"
                + "\"Driver\":\"local\",\"Mode\":\"rw\",\"RW\":true,\"Propagation\":\"\"}")
            .formatted(
                Json.text(volume.name()),
                Json.text("/var/lib/docker/volumes/" + volume.name() + "/_data"),
                Json.text(mount.destination()));
  }

  private String securityOptions(boolean privileged) {
    List<String> options = new ArrayList<>();
    if (privileged) {
      options.add("label=disable");
    }
    if (!container.has(Trait.NEW_PRIVILEGES)) {
      options.add("no-new-privileges:true");
    }
    return options.isEmpty() ? Json.NULL : Json.texts(options);
  }

  private long memory() {
    return container.has(Trait.NO_MEMORY_LIMIT) ? 0 : MEBIBYTE * (256L << (container.number() % 4));
  }

  private String masked() {
    return shape.since(EngineRelease.V25)
        ? "[" + MASKED + ",\"/sys/devices/virtual/powercap\"]"
        : "[" + MASKED + "]";
  }

  private String user() {
    if (container.has(Trait.ROOT)) {
      return product.user();
    }
    return product.user().isEmpty() ? "1000:1000" : product.user();
  }

  private String userNumber() {
    String user = user().replaceFirst(":.*", "");
    return switch (user) {
      case "" -> "0";
      case "nobody" -> "65534";
      case "www-data" -> "33";
      default -> user;
    };
  }

  private List<String> environment() {
    List<String> environment = new ArrayList<>();
    environment.add("APP_ENV=" + on.host().environment());
    if (container.has(Trait.SECRET_IN_ENVIRONMENT)) {
      environment.add("DB_PASSWORD=" + chance.of("password").id().substring(0, 20));
    } else {
      environment.add("DB_PASSWORD_FILE=/run/secrets/db-password");
    }
    environment.add("TZ=UTC");
    environment.add(PATH);
    return environment;
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    String project = container.project();
    String service = container.service();
    if (project != null && service != null) {
      labels.put("com.docker.compose.config-hash", chance.of("configuration").id());
      labels.put("com.docker.compose.container-number", Integer.toString(container.replica()));
      labels.put("com.docker.compose.oneoff", "False");
      labels.put("com.docker.compose.project", project);
      labels.put("com.docker.compose.project.config_files", "/srv/" + project + "/compose.yaml");
      labels.put("com.docker.compose.project.working_dir", "/srv/" + project);
      labels.put("com.docker.compose.service", service);
      labels.put("com.docker.compose.version", "2.29.7");
    }
    if (!container.has(Trait.NO_OWNER)) {
      labels.put("owner", on.host().owner());
    }
    labels.putAll(ImageText.labels(container.image()));
    return labels;
  }

  /** An account file of the container's image. */
  static @Nullable String accountFile(String path) {
    return switch (path) {
      case "/etc/passwd" ->
          """
          root:x:0:0:root:/root:/bin/sh
          www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
          app:x:1000:1000:app:/app:/bin/sh
          nobody:x:65534:65534:nobody:/:/usr/sbin/nologin
          """;
      case "/etc/group" ->
          """
          root:x:0:
          www-data:x:33:
          app:x:1000:
          nogroup:x:65534:
          """;
      default -> null;
    };
  }
}
