package dev.plimsoll.fleet;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the intervals of what past scores and lists depend on. Called in the transaction of each
 * change, after the rows are written; an interval is closed only where something differs.
 */
@Component
class HostHistory {
  private final JdbcClient jdbc;
  private final Clock clock;

  HostHistory(JdbcClient jdbc, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Writes what these hosts are from now on; strictly later than what they were before. */
  void write(Collection<Long> hostIds) {
    Long[] ids = hostIds.toArray(Long[]::new);
    OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    jdbc.sql(
            """
            update host_history past
            set valid_to = greatest(:now, past.valid_from + interval '1 microsecond')
            from host h left join host_group g on g.id = h.group_id
            where h.id = any (:ids) and past.host_id = h.id and past.valid_to = 'infinity'
              and (past.name, past.group_id, past.group_path, past.environment, past.owner,
                   past.criticality, past.labels, past.interval_seconds, past.paused,
                   past.decommissioned, past.readings)
                is distinct from
                  (h.name, h.group_id, g.path, h.environment, h.owner, h.criticality, h.labels,
                   h.interval_seconds, h.paused_at is not null, h.decommissioned_at is not null,
                   h.readings)
            """)
        .param("now", now)
        .param("ids", ids)
        .update();
    jdbc.sql(
            """
            insert into host_history (host_id, valid_from, name, group_id, group_path, environment,
              owner, criticality, labels, interval_seconds, paused, decommissioned, readings)
            select h.id,
              coalesce((select max(valid_to) from host_history p where p.host_id = h.id), :now),
              h.name, h.group_id, g.path, h.environment, h.owner, h.criticality, h.labels,
              h.interval_seconds, h.paused_at is not null, h.decommissioned_at is not null,
              h.readings
            from host h left join host_group g on g.id = h.group_id
            where h.id = any (:ids)
              and not exists (
                select from host_history o where o.host_id = h.id and o.valid_to = 'infinity')
            """)
        .param("now", now)
        .param("ids", ids)
        .update();
  }
}
