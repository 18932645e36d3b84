package dev.plimsoll.compliance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Rows of scores: one a scope and instant at which its score changed. */
@Repository
class ScoreStore {
  private final JdbcClient jdbc;

  ScoreStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** When the row was written, a little later than asked if need be; empty if nothing changed. */
  Optional<Instant> write(
      String scope, long id, Instant at, Optional<Last> last, ScoreFigures figures) {
    if (last.isPresent() && last.get().figures().equals(figures)) {
      return Optional.empty();
    }
    if (last.isEmpty() && figures.score() == null) {
      return Optional.empty(); // nothing to score yet, and nothing was
    }
    Instant when =
        last.map(Last::at)
            .filter(before -> !before.isBefore(at))
            .map(before -> before.plus(Duration.ofNanos(1000)))
            .orElse(at);
    jdbc.sql(
            "insert into score (scope, scope_id, at, "
                + ScoreFigures.COLUMNS
                + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(scope)
        .param(id)
        .param(when.atOffset(ZoneOffset.UTC))
        .param(figures.score())
        .param(figures.scoreHigh())
        .param(figures.scoreAccepted())
        .param(figures.grade())
        .param(figures.confidence())
        .param(figures.failed())
        .param(figures.unknown())
        .param(figures.accepted())
        .param(figures.hosts())
        .param(figures.hostsWithCritical())
        .param(figures.profile())
        .param(figures.profileVersion())
        .param(figures.catalogue())
        .param(figures.checksInScope())
        .param(new SqlArrayValue("text", figures.readings().toArray()))
        .update();
    return Optional.of(when);
  }

  /** The newest row of a scope; empty if it was never scored. */
  Optional<Last> last(String scope, long id) {
    return jdbc.sql("select * from score where scope = ? and scope_id = ? order by at desc limit 1")
        .param(scope)
        .param(id)
        .query((row, n) -> Last.read(row))
        .optional();
  }

  /** The newest row of a scope. */
  record Last(Instant at, ScoreFigures figures) {
    static Last read(ResultSet row) throws SQLException {
      return new Last(
          row.getObject("at", OffsetDateTime.class).toInstant(), ScoreFigures.read(row));
    }
  }
}
