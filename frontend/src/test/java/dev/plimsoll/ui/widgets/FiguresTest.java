package dev.plimsoll.ui.widgets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({"100, 100", "99.999, 99", "61.374, 61", "9.99, 9.9", "0.04, 0.0", "0, 0"})
  @DisplayName("A score is never rounded up")
  void score(double score, String words) {
    assertThat(Figures.score(score)).isEqualTo(words);
  }

  @Test
  void noScoreIsADash() {
    assertThat(Figures.score(null)).isEqualTo("–");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.25S, 250 ms",
    "PT1.34S, 1.3 s",
    "PT59S, 59 s",
    "PT15M, 15 min",
    "PT65M, 1 h 5 min",
    "P2D, 2 d"
  })
  void duration(Duration duration, String words) {
    assertThat(Figures.duration(duration)).isEqualTo(words);
  }

  @Test
  void countsAndShares() {
    assertThat(Figures.count(1, "host", "hosts")).isEqualTo("1 host");
    assertThat(Figures.count(12_345, "host", "hosts")).isEqualTo("12,345 hosts");
    assertThat(Figures.percent(0.9999)).isEqualTo("99%");
    assertThat(Figures.bytes(16_777_216_000L)).isEqualTo("15.6 GiB");
  }
}
