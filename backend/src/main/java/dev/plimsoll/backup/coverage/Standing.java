package dev.plimsoll.backup.coverage;

import static dev.plimsoll.backup.coverage.CoverageReason.ATTEMPT_FAILED;
import static dev.plimsoll.backup.coverage.CoverageReason.DAMAGED;
import static dev.plimsoll.backup.coverage.CoverageReason.FRESH;
import static dev.plimsoll.backup.coverage.CoverageReason.FRESH_BUT_FAILED;
import static dev.plimsoll.backup.coverage.CoverageReason.FROM_THE_FUTURE;
import static dev.plimsoll.backup.coverage.CoverageReason.NEVER;
import static dev.plimsoll.backup.coverage.CoverageReason.NEVER_SUCCEEDED;
import static dev.plimsoll.backup.coverage.CoverageReason.NO_POLICY;
import static dev.plimsoll.backup.coverage.CoverageReason.OLD;
import static dev.plimsoll.backup.coverage.CoverageReason.ON_THE_HOST;
import static dev.plimsoll.backup.coverage.CoverageReason.SOURCE_UNREAD;
import static dev.plimsoll.backup.coverage.CoverageReason.TARGET_NOT_REPORTED;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one piece of data stands at an instant, and why. A backup counts from when it was finished
 * until its source no longer shows it, and is young for the promised time after it began.
 */
public record Standing(CoverageState state, CoverageReason reason) {
  private static final Standing UNPROMISED = new Standing(CoverageState.UNPROTECTED, NO_POLICY);

  /**
   * How data stands.
   *
   * @param promise null if no policy matches
   */
  public static Standing at(Instant at, @Nullable Promise promise, Evidence evidence) {
    if (promise == null) {
      return UNPROMISED;
    }
    if (exempt(promise, at)) {
      return new Standing(CoverageState.EXEMPT, CoverageReason.EXEMPT);
    }
    Duration rpo = promise.rpo();
    if (rpo == null) {
      return UNPROMISED;
    }
    return Looked.at(at, rpo, promise.offHost(), evidence).standing();
  }

  /** The last instant at which what began then is young enough. */
  static Instant youngUntil(Instant startedAt, Duration rpo) {
    return startedAt.plus(rpo);
  }

  private static boolean exempt(Promise promise, Instant at) {
    Policy.Exemption exemption = promise.exemption();
    return exemption != null && (exemption.until() == null || at.isBefore(exemption.until()));
  }

  /** Why an attempt that succeeded is no good backup. */
  private enum Flaw {
    DAMAGED,
    EMPTY,
    AHEAD,
    ON_THE_HOST,
    TARGET_NOT_REPORTED
  }

  /**
   * What the attempts come to.
   *
   * @param good start of the newest good backup; null if there is none
   * @param failed start of the newest attempt that failed; null if none did
   * @param young flaws of attempts that would be young enough
   * @param old flaws of all attempts
   * @param unread whether the source of its newest attempt cannot be read
   */
  private record Looked(
      boolean fresh,
      @Nullable Instant good,
      @Nullable Instant failed,
      Set<Flaw> young,
      Set<Flaw> old,
      boolean unread) {

    static Looked at(Instant at, Duration rpo, boolean offHost, Evidence evidence) {
      Instant good = null;
      Instant failed = null;
      Long source = null;
      Set<Flaw> young = EnumSet.noneOf(Flaw.class);
      Set<Flaw> old = EnumSet.noneOf(Flaw.class);
      for (Attempt attempt : evidence.attempts()) {
        if (!attempt.knownAt(at)) {
          continue;
        }
        if (source == null) {
          source = attempt.sourceId();
        }
        if (attempt.outcome() == Attempt.Outcome.FAILED) {
          failed = failed == null ? attempt.startedAt() : failed;
          continue;
        }
        Flaw flaw = flaw(attempt, at, offHost, evidence);
        if (flaw == null) {
          good = attempt.startedAt();
          break; // what is older than the newest good backup changes nothing
        }
        old.add(flaw);
        if (flaw == Flaw.AHEAD || !at.isAfter(youngUntil(attempt.startedAt(), rpo))) {
          young.add(flaw);
        }
      }
      return new Looked(
          good != null && !at.isAfter(youngUntil(good, rpo)),
          good,
          failed,
          young,
          old,
          source != null && evidence.unread(source, at));
    }

    private static @Nullable Flaw flaw(
        Attempt attempt, Instant at, boolean offHost, Evidence evidence) {
      if (attempt.outcome() == Attempt.Outcome.AHEAD) {
        return Flaw.AHEAD;
      }
      if (attempt.outcome() == Attempt.Outcome.EMPTY) {
        return Flaw.EMPTY;
      }
      if (evidence.damaged(attempt, at)) {
        return Flaw.DAMAGED;
      }
      if (offHost && !Boolean.TRUE.equals(attempt.offHost())) {
        return attempt.offHost() == null ? Flaw.TARGET_NOT_REPORTED : Flaw.ON_THE_HOST;
      }
      return null;
    }

    Standing standing() {
      if (fresh) {
        return new Standing(CoverageState.PROTECTED, failedSince() ? FRESH_BUT_FAILED : FRESH);
      }
      if (young.contains(Flaw.DAMAGED)) {
        return new Standing(CoverageState.FAILED, DAMAGED);
      }
      if (unread) {
        return new Standing(CoverageState.UNKNOWN, SOURCE_UNREAD);
      }
      if (young.contains(Flaw.TARGET_NOT_REPORTED)) {
        return new Standing(CoverageState.UNKNOWN, TARGET_NOT_REPORTED);
      }
      if (young.contains(Flaw.AHEAD)) {
        return new Standing(CoverageState.UNKNOWN, FROM_THE_FUTURE);
      }
      if (young.contains(Flaw.EMPTY)) {
        return new Standing(CoverageState.FAILED, CoverageReason.EMPTY);
      }
      return good != null
          ? failedSince()
              ? new Standing(CoverageState.FAILED, ATTEMPT_FAILED)
              : new Standing(CoverageState.LATE, OLD)
          : withoutGood();
    }

    private Standing withoutGood() {
      if (young.contains(Flaw.ON_THE_HOST) || old.contains(Flaw.ON_THE_HOST)) {
        return new Standing(CoverageState.UNPROTECTED, ON_THE_HOST);
      }
      if (old.contains(Flaw.DAMAGED)) {
        return new Standing(CoverageState.FAILED, DAMAGED);
      }
      if (old.contains(Flaw.EMPTY)) {
        return new Standing(CoverageState.FAILED, CoverageReason.EMPTY);
      }
      return failed != null
          ? new Standing(CoverageState.FAILED, NEVER_SUCCEEDED)
          : new Standing(CoverageState.UNPROTECTED, NEVER);
    }

    private boolean failedSince() {
      return failed != null && good != null && failed.isAfter(good);
    }
  }
}
