package dev.plimsoll.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is kept. The audit trail is kept for ever, and so is what people decided.
 *
 * @param months whole months of history beside the one that runs: of what hosts had and how they
 *     were judged, scored and backed up
 * @param collectionMonths the same of attempts to read hosts and sources, and of what jobs told
 * @param everyScoreMonths how long each change of a score is kept; of days before that, the last
 * @param grace how long a document that nothing refers to is kept in case it is seen again
 */
@ConfigurationProperties("plimsoll.retention")
public record Retention(
    @DefaultValue("25") int months,
    @DefaultValue("13") int collectionMonths,
    @DefaultValue("3") int everyScoreMonths,
    @DefaultValue("24h") Duration grace) {
  private static final int MOST_MONTHS = 1_200;
  private static final Duration LEAST_GRACE = Duration.ofHours(1);

  /** Refuses what would lose history that is still in use. */
  public Retention {
    if (months < 1 || months > MOST_MONTHS || collectionMonths < 1 || everyScoreMonths < 1) {
      throw new IllegalArgumentException(
          "plimsoll.retention: months is %d, collection-months %d, every-score-months %d: give whole months, at least 1, at most %d"
              .formatted(months, collectionMonths, everyScoreMonths, MOST_MONTHS));
    }
    if (collectionMonths > months || everyScoreMonths > months) {
      throw new IllegalArgumentException(
          "plimsoll.retention: collection-months %d and every-score-months %d cannot be more than months %d"
              .formatted(collectionMonths, everyScoreMonths, months));
    }
    if (grace.compareTo(LEAST_GRACE) < 0) {
      throw new IllegalArgumentException(
          "plimsoll.retention: grace is %s: give at least %s, since a collection under way may refer to what it found stored"
              .formatted(grace, LEAST_GRACE));
    }
  }

  /** What is kept at an instant. */
  public Kept at(Instant now) {
    return new Kept(
        now,
        monthsBefore(now, months),
        monthsBefore(now, collectionMonths),
        monthsBefore(now, everyScoreMonths),
        now.minus(grace));
  }

  private static Instant monthsBefore(Instant now, int months) {
    return now.atOffset(ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.DAYS)
        .withDayOfMonth(1)
        .minusMonths(months)
        .toInstant();
  }

  /**
   * From when on what is kept. All but the last are beginnings of months.
   *
   * @param history of intervals: those that ended before are gone
   * @param collections of attempts
   * @param everyScore of each change of a score; before, the last of each day is kept
   * @param unused documents that nothing has referred to since before then are gone
   */
  public record Kept(
      Instant now, Instant history, Instant collections, Instant everyScore, Instant unused) {}
}
