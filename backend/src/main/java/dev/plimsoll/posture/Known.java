package dev.plimsoll.posture;

import dev.plimsoll.fleet.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A moment, and when what is told of it was known: at the moment itself, or later, with evidence
 * that came late. SQL that uses this takes parameters {@code at} and {@code known}.
 *
 * @param at not before the moment
 */
record Known(Moment moment, Instant at) {
  private static final String FIELD = "knownAt";

  /** What was known of an instant (null for now) at that instant. */
  static Known of(@Nullable Instant asOf, @Nullable Instant knownAt, Clock clock) {
    return of(Moment.of(asOf, clock), knownAt, clock);
  }

  /**
   * What is known of a moment.
   *
   * @param knownAt null for what was known at the moment itself
   * @throws InvalidInput if it lies ahead, or before the moment
   */
  static Known of(Moment moment, @Nullable Instant knownAt, Clock clock) {
    if (knownAt == null) {
      return new Known(moment, moment.at());
    }
    if (knownAt.isAfter(clock.instant())) {
      throw new InvalidInput(
          FIELD,
          knownAt + " lies in the future. Give an instant that has passed, or leave it out.");
    }
    if (knownAt.isBefore(moment.at())) {
      throw new InvalidInput(
          FIELD,
          "%s lies before asOf, %s: what was known then says nothing of it. Give a later one, or an earlier asOf."
              .formatted(knownAt, moment.at()));
    }
    return new Known(moment, knownAt);
  }

  /** The condition that a row of coverage tells how its data stood, as far as was known. */
  String covers(String alias) {
    return moment.current() && at.equals(moment.at())
        ? "%1$s.valid_to = 'infinity' and %1$s.known_to = 'infinity'".formatted(alias)
        : """
          %1$s.valid_from <= :at and %1$s.valid_to > :at
            and %1$s.known_from <= :known and %1$s.known_to > :known"""
            .formatted(alias);
  }

  /** The condition that a record is evidence by then: it had happened, and it was known. */
  static String tells(String alias) {
    return "%1$s.learned_at <= :known and least(%1$s.learned_at, %1$s.finished_at) <= :at"
        .formatted(alias);
  }

  /** The value of parameter {@code known}. */
  OffsetDateTime time() {
    return at.atOffset(ZoneOffset.UTC);
  }
}
