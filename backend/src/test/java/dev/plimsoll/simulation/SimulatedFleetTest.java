package dev.plimsoll.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.collect.connect.ConnectionLimits;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineConnector;
import dev.plimsoll.collect.connect.EngineRequest;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.fleet.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fleet as a portal's own connector meets it. */
class SimulatedFleetTest {
  private static final FleetPlan PLAN =
      new FleetPlan(5, 40, 12, LocalDate.of(2026, 1, 1), 0.3, true);
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), 4, 10 << 20);
  private static final ConnectionLimits IMPATIENT =
      new ConnectionLimits(Duration.ofSeconds(5), Duration.ofMillis(300), 4, 10 << 20);

  @TempDir Path directory;
  private final EngineConnector connector = new EngineConnector(Clock.systemUTC());
  private SimulatedFleet fleet;

  @BeforeEach
  void start() {
    fleet = SimulatedFleet.start(PLAN, directory);
  }

  @AfterEach
  void stop() {
    fleet.close();
    connector.close();
  }

  @Test
  @DisplayName("Each engine agrees on the newest API that it and the portal speak")
  void negotiation() throws EngineCallException {
    for (SimulatedHost host : PLAN.allHosts()) {
      EngineRelease release = PLAN.at(host.index(), 0).release();
      try (EngineConnection engine = open(host.index(), LIMITS)) {
        assertThat(engine.apiVersion())
            .isEqualTo(release.api() > 47 ? "1.47" : release.apiVersion());
        assertThat(json(engine, EngineRequest.version()).path("Version").asString())
            .isEqualTo(release.version());
      }
    }
  }

  @Test
  @DisplayName("Lists and details agree, and bytes are counted")
  void details() throws EngineCallException {
    long before = fleet.bytesServed();
    try (EngineConnection engine = open(0, LIMITS)) {
      JsonNode containers = json(engine, EngineRequest.containers());
      assertThat(containers).hasSize(12);
      for (JsonNode container : containers) {
        JsonNode inspect = json(engine, EngineRequest.container(container.path("Id").asString()));
        assertThat("/" + inspect.path("Name").asString().substring(1))
            .isEqualTo(container.path("Names").path(0).asString());
        assertThat(inspect.path("Image")).isEqualTo(container.path("ImageID"));
        assertThat(json(engine, EngineRequest.image(inspect.path("Image").asString())))
            .isNotEmpty();
      }
    }
    assertThat(fleet.bytesServed() - before).isGreaterThan(12 * 3_000);
  }

  @Test
  @DisplayName("Another day brings other containers, and the first day brings the first ones back")
  void days() throws EngineCallException {
    byte[] first = containers(0);
    fleet.day(20);
    assertThat(containers(0)).isNotEqualTo(first);
    fleet.day(0);
    assertThat(containers(0)).isEqualTo(first);
  }

  @Test
  @DisplayName("An engine hangs, and another one does not; healed it answers again")
  void hangs() throws EngineCallException {
    fleet.hang(3);
    assertThatThrownBy(() -> open(3, IMPATIENT)).isInstanceOf(EngineCallException.class);
    assertThat(containers(4)).isNotEmpty();
    fleet.heal(3);
    assertThat(containers(3)).isNotEmpty();
  }

  @Test
  @DisplayName("A slow engine answers after its delay")
  void slow() throws EngineCallException {
    fleet.slow(3, Duration.ofSeconds(2));
    assertThatThrownBy(() -> open(3, IMPATIENT)).isInstanceOf(EngineCallException.class);
    fleet.slow(3, Duration.ofMillis(1));
    assertThat(containers(3)).isNotEmpty();
  }

  @Test
  @DisplayName("A dead engine's socket is gone, in the middle of a conversation too")
  void dies() throws EngineCallException {
    try (EngineConnection engine = open(3, LIMITS)) {
      assertThat(engine.get(EngineRequest.info())).isNotEmpty();
      fleet.die(3);
      assertThatThrownBy(() -> engine.get(EngineRequest.info()))
          .isInstanceOf(EngineCallException.class);
    }
    assertThat(fleet.socket(3)).doesNotExist();
    fleet.heal(3);
    assertThat(containers(3)).isNotEmpty();
  }

  @Test
  @DisplayName("On a day on which the plan has a host down it does not answer, healed or not")
  void down() throws EngineCallException {
    int host = 0;
    int day = 0;
    while (!PLAN.isDown(host, day)) {
      day = day == 365 ? 0 : day + 1;
      host = day == 0 ? host + 1 : host;
    }
    fleet.day(day);
    fleet.heal(host);
    assertThat(fleet.socket(host)).doesNotExist();
    fleet.day(0);
    assertThat(containers(host)).isNotEmpty();
  }

  @Test
  @DisplayName("Closed, it leaves no socket behind")
  void leavesNothing() throws Exception {
    fleet.close();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private byte[] containers(int host) throws EngineCallException {
    try (EngineConnection engine = open(host, LIMITS)) {
      return engine.get(EngineRequest.containers());
    }
  }

  private EngineConnection open(int host, ConnectionLimits limits) throws EngineCallException {
    return connector.open(new EngineTarget(Endpoint.parse(fleet.endpoint(host)), null), limits);
  }

  private static JsonNode json(EngineConnection engine, EngineRequest request)
      throws EngineCallException {
    return JsonMapper.shared().readTree(engine.get(request));
  }
}
