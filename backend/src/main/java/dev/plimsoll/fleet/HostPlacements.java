package dev.plimsoll.fleet;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Placement;
import dev.plimsoll.inventory.FactContributor;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Where hosts stand in the company, now and at any instant. */
@Component
@PortalItself
public class HostPlacements implements FactContributor {
  private static final String COLUMNS = "select host_id, name, group_path, environment, labels";

  private final JdbcClient jdbc;
  private final JsonMapper json;

  HostPlacements(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** All hosts that were watched at an instant, by ID in the order of their names. */
  public Map<Long, Placement> all(Instant at) {
    Map<Long, Placement> placements = new LinkedHashMap<>();
    jdbc.sql(
            COLUMNS
                + " from host_history where valid_from <= :at and valid_to > :at"
                + " and not decommissioned order by lower(name), host_id")
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              placements.put(row.getLong("host_id"), placement(row));
            });
    return placements;
  }

  @Override
  public void contribute(long hostId, Instant at, HostFacts.Builder facts) {
    jdbc.sql(
            COLUMNS
                + " from host_history where host_id = :host and valid_from <= :at"
                + " and valid_to > :at")
        .param("host", hostId)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query((row, n) -> placement(row))
        .optional()
        .ifPresent(facts::placement);
  }

  @Override
  public List<Instant> changes(long hostId, Instant after, Instant before) {
    return jdbc.sql(
            "select valid_from from host_history"
                + " where host_id = :host and valid_from > :after and valid_from < :before")
        .param("host", hostId)
        .param("after", after.atOffset(ZoneOffset.UTC))
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query((row, n) -> row.getObject("valid_from", OffsetDateTime.class).toInstant())
        .list();
  }

  private Placement placement(ResultSet row) throws SQLException {
    Map<String, String> labels = new TreeMap<>();
    json.readTree(row.getString("labels"))
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    return new Placement(
        row.getString("name"), row.getString("group_path"), row.getString("environment"), labels);
  }
}
