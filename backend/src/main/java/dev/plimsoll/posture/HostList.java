package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Hosts with where each stands. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class HostList {
  private final JdbcClient jdbc;
  private final Clock clock;
  private final EngineVersions engineVersions;

  HostList(JdbcClient jdbc, @Qualifier("publishClock") Clock clock, EngineVersions engineVersions) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.engineVersions = engineVersions;
  }

  /** Hosts that match, paged by key. */
  public Page<HostRow> list(HostQuery query, PageRequest page) {
    Listing<HostQuery> listing =
        Listing.of("hosts", query, HostQuery.ALL, query.asOf(), page, clock);
    Moment moment = listing.moment();
    HostQuery asked = listing.query();
    Conditions conditions = new Conditions(moment);
    conditions
        .andText("q", asked.text(), HostSelect.MATCHES_TEXT, "text")
        .andSubtree(asked.group(), "group_path")
        .andText("environment", asked.environment(), "environment = :environment", "environment");
    if (asked.statuses().isEmpty()) {
      conditions.and("status <> 'DECOMMISSIONED'");
    } else {
      conditions.and(
          "status = any (:statuses)",
          "statuses",
          Rows.texts(asked.statuses().stream().map(HostStatus::name).toList()));
    }
    KeyedSelect select =
        new KeyedSelect(
            HostSelect.sql(moment, "") + conditions.where(),
            conditions.parameters(),
            order(asked.sort(), asked.descending()));
    Page<HostRow> hosts = select.page(jdbc, listing, page, HostSelect.ROW);
    return hosts.with(engineVersions.added(hosts.items(), moment));
  }

  /** One host; empty if it did not exist at the instant. */
  public Optional<HostRow> get(long hostId, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    List<HostRow> hosts =
        jdbc.sql(HostSelect.sql(moment, " and h.id = :host"))
            .param("at", moment.time())
            .param("host", hostId)
            .query(HostSelect.ROW)
            .list();
    return engineVersions.added(hosts, moment).stream().findFirst();
  }

  private static KeyOrder order(HostQuery.Sort sort, boolean descending) {
    KeyColumn id = KeyColumn.id("id");
    return switch (sort) {
      case NAME -> KeyOrder.of(KeyColumn.of("name_key", KeyColumn.Type.TEXT, descending), id);
      case SCORE -> KeyOrder.of(KeyColumn.nullable("score", KeyColumn.Type.NUMBER, descending), id);
      case LAST_READ ->
          KeyOrder.of(KeyColumn.nullable("read_at", KeyColumn.Type.INSTANT, descending), id);
      case OPEN_CRITICALS ->
          KeyOrder.of(KeyColumn.of("open_criticals", KeyColumn.Type.NUMBER, descending), id);
    };
  }
}
