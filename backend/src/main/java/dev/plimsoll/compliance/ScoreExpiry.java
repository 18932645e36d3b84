package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.retention.Expiry;
import dev.plimsoll.retention.Retention.Kept;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Thins out scores: of days that are long past the last one stays, and of what was before the
 * history that is kept the one that is in force where it begins.
 */
@Component
@PortalItself
class ScoreExpiry implements Expiry {
  private final JdbcClient jdbc;

  ScoreExpiry(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  @Transactional
  public int expire(Kept kept, int most) {
    return jdbc.sql(
            """
            delete from score s using (
              select scope, scope_id, at from (
                select scope, scope_id, at,
                  lead(at) over (partition by scope, scope_id order by at) next
                from score where at < :everyScore) r
              where date_trunc('day', next, 'UTC') = date_trunc('day', at, 'UTC')
                or next <= :history
              limit :most) d
            where s.scope = d.scope and s.scope_id = d.scope_id and s.at = d.at
            """)
        .param("everyScore", kept.everyScore().atOffset(ZoneOffset.UTC))
        .param("history", kept.history().atOffset(ZoneOffset.UTC))
        .param("most", most)
        .update();
  }
}
