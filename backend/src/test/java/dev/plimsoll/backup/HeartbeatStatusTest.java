package dev.plimsoll.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.backup.HeartbeatStatus.End;
import dev.plimsoll.backup.HeartbeatStatus.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("How a job with a period of 24 hours and a grace of one does")
class HeartbeatStatusTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // begun ago, ended ago, exit status or ok or failed
    ",         ,            ,       NEW,     The job has not called yet.",
    ",         PT0S,        ok,     UP,      The last run succeeded.",
    ",         PT23H59M59S, ok,     UP,      The last run succeeded.",
    ",         PT24H,       ok,     LATE,    The next run is due.",
    ",         PT24H59M59S, ok,     LATE,    The next run is due.",
    ",         PT25H,       ok,     DOWN,    The run that was due did not come.",
    ",         PT1S,        failed, DOWN,    The last run failed.",
    ",         PT1S,        3,      DOWN,    The last run failed with exit status 3.",
    "PT0S,     ,            ,       RUNNING, A run began and has not ended.",
    "PT59M59S, PT30H,       ok,     RUNNING, A run began and has not ended.",
    "PT59M59S, PT24H,       3,      RUNNING, A run began and has not ended.",
    "PT1H,     PT24H,       ok,     DOWN,    The last run started and never ended.",
  })
  @DisplayName("follows from when runs began and how the last one ended")
  void of(
      @Nullable Duration begun,
      @Nullable Duration ended,
      @Nullable String how,
      State state,
      String reason) {
    assertThat(
            HeartbeatStatus.of(
                NOW,
                Duration.ofHours(24),
                Duration.ofHours(1),
                begun == null ? null : NOW.minus(begun),
                ended == null || how == null ? null : end(NOW.minus(ended), how)))
        .isEqualTo(new HeartbeatStatus(state, reason));
  }

  private static End end(Instant at, String how) {
    return switch (how) {
      case "ok" -> new End(at, true, null);
      case "failed" -> new End(at, false, null);
      default -> new End(at, false, Integer.valueOf(how));
    };
  }
}
