package dev.plimsoll.collect.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.collect.connect.ConnectionLimits;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineConnector;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.testing.FakeEngine;
import dev.plimsoll.testing.FakeEngine.Behaviour;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What makes a volume another one under its name")
class VolumeIdentityTest {
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 4, 1L << 20);
  private static final String ENGINE_20_10 = "1.41";
  private static final String ENGINE_23 = "1.42";
  private static final String ENGINE_25 = "1.44";

  private FakeEngine engine;

  @BeforeEach
  void startEngine() {
    engine =
        FakeEngine.start()
            .when("/info", Behaviour.json("{\"ID\":\"x\",\"Name\":\"h\"}"))
            .when("/containers/json", Behaviour.json("[]"))
            .when("/images/json", Behaviour.json("[]"))
            .when("/networks", Behaviour.json("[]"))
            .when("/plugins", Behaviour.json("[]"));
  }

  @AfterEach
  void stopEngine() {
    engine.close();
  }

  @Test
  @DisplayName("up to Engine 20.10 its date moves with every write: it is no part of what is kept")
  void before23() throws Exception {
    engine.apiVersions("1.12", ENGINE_20_10);
    Sighting.Seen before = volume("\"2026-02-01T10:00:00Z\"");
    Sighting.Seen after = volume("\"2026-02-01T11:30:00Z\"");

    assertThat(before.observation()).isNull();
    assertThat(after.observation()).isNull();
    assertThat(after.document().sha256()).isEqualTo(before.document().sha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {ENGINE_23, ENGINE_25})
  @DisplayName("from Engine 23 on it is observed, and the document stays free of it")
  void since23(String apiVersion) throws Exception {
    engine.apiVersions("1.24", apiVersion);
    Sighting.Seen first = volume("\"2026-02-01T10:00:00Z\"");
    Sighting.Seen again = volume("\"2026-03-01T10:00:00Z\"");

    assertThat(json(first.observation())).isEqualTo("{\"createdAt\":\"2026-02-01T10:00:00Z\"}");
    assertThat(json(again.observation())).isEqualTo("{\"createdAt\":\"2026-03-01T10:00:00Z\"}");
    assertThat(first.document().json().has("CreatedAt")).isFalse();
    assertThat(again.document().sha256()).isEqualTo(first.document().sha256());
  }

  @Test
  @DisplayName("the engine's change to summer time makes no other volume of it")
  void summerTime() throws Exception {
    engine.apiVersions("1.24", ENGINE_25);

    assertThat(json(volume("\"2026-02-01T12:00:00+02:00\"").observation()))
        .isEqualTo(json(volume("\"2026-02-01T11:00:00+01:00\"").observation()))
        .isEqualTo("{\"createdAt\":\"2026-02-01T10:00:00Z\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"0001-01-01T00:00:00Z\"", "\"yesterday\"", "7"})
  @DisplayName("a driver that does not tell leaves no identity")
  void untold(String createdAt) throws Exception {
    engine.apiVersions("1.24", ENGINE_25);

    assertThat(volume(createdAt).observation()).isNull();
  }

  private static String json(@Nullable Document document) {
    return Objects.requireNonNull(document).json().toString();
  }

  /** How a volume is seen whose date is this JSON. */
  private Sighting.Seen volume(String createdAt) throws Exception {
    engine.when(
        "/volumes",
        Behaviour.json(
            """
            {"Volumes":[{"Name":"orders","Driver":"local","Mountpoint":"/v/orders/_data",
            "CreatedAt":%s,"Labels":null,"Options":null,"Scope":"local"}],"Warnings":null}
            """
                .formatted(createdAt)));
    HostRead read =
        new HostRead(
            Clock.systemUTC(), new SecretMasking(new SecretKeySpec(new byte[32], "HmacSHA256")));
    try (EngineConnector connector = new EngineConnector(Clock.systemUTC());
        EngineConnection connection =
            connector.open(new EngineTarget(engine.endpoint(), null), LIMITS)) {
      return read
          .read(
              connection,
              new ReadOrder(HostFacts.Transport.TCP, Set.of(), Set.of(), () -> Map.of()))
          .sightings()
          .stream()
          .filter(sighting -> sighting.kind() == SubjectKind.VOLUME)
          .map(Sighting.Seen.class::cast)
          .findFirst()
          .orElseThrow();
    }
  }
}
