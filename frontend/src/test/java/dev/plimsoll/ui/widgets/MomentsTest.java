package dev.plimsoll.ui.widgets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, just now",
    "PT44S, just now",
    "PT45S, 1 min ago",
    "PT59M59S, 59 min ago",
    "PT60M, 1 h ago",
    "PT47H, 47 h ago",
    "PT48H, 2 days ago",
    "P59D, 59 days ago",
    "P60D, 2 months ago",
    "PT-10S, in a moment",
    "PT-5M, in 5 min",
  })
  void saysHowLongAgo(Duration ago, String words) {
    assertThat(Moments.relative(NOW.minus(ago), NOW)).isEqualTo(words);
  }
}
