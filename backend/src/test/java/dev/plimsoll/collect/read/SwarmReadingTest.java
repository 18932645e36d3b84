package dev.plimsoll.collect.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.collect.connect.ConnectionLimits;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineConnector;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.testing.FakeEngine;
import dev.plimsoll.testing.FakeEngine.Behaviour;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestCertificates;
import dev.plimsoll.testing.TestEngine;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@RequiresEngine
@DisplayName("Reading a swarm, plugins and the certificate of a real engine")
class SwarmReadingTest {
  private static final String SECRET = "planted-secret-9c1d";
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 4, 8L << 20);

  private static TestEngine engine;

  @BeforeAll
  static void startEngine() {
    engine = TestEngine.builder().networked().start();
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @Test
  @DisplayName("a manager's swarm is read without tokens, masked, and alike twice")
  void manager() throws Exception {
    engine.docker("swarm", "init", "--advertise-addr", "127.0.0.1", "--listen-addr", "127.0.0.1");
    try {
      engine.docker(
          "service",
          "create",
          "--detach",
          "--name=web",
          "--replicas=0",
          "--env=DB_PASSWORD=" + SECRET,
          "--restart-max-attempts=3",
          TestEngine.IMAGE);
      Sighting.Seen swarm = swarm(new EngineTarget(engine.endpoint(), null), Map.of());
      JsonNode document = swarm.document().json();
      assertThat(document.path("swarm").path("TLSInfo").path("TrustRoot").asString())
          .startsWith("-----BEGIN CERTIFICATE-----");
      assertThat(document.path("nodes")).hasSize(1);
      assertThat(document.path("nodes").path(0).path("Spec").path("Role").asString())
          .isEqualTo("manager");
      JsonNode task = document.path("services").path(0).path("Spec").path("TaskTemplate");
      assertThat(task.path("RestartPolicy").path("MaxAttempts").asInt()).isEqualTo(3);
      assertThat(task.path("ContainerSpec").path("Env").path(0).asString())
          .startsWith("DB_PASSWORD={\"masked\"");
      assertThat(document.toString())
          .doesNotContain(SECRET, "SWMTKN", "JoinTokens", "UpdatedAt", "Version\":{");

      assertThat(swarm(new EngineTarget(engine.endpoint(), null), Map.of()).document().sha256())
          .isEqualTo(swarm.document().sha256());
    } finally {
      engine.docker("swarm", "leave", "--force");
    }
    assertThat(swarm(new EngineTarget(engine.endpoint(), null), Map.of()).document().json())
        .isEmpty();
  }

  @Test
  @DisplayName("what a proxy refuses of a swarm stands as a failed call beside the rest")
  void refused() throws Exception {
    try (FakeEngine fake = FakeEngine.inFrontOf(engine)) {
      String info =
          """
          {"ID":"x","Name":"h","Swarm":{"LocalNodeState":"active","ControlAvailable":true}}
          """;
      fake.when("/info", Behaviour.json(info))
          .when("/swarm", Behaviour.json("{\"ID\":\"c\",\"JoinTokens\":{\"Worker\":\"t\"}}"))
          .when("/nodes", Behaviour.error(403, "nodes are not for you"))
          .when("/services", Behaviour.json("[{\"ID\":\"b\"},{\"ID\":\"a\"}]"))
          .when("/plugins", Behaviour.error(403, "plugins are not for you"));
      EngineTarget target = new EngineTarget(fake.endpoint(), null);
      JsonNode document = swarm(target, Map.of()).document().json();
      assertThat(document.path("swarm").has("JoinTokens")).isFalse();
      assertThat(document.path("services").path(0).path("ID").asString()).isEqualTo("a");
      assertThat(document.has("nodes")).isFalse();
      JsonNode problem = document.path("unread").path("nodes");
      assertThat(problem.path("call").asString()).isEqualTo("GET /nodes");
      assertThat(problem.path("status").asInt()).isEqualTo(403);
      JsonNode observed = observation(seen(target, Map.of(), SubjectKind.ENGINE));
      assertThat(observed.path("unread").path("plugins").path("status").asInt()).isEqualTo(403);
      assertThat(observed.has("plugins")).isFalse();
    }
  }

  @Test
  @DisplayName("since when a CA is rotated is kept from collection to collection")
  void rotation() throws Exception {
    try (FakeEngine fake = FakeEngine.inFrontOf(engine)) {
      fake.when(
              "/info",
              Behaviour.json(
                  "{\"Swarm\":{\"LocalNodeState\":\"active\",\"ControlAvailable\":true}}"))
          .when("/swarm", Behaviour.json("{\"RootRotationInProgress\":true}"))
          .when("/nodes", Behaviour.json("[]"))
          .when("/services", Behaviour.json("[]"));
      EngineTarget target = new EngineTarget(fake.endpoint(), null);
      JsonNode first = observation(swarm(target, Map.of()));
      assertThat(first.path("rotatingSince").asString()).endsWith("Z");
      JsonNode earlier =
          ((tools.jackson.databind.node.ObjectNode) first.deepCopy())
              .put("rotatingSince", "2026-01-01T00:00:00Z");
      assertThat(observation(swarm(target, Map.of(Checklist.SWARM_ID, earlier))))
          .isEqualTo(earlier);
      fake.when("/swarm", Behaviour.json("{\"RootRotationInProgress\":false}"));
      assertThat(swarm(target, Map.of(Checklist.SWARM_ID, earlier)).observation()).isNull();
    }
  }

  @Test
  @DisplayName("an engine without plugins lists none, and shows no certificate on its socket")
  void plugins() throws Exception {
    JsonNode observed =
        observation(seen(new EngineTarget(engine.endpoint(), null), Map.of(), SubjectKind.ENGINE));
    assertThat(observed.path("plugins").isArray()).isTrue();
    assertThat(observed.path("plugins")).isEmpty();
    assertThat(observed.has("certificate")).isFalse();
  }

  @Test
  @DisplayName("over TLS the engine's certificate is observed")
  void certificate() throws Exception {
    try (TestCertificates certificates = TestCertificates.create();
        TestEngine guarded = TestEngine.builder().tls(certificates).start()) {
      TestCertificates.Issued client = certificates.client();
      Credential credential =
          new Credential.Tls(certificates.ca(), client.certificate(), client.key());
      JsonNode observed =
          observation(
              seen(
                  new EngineTarget(guarded.tcpEndpoint(), credential),
                  Map.of(),
                  SubjectKind.ENGINE));
      JsonNode shown = observed.path("certificate");
      assertThat(shown.path("keyType").asString()).isIn("RSA", "EC");
      assertThat(shown.path("keyBits").asInt()).isGreaterThanOrEqualTo(256);
      assertThat(java.time.Instant.parse(shown.path("notAfter").asString()))
          .isAfter(Clock.systemUTC().instant());
    }
  }

  private static JsonNode observation(Sighting.Seen seen) {
    return java.util.Objects.requireNonNull(seen.observation()).json();
  }

  private static Sighting.Seen swarm(EngineTarget target, Map<String, JsonNode> earlier)
      throws EngineCallException, InterruptedException {
    return seen(target, earlier, SubjectKind.SWARM);
  }

  private static Sighting.Seen seen(
      EngineTarget target, Map<String, JsonNode> earlier, SubjectKind kind)
      throws EngineCallException, InterruptedException {
    HostRead read =
        new HostRead(
            Clock.systemUTC(), new SecretMasking(new SecretKeySpec(new byte[32], "HmacSHA256")));
    try (EngineConnector connector = new EngineConnector(Clock.systemUTC());
        EngineConnection connection = connector.open(target, LIMITS)) {
      return read
          .read(
              connection,
              new ReadOrder(HostFacts.Transport.UNIX, Set.of(), Set.of(), () -> earlier))
          .sightings()
          .stream()
          .filter(sighting -> sighting.kind() == kind)
          .map(Sighting.Seen.class::cast)
          .findFirst()
          .orElseThrow();
    }
  }
}
