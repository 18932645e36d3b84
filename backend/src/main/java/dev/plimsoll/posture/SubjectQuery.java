package dev.plimsoll.posture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which subjects are wanted; nulls for any.
 *
 * @param text part of the name or Docker ID, ignoring case
 * @param present whether only those PRESENT or UNKNOWN at the instant, not GONE
 * @param asOf null for now
 */
public record SubjectQuery(
    @Nullable Long hostId,
    @Nullable String kind,
    @Nullable String text,
    boolean present,
    Sort sort,
    boolean descending,
    @Nullable Instant asOf) {
  /** What to order by; the ID breaks ties. */
  public enum Sort {
    NAME,
    WORST,
    FIRST_SEEN
  }
}
