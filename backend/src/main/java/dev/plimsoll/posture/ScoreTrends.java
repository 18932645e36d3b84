package dev.plimsoll.posture;

import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads how a score went over the last days. */
@Component
@PortalItself
class ScoreTrends {
  private final ScoreRows published;
  private final SeriesScores series;

  ScoreTrends(ScoreRows published, SeriesScores series) {
    this.published = published;
    this.series = series;
  }

  /**
   * Daily steps up to the moment. Only the present has a past told again: what counted at an
   * earlier moment is what was published then.
   *
   * @param key null for a scope that there was not: steps without numbers
   */
  ScoreTrend of(ScoreRows.@Nullable Key key, Moment moment, int days) {
    List<Instant> steps = ScoreRows.days(moment, days);
    List<ScoreRow> rows = published.steps(key, steps);
    if (key == null) {
      return ScoreTrend.unbroken(rows);
    }
    return new ScoreTrend(
        rows,
        moment.current() ? series.steps(key, steps, rows.getLast()) : List.of(),
        series.breaks(key, steps.getFirst(), moment.at()));
  }
}
