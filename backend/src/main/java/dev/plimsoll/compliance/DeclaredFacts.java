package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Declaration;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.inventory.FactContributor;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was declared for a host at an instant: for itself, for its group of then, for the fleet. */
@Component
@PortalItself
class DeclaredFacts implements FactContributor {
  private final JdbcClient jdbc;

  DeclaredFacts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void contribute(long hostId, Instant at, HostFacts.Builder facts) {
    Map<Declaration, Set<String>> declared = new EnumMap<>(Declaration.class);
    jdbc.sql(
            """
            select d.kind, d.value from declaration d
            where d.valid_from <= :at and d.valid_to > :at
              and case
                when d.host_id is not null then d.host_id = :host
                when d.group_path is not null then exists (
                  select from host_history h
                  where h.host_id = :host and h.valid_from <= :at and h.valid_to > :at
                    and starts_with(lower(h.group_path) || '/', lower(d.group_path) || '/'))
                else true end
            """)
        .param("host", hostId)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              declared
                  .computeIfAbsent(Declaration.of(row.getString("kind")), kind -> new HashSet<>())
                  .add(row.getString("value"));
            });
    declared.forEach(facts::declared);
  }

  @Override
  public List<Instant> changes(long hostId, Instant after, Instant before) {
    return jdbc.sql(
            """
            select b.at from declaration d
            cross join lateral (values (d.valid_from), (d.valid_to)) b (at)
            where (d.host_id is null or d.host_id = :host)
              and b.at > :after and b.at < :before
            """)
        .param("host", hostId)
        .param("after", after.atOffset(ZoneOffset.UTC))
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query((row, n) -> row.getObject("at", OffsetDateTime.class).toInstant())
        .list();
  }
}
