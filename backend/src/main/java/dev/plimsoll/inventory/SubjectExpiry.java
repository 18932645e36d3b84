package dev.plimsoll.inventory;

import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.retention.Expiry;
import dev.plimsoll.retention.Retention.Kept;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets go of subjects of which no state is kept, and of blindness that ended long ago. */
@Component
@PortalItself
class SubjectExpiry implements Expiry {
  private final JdbcClient jdbc;

  SubjectExpiry(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  @Transactional
  public int expire(Kept kept, int most) {
    OffsetDateTime history = kept.history().atOffset(ZoneOffset.UTC);
    List<Long> stateless =
        jdbc.sql(
                """
                select id from subject b where first_seen < ?
                  and not exists (select 1 from state s where s.subject_id = b.id)
                limit ? for update skip locked
                """)
            .param(history)
            .param(most)
            .query(Long.class)
            .list();
    // One that was seen again while it was looked for has a state by now, and nobody else gives it
    // one while it is held.
    int subjects =
        jdbc.sql(
                "delete from subject b where id = any (?)"
                    + " and not exists (select 1 from state s where s.subject_id = b.id)")
            .param(new SqlArrayValue("bigint", stateless.toArray()))
            .update();
    int blindness =
        jdbc.sql(
                """
                delete from host_blindness where (host_id, scope, valid_from) in (
                  select host_id, scope, valid_from from host_blindness where valid_to < ? limit ?)
                """)
            .param(history)
            .param(most)
            .update();
    return Math.max(subjects, blindness);
  }
}
