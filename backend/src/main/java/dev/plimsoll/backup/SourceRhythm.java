package dev.plimsoll.backup;

import java.time.Duration;
import java.time.Instant;

/**
 * When a source is read next. One that failed is tried again soon, then ever less often; jitter
 * keeps sources that were added together from being read together.
 */
final class SourceRhythm {
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofHours(6);
  private static final double JITTER = 0.1;

  private SourceRhythm() {}

  /**
   * The next instant.
   *
   * @param failures readings in a row that failed, 0 if the last one succeeded
   * @param random from 0 inclusive to 1 exclusive
   */
  static Instant next(Instant done, Duration interval, int failures, double random) {
    double shift = 1 + JITTER * (2 * random - 1);
    return done.plusMillis((long) (pause(interval, failures).toMillis() * shift));
  }

  private static Duration pause(Duration interval, int failures) {
    if (failures == 0) {
      return interval;
    }
    Duration longest = interval.compareTo(LONGEST_RETRY) > 0 ? interval : LONGEST_RETRY;
    Duration pause = FIRST_RETRY;
    for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
