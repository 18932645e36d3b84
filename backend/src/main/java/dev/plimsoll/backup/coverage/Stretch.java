package dev.plimsoll.backup.coverage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one piece of data stood for a while, as it is kept.
 *
 * @param from inclusive
 * @param to exclusive; {@link Instant#MAX} while it lasts
 * @param knownFrom since when this is known
 * @param turn what it will turn into as time passes; null if time alone changes nothing
 */
public record Stretch(
    Instant from, Instant to, Instant knownFrom, Standing standing, @Nullable Turn turn) {

  /** A forecast. */
  public record Turn(Instant at, Standing to) {}

  boolean lasts() {
    return to.equals(Instant.MAX);
  }
}
