package dev.plimsoll.collect.events;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.inventory.FactContributor;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Adds to a host's facts which of its volumes the engine said it removed. One that is made again
 * under its name between two collections looks the same to both; only this tells.
 */
@Component
@PortalItself
class DestroyedVolumes implements FactContributor {
  private final JdbcClient jdbc;

  DestroyedVolumes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void contribute(long hostId, Instant at, HostFacts.Builder facts) {
    Map<String, Instant> destroyed = new HashMap<>();
    // Volumes that came and went between collections are many, and nobody asks for them
    jdbc.sql(
            """
            select e.actor_id as name, max(e.happened_at) as at
            from engine_event e
            join subject b on b.host_id = e.host_id and b.kind = 'volume'
              and b.docker_id = e.actor_id
            where e.host_id = :host and e.kind = 'volume_destroyed' and e.received_at <= :at
            group by e.actor_id
            """)
        .param("host", hostId)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              destroyed.put(
                  row.getString("name"), row.getObject("at", OffsetDateTime.class).toInstant());
            });
    facts.destroyedVolumes(destroyed);
  }

  @Override
  public List<Instant> changes(long hostId, Instant after, Instant before) {
    return jdbc.sql(
            """
            select distinct e.received_at
            from engine_event e
            join subject b on b.host_id = e.host_id and b.kind = 'volume'
              and b.docker_id = e.actor_id
            where e.host_id = :host and e.kind = 'volume_destroyed'
              and e.received_at > :after and e.received_at < :before
            """)
        .param("host", hostId)
        .param("after", after.atOffset(ZoneOffset.UTC))
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query((row, n) -> row.getObject("received_at", OffsetDateTime.class).toInstant())
        .list();
  }
}
