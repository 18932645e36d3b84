package dev.plimsoll.backup.coverage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup that was tried of one piece of data.
 *
 * @param startedAt what was written later is not in it
 * @param finishedAt from then on it could be restored
 * @param goneAt from then on its source no longer shows it; {@link Instant#MAX} while it does
 * @param outcome what came of it
 * @param offHost whether it lies elsewhere than on the host; null if that was not reported
 * @param sourceId the source that showed it; null if somebody reported it
 * @param damagedAt from then on it is known not to be restorable; {@link Instant#MAX} if it is not
 */
public record Attempt(
    Instant startedAt,
    Instant finishedAt,
    Instant goneAt,
    Outcome outcome,
    @Nullable Boolean offHost,
    @Nullable Long sourceId,
    Instant damagedAt) {

  /** What came of an attempt. */
  public enum Outcome {
    /** Something was kept. */
    SUCCEEDED,
    /** The job says that it failed. */
    FAILED,
    /** The job says that it succeeded, and that it kept nothing. */
    EMPTY,
    /** It is dated in the future: when it was made is not known. */
    AHEAD
  }

  boolean knownAt(Instant at) {
    return !finishedAt.isAfter(at) && goneAt.isAfter(at);
  }
}
