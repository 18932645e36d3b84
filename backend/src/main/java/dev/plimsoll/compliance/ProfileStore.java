package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The rows of profiles that a company made. */
@Component
@PortalItself
class ProfileStore {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String VERSIONS =
      "select p.id, p.name, v.version, v.valid_from, v.author, v.description, v.checks::text checks"
          + " from profile p join profile_version v on v.profile_id = p.id";

  private final JdbcClient jdbc;

  ProfileStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One version as it is stored. */
  record Version(
      long id,
      String name,
      int version,
      Instant validFrom,
      String author,
      String description,
      Choice.Listed choice) {
    Profile profile() {
      return new Profile(name, version, choice);
    }
  }

  /** The version of each profile that is in force at an instant, by name. */
  List<Version> inForce(Instant at) {
    return jdbc.sql(
            VERSIONS
                + " where v.version = (select max(version) from profile_version n"
                + " where n.profile_id = p.id and n.valid_from <= ?) order by lower(p.name)")
        .param(at.atOffset(ZoneOffset.UTC))
        .query((row, n) -> version(row))
        .list();
  }

  /** All versions of a profile, newest first; none if there is no such profile. */
  List<Version> versions(String name) {
    return jdbc.sql(VERSIONS + " where lower(p.name) = lower(?) order by v.version desc")
        .param(name)
        .query((row, n) -> version(row))
        .list();
  }

  /** The version in force at an instant. */
  Optional<Version> find(String name, Instant at) {
    return versions(name).stream().filter(v -> !v.validFrom().isAfter(at)).findFirst();
  }

  Optional<String> name(long id) {
    return jdbc.sql("select name from profile where id = ?")
        .param(id)
        .query(String.class)
        .optional();
  }

  /** Whether no profile had the name, which from now on one has. */
  boolean add(String name, Instant at) {
    return jdbc.sql(
                "insert into profile (name, created_at) values (?, ?)"
                    + " on conflict (lower(name)) do nothing")
            .param(name)
            .param(at.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Locks a profile, so that versions follow one another. */
  void lock(String name) {
    jdbc.sql("select id from profile where lower(name) = lower(?) for update")
        .param(name)
        .query(Long.class)
        .single();
  }

  void addVersion(
      String name,
      int version,
      Instant at,
      String author,
      String description,
      Map<String, @Nullable Integer> weights) {
    jdbc.sql(
            "insert into profile_version (profile_id, version, valid_from, author, description,"
                + " checks) select id, ?, ?, ?, ?, ?::jsonb from profile"
                + " where lower(name) = lower(?)")
        .param(version)
        .param(at.atOffset(ZoneOffset.UTC))
        .param(author)
        .param(description)
        .param(json(weights))
        .param(name)
        .update();
  }

  private static String json(Map<String, @Nullable Integer> weights) {
    ObjectNode json = MAPPER.createObjectNode();
    weights.forEach(json::put);
    return json.toString();
  }

  private static Version version(java.sql.ResultSet row) throws java.sql.SQLException {
    Map<String, @Nullable Integer> weights = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry :
        MAPPER.readTree(row.getString("checks")).properties()) {
      weights.put(
          entry.getKey(), entry.getValue().isNull() ? null : (Integer) entry.getValue().intValue());
    }
    return new Version(
        row.getLong("id"),
        row.getString("name"),
        row.getInt("version"),
        row.getObject("valid_from", OffsetDateTime.class).toInstant(),
        row.getString("author"),
        row.getString("description"),
        new Choice.Listed(weights));
  }
}
