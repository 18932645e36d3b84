package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectionRhythmTest {
  private static final Instant DONE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(15);

  @ParameterizedTest(name = "after {0} failures: {1} s")
  @CsvSource({"0, 900", "1, 30", "2, 60", "3, 120", "7, 1920", "8, 3600", "24, 3600"})
  void withoutJitter(int failures, long seconds) {
    assertThat(CollectionRhythm.next(DONE, INTERVAL, failures, 0.5))
        .isEqualTo(DONE.plusSeconds(seconds));
  }

  @Test
  void jitterIsATenthEitherWay() {
    assertThat(CollectionRhythm.next(DONE, INTERVAL, 0, 0)).isEqualTo(DONE.plusSeconds(810));
    assertThat(CollectionRhythm.next(DONE, INTERVAL, 0, 0.999_999))
        .isBetween(DONE.plusSeconds(989), DONE.plusSeconds(990));
  }
}
