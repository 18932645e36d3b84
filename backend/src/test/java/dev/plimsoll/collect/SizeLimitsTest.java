package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("When a host's data is measured next")
class SizeLimitsTest {
  private static final SizeLimits LIMITS =
      new SizeLimits(Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofMinutes(10), 4);

  @ParameterizedTest
  @CsvSource({
    "0, 0.5, PT24H",
    "0, 0, PT21H36M",
    "1, 0.5, PT10M",
    "2, 0.5, PT20M",
    "8, 0.5, PT21H20M",
    "9, 0.5, PT24H",
    "1000, 0.5, PT24H",
  })
  @DisplayName("after a success an interval later; after failures soon, then ever less often")
  void next(int failures, double random, Duration wait) {
    assertThat(LIMITS.untilNext(failures, random)).isEqualTo(wait);
  }

  @Test
  @DisplayName("hosts that are added together are not measured together")
  void first() {
    assertThat(LIMITS.untilFirst(0)).isZero();
    assertThat(LIMITS.untilFirst(0.5)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  @DisplayName("an interval shorter than the first retry holds for retries too")
  void shortInterval() {
    SizeLimits often =
        new SizeLimits(Duration.ofMinutes(5), Duration.ZERO, Duration.ofMinutes(1), 1);
    assertThat(often.untilNext(1, 0.5)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  @DisplayName("limits of nothing are none")
  void refused() {
    assertThatThrownBy(() -> new SizeLimits(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1), 1))
        .hasMessageContaining("plimsoll.sizes");
  }
}
