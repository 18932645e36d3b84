package dev.plimsoll.backup.coverage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * One life of what has a name: a volume that was removed and made again is not the same volume.
 *
 * @param engineId of the engine that kept it
 * @param createdAt what the engine says, where that is an identity; null elsewhere
 * @param recordsFrom evidence that began before speaks of what had the name before
 * @param from when it was first seen
 * @param to when it was seen to be gone; {@link Instant#MAX} while it is there
 */
public record Incarnation(
    String engineId, @Nullable String createdAt, Instant recordsFrom, Instant from, Instant to) {

  /**
   * The incarnation that is there at an instant, given the last one that was known.
   *
   * @param last null if the name was never seen on the host
   * @param destroyed when an event last told that what has the name was removed; null if none did
   * @return {@code last} itself if it is still the same
   */
  public static Incarnation at(
      Instant at,
      @Nullable Incarnation last,
      String engineId,
      @Nullable String createdAt,
      @Nullable Instant destroyed) {
    if (last == null) {
      Instant since = createdAt == null ? Instant.MIN : born(createdAt, at);
      return new Incarnation(engineId, createdAt, since, at, Instant.MAX);
    }
    if (last.to().equals(Instant.MAX)) {
      if (destroyed != null && destroyed.isAfter(last.from())) {
        return new Incarnation(engineId, createdAt, destroyed, at, Instant.MAX);
      }
      if (createdAt != null && last.createdAt() != null && !createdAt.equals(last.createdAt())) {
        return new Incarnation(engineId, createdAt, born(createdAt, at), at, Instant.MAX);
      }
      if (!engineId.isEmpty() && !engineId.equals(last.engineId())) {
        return new Incarnation(engineId, createdAt, at, at, Instant.MAX);
      }
      return createdAt == null || last.createdAt() != null
          ? last
          : new Incarnation(last.engineId(), createdAt, last.recordsFrom(), last.from(), last.to());
    }
    return new Incarnation(engineId, createdAt, last.to(), at, Instant.MAX);
  }

  /** What the engine says of its birth, unless its clock is ahead of what was seen. */
  private static Instant born(String createdAt, Instant seen) {
    try {
      Instant born = OffsetDateTime.parse(createdAt).toInstant();
      return born.isBefore(seen) ? born : seen;
    } catch (DateTimeParseException e) {
      return seen;
    }
  }
}
