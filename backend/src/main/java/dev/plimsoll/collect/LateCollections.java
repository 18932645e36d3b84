package dev.plimsoll.collect;

import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hosts that were not collected in their time, because the portal has more to do than it can, or
 * because no process collects.
 */
@Component
@PortalItself
class LateCollections {
  /** What a host may be behind before it counts: jitter, a poll, a take-over. */
  private static final int GRACE_SECONDS = 60;

  private final JdbcClient jdbc;
  private final Clock clock;

  LateCollections(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** How many there are. One that failed is late only after the longest pause that it is given. */
  @Transactional(readOnly = true)
  long count() {
    return jdbc.sql(
            "select count(*) from host h left join lateral ("
                + "  select outcome, started_at, worker from collection c where c.host_id = h.id"
                + "  order by started_at desc limit 1) newest on true"
                + " where h.decommissioned_at is null and h.paused_at is null"
                + " and (newest.outcome is distinct from 'RUNNING' or newest.worker = '')"
                + " and coalesce(newest.started_at, h.created_at)"
                + "   + make_interval(secs => h.interval_seconds"
                + "     * case newest.outcome when 'FAILED' then :longest else 1 end * 1.1 + :grace)"
                + "   < :now")
        .param("longest", CollectionRhythm.LONGEST_IN_INTERVALS)
        .param("grace", GRACE_SECONDS)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }
}
