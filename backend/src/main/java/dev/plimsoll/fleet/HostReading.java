package dev.plimsoll.fleet;

import dev.plimsoll.checklist.ReadingSwitch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads hosts as records, with group path and kind of credential. */
@Repository
class HostReading {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_ID = 18;

  private static final String HOSTS =
      """
      select h.id, h.name, h.endpoint, h.group_id, g.path, h.environment, h.owner, h.criticality,
             h.labels::text as labels, h.interval_seconds, h.readings, c.kind, h.created_at, h.paused_at,
             h.decommissioned_at
      from host h
      left join host_group g on g.id = h.group_id
      left join credential c on c.host_id = h.id
      """;

  private final JdbcClient jdbc;

  HostReading(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<HostRecord> byId(long id) {
    return jdbc.sql(HOSTS + "where h.id = :id")
        .param("id", id)
        .query((row, n) -> record(row))
        .optional();
  }

  Optional<HostRecord> activeByName(String name) {
    return jdbc.sql(HOSTS + "where lower(h.name) = lower(:name) and h.decommissioned_at is null")
        .param("name", name)
        .query((row, n) -> record(row))
        .optional();
  }

  /** Names of hosts are never digits alone, so that the two cannot be mistaken. */
  Optional<HostRecord> byIdOrName(String idOrName) {
    boolean id =
        !idOrName.isEmpty()
            && idOrName.length() <= LONGEST_ID
            && idOrName.chars().allMatch(c -> c >= '0' && c <= '9');
    if (id) {
      return byId(Long.parseLong(idOrName));
    }
    // PostgreSQL refuses a NUL in a text, and no name holds a control character.
    return idOrName.chars().anyMatch(Character::isISOControl)
        ? Optional.empty()
        : activeByName(idOrName);
  }

  private static HostRecord record(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return new HostRecord(
        row.getLong("id"),
        row.getString("name"),
        Endpoint.parse(row.getString("endpoint")),
        row.getObject("group_id", Long.class),
        row.getString("path"),
        row.getString("environment"),
        row.getString("owner"),
        row.getInt("criticality"),
        labels(row.getString("labels")),
        row.getInt("interval_seconds"),
        ReadingSwitch.all((String[]) row.getArray("readings").getArray()),
        kind,
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "paused_at"),
        instant(row, "decommissioned_at"));
  }

  private static Map<String, String> labels(String json) {
    Map<String, String> labels = new TreeMap<>();
    JSON.readTree(json)
        .properties()
        .forEach(entry -> labels.put(entry.getKey(), entry.getValue().stringValue()));
    return labels;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
