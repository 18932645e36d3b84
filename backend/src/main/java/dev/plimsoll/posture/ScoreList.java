package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Scores of hosts, groups and the fleet. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class ScoreList {
  private static final int MOST_CHANGES = 5000;

  private static final int TREND_DAYS = 90;

  private final ScoreRows rows;
  private final SeriesScores series;
  private final ScoreTrends trends;
  private final Clock clock;

  ScoreList(
      ScoreRows rows,
      SeriesScores series,
      ScoreTrends trends,
      @Qualifier("publishClock") Clock clock) {
    this.rows = rows;
    this.series = series;
    this.trends = trends;
    this.clock = clock;
  }

  /**
   * The score at the instant, null for now; staleness that has come due by then counts.
   *
   * @throws NoSuchScope if there was no such host or group then
   */
  public ScoreRow at(Scope scope, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    return rows.at(rows.key(scope, moment), moment);
  }

  /**
   * One entry a change in [from, to), led by the one in force at {@code from}; at most 5000.
   *
   * @throws NoSuchScope if there is no such host or group
   */
  public List<ScoreRow> history(Scope scope, Instant from, Instant to) {
    return rows.history(rows.key(scope, Moment.of(null, clock)), from, to, MOST_CHANGES);
  }

  /**
   * The same under one profile: what was published under it, and before that the past as it was
   * told again under it. Empty if the scope was never scored under it.
   *
   * @param profile name, ignoring case; {@code mixed} for groups of hosts with different ones
   * @param version null for the newest that the scope was scored under
   * @throws NoSuchScope if there is no such host or group
   */
  public List<ScoreRow> historyUnder(
      Scope scope, String profile, @Nullable Integer version, Instant from, Instant to) {
    return series.history(
        rows.key(scope, Moment.of(null, clock)), profile, version, from, to, MOST_CHANGES);
  }

  /**
   * How the score went over the last 90 days.
   *
   * @throws NoSuchScope if there was no such host or group at the instant
   */
  public ScoreTrend trend(Scope scope, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    return trends.of(rows.key(scope, moment), moment, TREND_DAYS);
  }
}
