package dev.plimsoll.collect.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.scanning.ArchiveLimits;
import dev.plimsoll.scanning.ImageFilesReader;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestEngine;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every connector promises, on a real engine that is reached the way a subclass says. */
@RequiresEngine
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConnectorContract {
  private static final String MANY_PREFIX = "many-";
  private static final int MANY = 12;
  private static final String LONG_LABEL = "--label=long=" + "x".repeat(100_000);
  private static final JsonMapper JSON = new JsonMapper();
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 4, 8L << 20);

  private final EngineConnector connector = new EngineConnector(Clock.systemUTC());
  private TestEngine engine;
  private String odd;

  /** Starts the engine. */
  abstract TestEngine start();

  /** How the engine is reached. */
  abstract EngineTarget target(TestEngine engine);

  @BeforeAll
  void fill() {
    engine = start();
    odd =
        engine.docker(
            "create",
            "--name=Odd_name.1-x",
            "--label=note=Grüße, 世界 \"&<>\\",
            "--env=EMPTY=",
            TestEngine.IMAGE);
    for (int i = 0; i < MANY; i++) {
      engine.docker("create", "--name=" + MANY_PREFIX + i, LONG_LABEL, TestEngine.IMAGE);
    }
  }

  @AfterAll
  void end() {
    if (engine != null) {
      engine.close();
    }
    connector.close();
  }

  @Test
  @DisplayName("agrees on the engine's API version")
  void negotiates() throws Exception {
    try (EngineConnection connection = open()) {
      String newest = engine.docker("version", "--format", "{{.Server.APIVersion}}");
      assertThat(ApiVersion.parse(connection.apiVersion()))
          .hasValueSatisfying(
              version -> {
                assertThat(version).isLessThanOrEqualTo(ApiVersion.parse(newest).orElseThrow());
                assertThat(version).isBetween(ApiVersion.OLDEST, ApiVersion.NEWEST);
              });
      assertThat(connection.get(EngineRequest.ping())).asString().isEqualTo("OK");
    }
  }

  @Test
  @DisplayName("hands on what the engine says, byte for byte")
  void reads() throws Exception {
    try (EngineConnection connection = open()) {
      assertThat(json(connection.get(EngineRequest.info())).path("ID").asString())
          .isEqualTo(engine.docker("info", "--format", "{{.ID}}"));
      assertThat(json(connection.get(EngineRequest.version())).path("ApiVersion").isString())
          .isTrue();
      JsonNode container = json(connection.get(EngineRequest.container(odd)));
      assertThat(container.path("Name").asString()).isEqualTo("/Odd_name.1-x");
      assertThat(container.path("Config").path("Labels").path("note").asString())
          .isEqualTo("Grüße, 世界 \"&<>\\");
      assertThat(connection.get(EngineRequest.container("Odd_name.1-x")))
          .isEqualTo(connection.get(EngineRequest.container(odd)));
    }
  }

  @Test
  @DisplayName("reads lists, long ones too, images and networks")
  void lists() throws Exception {
    try (EngineConnection connection = open()) {
      byte[] containers = connection.get(EngineRequest.containers());
      assertThat(containers).hasSizeGreaterThan(MANY * 100_000);
      assertThat(json(containers)).hasSize(MANY + 1);
      JsonNode image = json(connection.get(EngineRequest.images())).get(0);
      String id = image.path("Id").asString();
      assertThat(json(connection.get(EngineRequest.image(id))).path("Id").asString()).isEqualTo(id);
      assertThat(json(connection.get(EngineRequest.imageHistory(id))).isArray()).isTrue();
      assertThat(json(connection.get(EngineRequest.volumes())).has("Volumes")).isTrue();
      JsonNode network = json(connection.get(EngineRequest.networks())).get(0);
      String networkId = network.path("Id").asString();
      assertThat(json(connection.get(EngineRequest.network(networkId))).path("Name"))
          .isEqualTo(network.path("Name"));
    }
  }

  @Test
  @DisplayName("reads a container's /etc/passwd as an archive")
  void archive() throws Exception {
    try (EngineConnection connection = open()) {
      byte[] tar = connection.get(EngineRequest.archive(odd, "/etc/passwd"));
      assertThat(new String(tar, StandardCharsets.ISO_8859_1))
          .startsWith("passwd\0")
          .contains("app:x:1000:1000:app:/app:/bin/sh");
    }
  }

  @Test
  @DisplayName("an unknown container is refused with status 404, and the conversation goes on")
  void unknown() throws Exception {
    try (EngineConnection connection = open()) {
      assertThatThrownBy(() -> connection.get(EngineRequest.container("nobody")))
          .isInstanceOfSatisfying(
              EngineCallException.class,
              e -> {
                assertThat(e.category()).isEqualTo(FailureCategory.REFUSED);
                assertThat(e.status()).isEqualTo(404);
                assertThat(e.call()).isEqualTo("GET /containers/nobody/json");
                assertThat(e).hasMessageEndingWith("No such container: nobody");
              });
      assertThat(connection.get(EngineRequest.ping())).asString().isEqualTo("OK");
    }
  }

  @Test
  @DisplayName("serves more callers at once than it has connections")
  void parallel() throws Exception {
    try (EngineConnection connection = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<JsonNode>> calls = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        EngineRequest request = EngineRequest.container(MANY_PREFIX + i);
        calls.add(() -> json(connection.get(request)).path("Name"));
      }
      List<String> names = new ArrayList<>();
      for (Future<JsonNode> answer : threads.invokeAll(calls)) {
        names.add(answer.get().asString());
      }
      assertThat(names)
          .hasSize(MANY)
          .doesNotHaveDuplicates()
          .allMatch(name -> name.startsWith("/" + MANY_PREFIX));
    }
  }

  @Test
  @DisplayName("an answer over the limit is given up, and the conversation goes on")
  void tooLarge() throws Exception {
    ConnectionLimits tight = new ConnectionLimits(LIMITS.connect(), LIMITS.call(), 1, 8192);
    try (EngineConnection connection = connector.open(target(engine), tight)) {
      assertThatThrownBy(() -> connection.get(EngineRequest.containers()))
          .asInstanceOf(type(EngineCallException.class))
          .returns(FailureCategory.PROTOCOL, EngineCallException::category)
          .extracting(EngineCallException::getMessage)
          .asString()
          .endsWith("answered GET /containers/json?all=true with more than 8,192 bytes");
      assertThat(connection.get(EngineRequest.ping())).asString().isEqualTo("OK");
    }
  }

  @Test
  @DisplayName("reads an image's files as they come, however large the archive is")
  void streams() throws Exception {
    ConnectionLimits tight = new ConnectionLimits(LIMITS.connect(), LIMITS.call(), 1, 8192);
    String image = engine.docker("image", "inspect", "--format", "{{.Id}}", TestEngine.IMAGE);
    try (EngineConnection connection = connector.open(target(engine), tight)) {
      ImageFilesReader reader = new ImageFilesReader(ArchiveLimits.DEFAULT);
      JsonNode report =
          connection.stream(EngineRequest.imageFiles(image), Duration.ofSeconds(60), reader::read);
      assertThat(report.path("accounts").path("users").toString())
          .isEqualTo("{\"app\":1000,\"root\":0}");
      assertThat(report.path("layers").size()).isEqualTo(3);
      assertThat(connection.get(EngineRequest.ping())).asString().isEqualTo("OK");
    }
  }

  @Test
  @DisplayName("a stream that is refused or takes too long ends, and the conversation goes on")
  void streamEnds() throws Exception {
    String image = engine.docker("image", "inspect", "--format", "{{.Id}}", TestEngine.IMAGE);
    try (EngineConnection connection = open()) {
      assertThatThrownBy(
              () ->
                  connection.stream(
                      EngineRequest.imageFiles("0".repeat(64)),
                      Duration.ofSeconds(60),
                      InputStream::readAllBytes))
          .asInstanceOf(type(EngineCallException.class))
          .returns(FailureCategory.REFUSED, EngineCallException::category);
      assertThatThrownBy(
              () ->
                  connection.stream(
                      EngineRequest.imageFiles(image),
                      Duration.ofMillis(200),
                      body -> {
                        try {
                          new CountDownLatch(1).await();
                          return "";
                        } catch (InterruptedException e) {
                          throw new InterruptedIOException();
                        }
                      }))
          .asInstanceOf(type(EngineCallException.class))
          .returns(FailureCategory.TIMEOUT, EngineCallException::category);
      assertThat(connection.get(EngineRequest.ping())).asString().isEqualTo("OK");
    }
  }

  @Test
  @DisplayName("after closing, calls fail")
  void closed() throws Exception {
    EngineConnection connection = open();
    connection.close();
    assertThatThrownBy(() -> connection.get(EngineRequest.info()))
        .asInstanceOf(type(EngineCallException.class))
        .returns(FailureCategory.INTERNAL, EngineCallException::category);
    connection.close();
  }

  private EngineConnection open() throws EngineCallException {
    return connector.open(target(engine), LIMITS);
  }

  private static JsonNode json(byte[] body) {
    return JSON.readTree(body);
  }

  /** The engine dies and comes back; on an engine of its own, since others would notice. */
  @Test
  @DisplayName("an engine killed in mid-conversation ends calls under way, and later ones")
  void killed() throws Exception {
    try (TestEngine victim = start();
        EngineConnection connection = connector.open(target(victim), LIMITS);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      victim.pause();
      Future<byte[]> underWay = threads.submit(() -> connection.get(EngineRequest.info()));
      victim.kill();

      assertThatThrownBy(underWay::get)
          .cause()
          .asInstanceOf(type(EngineCallException.class))
          .extracting(EngineCallException::category)
          .isIn(FailureCategory.PROTOCOL, FailureCategory.UNREACHABLE);
      assertThatThrownBy(() -> connection.get(EngineRequest.info()))
          .asInstanceOf(type(EngineCallException.class))
          .extracting(EngineCallException::category)
          .isIn(FailureCategory.PROTOCOL, FailureCategory.UNREACHABLE);
    }
  }
}
