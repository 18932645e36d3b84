package dev.plimsoll.backup;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job does that is to call its heartbeat.
 *
 * @param reason a sentence for people
 */
public record HeartbeatStatus(State state, String reason) {

  /** What can be said of a job. */
  public enum State {
    /** It never called. */
    NEW,
    /** Its last run succeeded, and the next is not due. */
    UP,
    /** A run is under way. */
    RUNNING,
    /** The next run is due, and may still come. */
    LATE,
    /** The last run failed, or one did not end, or none came. */
    DOWN
  }

  /**
   * How a run ended.
   *
   * @param exitCode what the job said; null if it said none
   */
  record End(Instant at, boolean succeeded, @Nullable Integer exitCode) {}

  /**
   * The status at an instant, from what had arrived by then.
   *
   * @param openStart when the run began that has not ended; null if there is none
   * @param last how the last run ended; null if none did
   */
  static HeartbeatStatus of(
      Instant at,
      Duration period,
      Duration grace,
      @Nullable Instant openStart,
      @Nullable End last) {
    if (openStart != null) {
      return at.isBefore(openStart.plus(grace))
          ? new HeartbeatStatus(State.RUNNING, "A run began and has not ended.")
          : new HeartbeatStatus(State.DOWN, "The last run started and never ended.");
    }
    if (last == null) {
      return new HeartbeatStatus(State.NEW, "The job has not called yet.");
    }
    if (!last.succeeded()) {
      return new HeartbeatStatus(
          State.DOWN,
          last.exitCode() == null
              ? "The last run failed."
              : "The last run failed with exit status " + last.exitCode() + ".");
    }
    Instant due = last.at().plus(period);
    if (at.isBefore(due)) {
      return new HeartbeatStatus(State.UP, "The last run succeeded.");
    }
    return at.isBefore(due.plus(grace))
        ? new HeartbeatStatus(State.LATE, "The next run is due.")
        : new HeartbeatStatus(State.DOWN, "The run that was due did not come.");
  }
}
