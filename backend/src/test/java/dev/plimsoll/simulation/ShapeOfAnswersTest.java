package dev.plimsoll.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.Waiting;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the simulated answers against those of a real engine on which containers like the simulated
 * ones were made: every field of the one is in the other, with the same JSON types.
 */
@RequiresEngine
class ShapeOfAnswersTest {
  /** Objects whose fields are names that people chose, by the path of the object. */
  private static final Pattern CHOSEN =
      Pattern.compile(
          ".*(Labels|Networks|Ports|PortBindings|ExposedPorts|Volumes(?!\\[)|Containers(?!\\[)"
              + "|LogConfig\\.Config|IndexConfigs|Runtimes|Options|Tmpfs|Sysctls)$");

  /** Fields that only real engines show, and why the simulated ones do not. */
  private static final Map<String, String> ONLY_REAL = Map.of();

  /** Fields that only simulated engines show, and why they may. */
  private static final Map<String, String> ONLY_SIMULATED =
      Map.of(
          "/images[].RepoDigests[]", "the real engine has no registry to pull from",
          "/images/{id}.RepoDigests[]", "likewise",
          "/system/df.Images[].RepoDigests[]", "likewise");

  private static TestEngine engine;
  @TempDir static Path sockets;

  @BeforeAll
  static void start() {
    engine = TestEngine.builder().networked().start();
    engine.build(
        "registry.example.com/shop/api:4.31",
        "FROM " + TestEngine.IMAGE,
        "LABEL org.opencontainers.image.version=4.31",
        "VOLUME /data",
        "EXPOSE 8080");
    engine.docker(
        "network", "create", "--label", "com.docker.compose.project=shop", "shop_default");
    engine.docker("volume", "create", "--label", "com.docker.compose.project=shop", "shop_db_data");
    engine.docker(
        "run",
        "--detach",
        "--name",
        "shop-api-1",
        "--network",
        "shop_default",
        "--network-alias",
        "api",
        "--label",
        "com.docker.compose.project=shop",
        "--label",
        "com.docker.compose.service=api",
        "--env",
        "APP_ENV=production",
        "--volume",
        "shop_db_data:/data:rw",
        "--volume",
        "/etc:/host/etc:ro",
        "--publish",
        "8080:8080",
        "--restart",
        "unless-stopped",
        "--memory",
        "256m",
        "--pids-limit",
        "200",
        "--cpus",
        "1",
        "--cap-drop",
        "ALL",
        "--security-opt",
        "no-new-privileges:true",
        "--user",
        "1000:1000",
        "--log-opt",
        "max-size=10m",
        "--read-only",
        "--tmpfs",
        "/tmp",
        "--health-cmd",
        "/bin/busybox true",
        "--health-interval",
        "1s",
        "registry.example.com/shop/api:4.31");
    engine.docker(
        "run",
        "--detach",
        "--name",
        "shop-api-2",
        "--network",
        "shop_default",
        "registry.example.com/shop/api:4.31");
    engine.docker(
        "run",
        "--detach",
        "--name",
        "plain",
        TestEngine.IMAGE,
        "/bin/busybox",
        "sh",
        "-c",
        "echo x > /written; /bin/busybox sleep 1000000");
    engine.docker("run", "--detach", "--name", "own-host", "--network", "host", TestEngine.IMAGE);
    engine.docker("create", "--name", "debug", "--privileged", TestEngine.IMAGE);
    Waiting.until(
        "a health check",
        () ->
            engine
                .docker("inspect", "--format", "{{.State.Health.Status}}", "shop-api-1")
                .equals("healthy"));
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  @DisplayName("Every field of a real 20.10 is in the simulated one with its types, and no other")
  void fields() {
    FleetPlan plan = new FleetPlan(1, 60, 40);
    HostDay old = recorded(plan);
    try (SimulatedFleet fleet = SimulatedFleet.start(plan, sockets)) {
      Map<String, Set<String>> real = fields(engine.socket());
      Map<String, Set<String>> simulated = fields(fleet.socket(old.host().index()));
      assertThat(without(simulated, ONLY_SIMULATED.keySet()).keySet())
          .as("fields")
          .containsExactlyInAnyOrderElementsOf(without(real, ONLY_REAL.keySet()).keySet());
      assertThat(simulated.entrySet())
          .filteredOn(field -> !ONLY_SIMULATED.containsKey(field.getKey() + "[]"))
          .allSatisfy(
              field ->
                  assertThat(withoutNull(field.getValue()))
                      .as(field.getKey())
                      .isSubsetOf(real.getOrDefault(field.getKey(), field.getValue())));
    }
  }

  @Test
  @DisplayName("Refusals are those of a real engine: status, message and type")
  void refusals() throws IOException {
    FleetPlan plan = new FleetPlan(1, 60, 40);
    HostDay old = recorded(plan);
    try (SimulatedFleet fleet = SimulatedFleet.start(plan, sockets)) {
      for (String path :
          List.of(
              "/v1.41/containers/abcabcabcabc/json",
              "/v1.41/containers/abcabcabcabc/top?ps_args=-eo%20pid,uid,comm",
              "/v1.41/images/sha256:" + "ab".repeat(32) + "/json",
              "/v1.41/networks/abcabcabcabc",
              "/v1.41/exec/" + "ab".repeat(32) + "/json",
              "/v1.41/nothing",
              "/v1.41/swarm",
              "/v1.99/info")) {
        Answer real = get(engine.socket(), path);
        Answer simulated = get(fleet.socket(old.host().index()), path);
        assertThat(simulated.status()).as(path).isEqualTo(real.status());
        assertThat(simulated.body().strip()).as(path).isEqualTo(real.body().strip());
      }
    }
  }

  @Test
  @DisplayName("Only the shape of 20.10 with its own store passes for recorded")
  void sources() {
    for (EngineRelease release : EngineRelease.values()) {
      for (ImageStore store : ImageStore.values()) {
        assertThat(new Shape(release, 41, store).source())
            .isEqualTo(
                release == EngineRelease.V20_10 && store == ImageStore.OVERLAY2
                    ? Shape.Source.RECORDED
                    : Shape.Source.DESCRIBED);
      }
    }
  }

  @Test
  @DisplayName("Newer APIs leave out and add what their description says")
  void described() {
    HostDay any = new FleetPlan(1, 60, 5).at(0, 0);
    assertThat(names(any, 41, "images")).contains("VirtualSize", "ContainerConfig");
    assertThat(names(any, 44, "images")).doesNotContain("VirtualSize").contains("ContainerConfig");
    assertThat(names(any, 45, "images")).doesNotContain("ContainerConfig", "Container");
    assertThat(names(any, 52, "images")).doesNotContain("Parent", "DockerVersion");
    assertThat(inspect(any, 51, "containers").path("NetworkSettings").has("Bridge")).isTrue();
    assertThat(inspect(any, 52, "containers").path("NetworkSettings").has("Bridge")).isFalse();
    assertThat(inspect(any, 52, "containers").path("HostConfig").has("KernelMemory")).isFalse();
  }

  private static Set<String> names(HostDay on, int api, String kind) {
    return new TreeSet<>(inspect(on, api, kind).propertyNames());
  }

  private static JsonNode inspect(HostDay on, int api, String kind) {
    HostDay newest =
        new HostDay(
            on.host(),
            on.day(),
            on.engineId(),
            EngineRelease.V29,
            ImageStore.OVERLAY2,
            on.settings(),
            on.containers(),
            on.images(),
            on.volumes(),
            on.networks());
    EngineRelease release = api < 44 ? EngineRelease.V28 : EngineRelease.V29;
    HostDay asked =
        new HostDay(
            newest.host(),
            newest.day(),
            newest.engineId(),
            release,
            newest.store(),
            newest.settings(),
            newest.containers(),
            newest.images(),
            newest.volumes(),
            newest.networks());
    String id =
        kind.equals("images") ? on.images().getFirst().id() : on.containers().getFirst().id();
    Reply reply =
        new EngineAnswers(asked, Instant.parse("2026-03-01T12:00:00Z"))
            .to("/v1." + api + "/" + kind + "/" + id + "/json");
    return JsonMapper.shared().readTree(((Reply.Whole) reply).body());
  }

  private static HostDay recorded(FleetPlan plan) {
    return IntStream.range(0, plan.hosts())
        .mapToObj(host -> plan.at(host, 0))
        .filter(on -> on.release() == EngineRelease.V20_10 && on.store() == ImageStore.OVERLAY2)
        .filter(on -> on.containers().stream().anyMatch(one -> one.has(Trait.HOST_NETWORK)))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Set<String>> fields(Path socket) {
    Map<String, Set<String>> fields = new TreeMap<>();
    for (String path : List.of("/version", "/info", "/volumes", "/networks", "/system/df")) {
      collect(path, json(socket, path), fields);
    }
    JsonNode containers = json(socket, "/containers/json?all=true");
    collect("/containers", containers, fields);
    for (JsonNode container : containers) {
      String path = "/containers/" + container.path("Id").asString();
      collect("/containers/{id}", json(socket, path + "/json"), fields);
      collect("/containers/{id}?size=1", json(socket, path + "/json?size=1"), fields);
      if (container.path("State").asString().equals("running")) {
        collect("/top", json(socket, path + "/top?ps_args=-eo%20pid,uid,comm"), fields);
      }
      collect("/changes", json(socket, path + "/changes"), fields);
    }
    JsonNode images = json(socket, "/images/json");
    collect("/images", images, fields);
    for (JsonNode image : images) {
      String path = "/images/" + image.path("Id").asString();
      collect("/images/{id}", json(socket, path + "/json"), fields);
      collect("/history", json(socket, path + "/history"), fields);
    }
    for (JsonNode network : json(socket, "/networks")) {
      collect("/networks/{id}", json(socket, "/networks/" + network.path("Id").asString()), fields);
    }
    return fields;
  }

  private static void collect(String path, JsonNode value, Map<String, Set<String>> fields) {
    fields.computeIfAbsent(path, absent -> new TreeSet<>()).add(value.getNodeType().name());
    if (value.isArray()) {
      value.forEach(element -> collect(path + "[]", element, fields));
    } else if (value.isObject()) {
      boolean chosen = CHOSEN.matcher(path).matches();
      value
          .properties()
          .forEach(
              field ->
                  collect(path + "." + (chosen ? "*" : field.getKey()), field.getValue(), fields));
    }
  }

  private static Map<String, Set<String>> without(
      Map<String, Set<String>> fields, Set<String> names) {
    return fields.entrySet().stream()
        .filter(field -> !names.contains(field.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Set<String> withoutNull(Set<String> types) {
    return types.stream().filter(type -> !type.equals("NULL")).collect(Collectors.toSet());
  }

  private record Answer(int status, String body) {}

  private static JsonNode json(Path socket, String path) {
    try {
      return JsonMapper.shared().readTree(get(socket, "/v1.41" + path).body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(path, e);
    }
  }

  private static Answer get(Path socket, String path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(
          ByteBuffer.wrap(
              ("GET " + path + " HTTP/1.0\r\nHost: engine\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII)));
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      String head = answer.substring(0, end);
      String body = answer.substring(end + 4);
      return new Answer(
          Integer.parseInt(head.substring(9, 12)), head.contains("chunked") ? whole(body) : body);
    }
  }

  private static String whole(String chunked) {
    StringBuilder body = new StringBuilder();
    int at = 0;
    while (true) {
      int line = chunked.indexOf("\r\n", at);
      int length = Integer.parseInt(chunked.substring(at, line), 16);
      if (length == 0) {
        return body.toString();
      }
      // ASCII only: the fixture has nothing else
      body.append(chunked, line + 2, line + 2 + length);
      at = line + 2 + length + 2;
    }
  }
}
