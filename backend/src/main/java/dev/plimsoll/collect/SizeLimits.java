package dev.plimsoll.collect;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often and how long engines are asked how large their data is.
 *
 * @param interval from one reading of a host to the next
 * @param first longest wait for a host's first reading, once it was collected
 * @param limit longest time for one reading
 * @param parallel most readings that one process has under way
 */
@ConfigurationProperties("plimsoll.sizes")
record SizeLimits(
    @DefaultValue("24h") Duration interval,
    @DefaultValue("60s") Duration first,
    @DefaultValue("10m") Duration limit,
    @DefaultValue("16") int parallel) {
  private static final Duration FIRST_RETRY = Duration.ofMinutes(10);
  private static final Duration SLACK = Duration.ofMinutes(5);
  private static final double JITTER = 0.1;

  SizeLimits {
    if (!interval.isPositive() || first.isNegative() || !limit.isPositive() || parallel < 1) {
      throw new IllegalArgumentException(
          "plimsoll.sizes: interval %s and limit %s must be longer than nothing, first %s not negative, parallel %d at least 1"
              .formatted(interval, limit, first, parallel));
    }
  }

  /** Wait for a host's first reading; hosts that are added together are spread over it. */
  Duration untilFirst(double random) {
    return scaled(first, random);
  }

  /**
   * Wait for the next reading: the interval, and after failures less at first, then ever more, up
   * to the interval.
   *
   * @param failures in a row, 0 after a success
   * @param random from 0 inclusive to 1 exclusive
   */
  Duration untilNext(int failures, double random) {
    Duration pause = failures == 0 ? interval : FIRST_RETRY;
    for (int i = 1; i < failures && pause.compareTo(interval) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return scaled(pause.compareTo(interval) < 0 ? pause : interval, 1 + JITTER * (2 * random - 1));
  }

  /** How long a reading may be under way before it is taken for lost with its process. */
  Duration untilLost() {
    return limit.plus(SLACK);
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofMillis((long) (duration.toMillis() * factor));
  }
}
