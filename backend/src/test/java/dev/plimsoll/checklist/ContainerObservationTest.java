package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.checklist.ContainerAccounts.Account;
import dev.plimsoll.checklist.ContainerObservation.Health;
import dev.plimsoll.checklist.ContainerObservation.State;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerObservationTest {

  @Test
  void jsonFormIsFixed() {
    ContainerObservation observation =
        new ContainerObservation(
            State.EXITED,
            true,
            Instant.parse("2026-11-20T08:00:00Z"),
            Health.UNHEALTHY,
            new ContainerAccounts(
                new Account("app", 1000, 1001L), Map.of("wheel", 0L, "docker", 999L), "why"),
            null,
            null);
    assertThat(observation.toJson().toString())
        .isEqualTo(
            "{\"state\":\"exited\",\"everStarted\":true,\"finishedAt\":\"2026-11-20T08:00:00Z\","
                + "\"health\":\"unhealthy\",\"users\":{\"user\":{\"name\":\"app\",\"uid\":1000,"
                + "\"gid\":1001},\"groups\":{\"docker\":999,\"wheel\":0},\"error\":\"why\"}}");
  }

  @Test
  void whatHasNoValueIsLeftOut() {
    assertThat(
            new ContainerObservation(State.CREATED, false, null, null, null, null, null)
                .toJson()
                .toString())
        .isEqualTo("{\"state\":\"created\",\"everStarted\":false}");
  }

  /** The writer and the checks agree on every field. */
  @Test
  void checksReadWhatIsWritten() {
    HostFixture host =
        new HostFixture()
            .set(".Config.User", "\"app\"")
            .set(".Config.Healthcheck", "{\"Test\":[\"CMD\",\"true\"]}");
    new ContainerObservation(
            State.RUNNING,
            true,
            null,
            Health.HEALTHY,
            new ContainerAccounts(new Account("app", 1000, 1000L), Map.of(), null),
            null,
            null)
        .toJson()
        .properties()
        .forEach(field -> host.observe("." + field.getKey(), field.getValue().toString()));
    assertThat(host.judge("CTR-USER").outcome()).isEqualTo(Outcome.PASS);
    assertThat(host.judge("CTR-GROUP0").outcome()).isEqualTo(Outcome.PASS);
    assertThat(host.judge("CTR-HEALTH").outcome()).isEqualTo(Outcome.PASS);
    assertThat(host.judge("CTR-ULIMITS").outcome()).isEqualTo(Outcome.FAIL);
    assertThat(host.judge("CTR-SPRAWL").outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
  }

  @Test
  void engineWordsAreKnown() {
    assertThat(State.of("restarting")).isEqualTo(State.RESTARTING);
    assertThat(Health.of("none")).isNull();
    assertThatThrownBy(() -> State.of("asleep"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("asleep");
  }
}
