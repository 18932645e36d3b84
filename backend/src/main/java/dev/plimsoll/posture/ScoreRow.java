package dev.plimsoll.posture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A score from an instant on. Scores are 0 to 100 with three decimals, null if there is nothing to
 * score; points likewise have three decimals.
 *
 * @param confidence 0 to 1: share of weight with a known answer
 * @param catalogue number of the catalogue that judged
 * @param pointsFailed open points lost to FAIL; unknown and accepted likewise
 */
public record ScoreRow(
    Instant at,
    @Nullable Double score,
    @Nullable Double scoreHigh,
    @Nullable Double scoreAccepted,
    @Nullable String grade,
    double confidence,
    double pointsFailed,
    double pointsUnknown,
    double pointsAccepted,
    int hosts,
    int hostsWithCritical,
    String profile,
    int profileVersion,
    int catalogue,
    int checksInScope) {

  /** Nothing to score, told for another instant. */
  ScoreRow nothing(Instant instant) {
    return new ScoreRow(
        instant,
        null,
        null,
        null,
        null,
        0,
        0,
        0,
        0,
        0,
        0,
        profile,
        profileVersion,
        catalogue,
        checksInScope);
  }

  /** The same numbers, told for another instant. */
  ScoreRow from(Instant instant) {
    return new ScoreRow(
        instant,
        score,
        scoreHigh,
        scoreAccepted,
        grade,
        confidence,
        pointsFailed,
        pointsUnknown,
        pointsAccepted,
        hosts,
        hostsWithCritical,
        profile,
        profileVersion,
        catalogue,
        checksInScope);
  }
}
