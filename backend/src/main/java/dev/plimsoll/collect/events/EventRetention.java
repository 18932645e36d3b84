package dev.plimsoll.collect.events;

import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Throws away what no check can ask for any more, so that no host fills the table. */
@Component
@PortalItself
class EventRetention {
  /** Of events that are alike only the newest decide. */
  private static final int MOST_ALIKE = 100;

  private final JdbcClient jdbc;
  private final EventLimits limits;
  private final Clock clock;

  EventRetention(JdbcClient jdbc, EventLimits limits, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.limits = limits;
    this.clock = clock;
  }

  /** That an image was made from a container is kept for as long as the host has the image. */
  @Transactional
  public void trim() {
    OffsetDateTime oldest = clock.instant().minus(limits.retention()).atOffset(ZoneOffset.UTC);
    jdbc.sql(
            "delete from engine_event e where received_at < ? and not (kind = 'commit' and exists ("
                + "select 1 from state s join subject b on b.id = s.subject_id"
                + " where s.host_id = e.host_id and s.kind = 'image' and s.valid_to = 'infinity'"
                + " and b.docker_id = e.actor_id))")
        .param(oldest)
        .update();
    jdbc.sql(
            "delete from engine_event where id in (select id from (select id, row_number() over ("
                + "partition by host_id, kind, actor_id, attributes order by happened_at desc, id)"
                + " as place from engine_event) alike where place > ?)")
        .param(MOST_ALIKE)
        .update();
    jdbc.sql("delete from event_gap where to_at < ?").param(oldest).update();
  }
}
