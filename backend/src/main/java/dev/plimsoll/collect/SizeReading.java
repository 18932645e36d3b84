package dev.plimsoll.collect;

import dev.plimsoll.checklist.Reading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last attempt to learn how large a host's data is.
 *
 * @param startedAt null if none was ever made
 * @param finishedAt null while it is under way
 * @param volumes how many were measured; null if it failed
 * @param layers likewise of containers' writable layers
 * @param problem why it failed; null if it did not
 * @param nextAt when the next one is due; null if the host is not read, and while one is under way
 */
public record SizeReading(
    Outcome outcome,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer volumes,
    @Nullable Integer layers,
    Reading.@Nullable Unread problem,
    @Nullable Instant nextAt) {

  /** How it ended. */
  public enum Outcome {
    /** None was made yet. */
    PENDING,
    /** It has not ended. */
    RUNNING,
    /** The engine told. */
    SUCCEEDED,
    /** The engine did not tell: what was known stays known. */
    FAILED
  }
}
