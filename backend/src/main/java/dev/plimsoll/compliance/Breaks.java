package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Notes where lines of scores break, so that what came before is told again. */
@Component
@PortalItself
class Breaks {
  private final JdbcClient jdbc;

  Breaks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A host's line breaks: from {@code at} on its scores speak of something else. Joins the run that
   * is under way, from the start where the host is in it already.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void note(long hostId, Instant at) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    long run = joined(time);
    jdbc.sql(
            "delete from series_score where series_id in (select id from series"
                + " where run_id = ? and scope = 'HOST' and scope_id = ?)")
        .param(run)
        .param(hostId)
        .update();
    jdbc.sql(
            "insert into series (run_id, scope, scope_id, ends_at) values (?, 'HOST', ?, ?)"
                + " on conflict (run_id, scope, scope_id) do update set ends_at = excluded.ends_at,"
                + " reached = null, next_turn_at = null, kinds_read = '{}', finished_at = null,"
                + " failure = null")
        .param(run)
        .param(hostId)
        .param(time)
        .update();
  }

  /** The run under way, held open until the transaction ends; begun if there is none. */
  private long joined(OffsetDateTime at) {
    while (true) {
      jdbc.sql(
              "insert into series_run (started_at) values (?)"
                  + " on conflict ((true)) where finished_at is null do nothing")
          .param(at)
          .update();
      Optional<Long> run =
          jdbc.sql("select id from series_run where finished_at is null for share")
              .query(Long.class)
              .optional();
      if (run.isPresent()) {
        return run.get(); // else it ended this very moment
      }
    }
  }
}
