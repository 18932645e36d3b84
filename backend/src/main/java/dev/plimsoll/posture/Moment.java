package dev.plimsoll.posture;

import dev.plimsoll.fleet.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The instant that a read speaks of. SQL that uses {@link #holds} takes it as parameter {@code at}.
 *
 * @param current whether it is now: then the intervals that are open hold, and the partitions of
 *     those that have ended need not be touched
 */
record Moment(Instant at, boolean current) {
  /** Nothing was known before; PostgreSQL cannot tell much earlier instants. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  /**
   * The instant that somebody asked for, null for now.
   *
   * @throws InvalidInput if it lies ahead: nobody knows yet
   */
  static Moment of(@Nullable Instant asOf, Clock clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (asOf == null) {
      return new Moment(now, true);
    }
    if (asOf.isAfter(now)) {
      throw new InvalidInput(
          "asOf", asOf + " lies in the future. Give an instant that has passed, or none for now.");
    }
    return new Moment(asOf.isBefore(EARLIEST) ? EARLIEST : asOf, false);
  }

  /** The condition that the interval of a table holds at this instant. */
  String holds(String alias) {
    return current
        ? alias + ".valid_to = 'infinity'"
        : alias + ".valid_from <= :at and " + alias + ".valid_to > :at";
  }

  /** The value of parameter {@code at}. */
  OffsetDateTime time() {
    return at.atOffset(ZoneOffset.UTC);
  }
}
