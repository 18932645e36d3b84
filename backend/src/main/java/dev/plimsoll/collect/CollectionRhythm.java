package dev.plimsoll.collect;

import java.time.Duration;
import java.time.Instant;

/**
 * When a host is collected next. A host that failed is tried again soon, then ever less often, so
 * that a blip heals quickly and a dead host costs little; jitter keeps hosts that were added
 * together from being collected together.
 */
final class CollectionRhythm {
  static final Duration FIRST_RETRY = Duration.ofSeconds(30);
  static final int LONGEST_IN_INTERVALS = 4;
  private static final double JITTER = 0.1;

  private CollectionRhythm() {}

  /**
   * The next instant.
   *
   * @param failures attempts in a row that failed, 0 if the last one read the host
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
    Duration longest = interval.multipliedBy(LONGEST_IN_INTERVALS);
    Duration pause = FIRST_RETRY;
    for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
