package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The rows of scores of second series. */
@Component
@PortalItself
class SeriesRows {
  private final JdbcClient jdbc;

  SeriesRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A score from an instant on. */
  record Entry(long seriesId, Instant at, ScoreFigures figures) {}

  /** The newest row; empty if there is none yet. */
  Optional<ScoreFigures> last(long seriesId) {
    return jdbc.sql("select * from series_score where series_id = ? order by at desc limit 1")
        .param(seriesId)
        .query((row, n) -> ScoreFigures.read(row))
        .optional();
  }

  void add(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    jdbc.sql(
            "insert into series_score (series_id, at, "
                + ScoreFigures.COLUMNS
                + ") select i, at, score, high, accepted, grade, confidence, failed, unknown,"
                + " points_accepted, hosts, critical, profile, version, catalogue, checks,"
                + " string_to_array(readings, ',')"
                + " from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) t"
                + " (i, at, score, high, accepted, grade, confidence, failed, unknown,"
                + " points_accepted, hosts, critical, profile, version, catalogue, checks,"
                + " readings)")
        .param(column("bigint", entries, Entry::seriesId))
        .param(column("timestamptz", entries, entry -> entry.at().atOffset(ZoneOffset.UTC)))
        .param(figure("int", entries, ScoreFigures::score))
        .param(figure("int", entries, ScoreFigures::scoreHigh))
        .param(figure("int", entries, ScoreFigures::scoreAccepted))
        .param(figure("text", entries, ScoreFigures::grade))
        .param(figure("int", entries, ScoreFigures::confidence))
        .param(figure("bigint", entries, ScoreFigures::failed))
        .param(figure("bigint", entries, ScoreFigures::unknown))
        .param(figure("bigint", entries, ScoreFigures::accepted))
        .param(figure("int", entries, ScoreFigures::hosts))
        .param(figure("int", entries, ScoreFigures::hostsWithCritical))
        .param(figure("text", entries, ScoreFigures::profile))
        .param(figure("int", entries, ScoreFigures::profileVersion))
        .param(figure("int", entries, ScoreFigures::catalogue))
        .param(figure("int", entries, ScoreFigures::checksInScope))
        .param(figure("text", entries, figures -> String.join(",", figures.readings())))
        .update();
  }

  private static SqlArrayValue figure(
      String type, List<Entry> entries, Function<ScoreFigures, ?> value) {
    return column(type, entries, entry -> value.apply(entry.figures()));
  }

  private static SqlArrayValue column(String type, List<Entry> entries, Function<Entry, ?> value) {
    return new SqlArrayValue(type, entries.stream().map(value).toArray());
  }
}
