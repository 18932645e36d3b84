package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat to be set up: the address that one backup job calls.
 *
 * @param data what the job backs up; need not be known yet
 * @param target where the job keeps it; null if that is not known
 * @param period from one run to the next, a minute to a year
 * @param grace how much later the next run may end, and how long a run may take; up to 30 days
 */
public record HeartbeatDraft(
    String name,
    long hostId,
    DataRef data,
    @Nullable TargetType target,
    Duration period,
    Duration grace) {

  /** Grace of a heartbeat whose owner said nothing. */
  public static final Duration DEFAULT_GRACE = Duration.ofHours(1);
}
