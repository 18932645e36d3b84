package dev.plimsoll.backup.coverage;

import java.time.Instant;

/**
 * Something that holds from an instant on until another.
 *
 * @param from inclusive
 * @param to exclusive; {@link Instant#MAX} if it has no end
 */
public record Span<T>(Instant from, Instant to, T what) {
  boolean holds(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
