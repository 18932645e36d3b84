package dev.plimsoll.checklist;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as the engine writes them, and the instants from which verdicts turn. */
final class Instants {
  private Instants() {}

  /** An instant by RFC 3339; null if the text is none. */
  static @Nullable Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The first instant after another, on the grid of microseconds in which verdicts are kept. */
  static Instant firstAfter(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
  }
}
