package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.KeptData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Who used data when, and what it looked like. */
@Repository
class UseRows {
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;

  UseRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Use(
      String shape, @Nullable String project, String labels, String users, String intents) {}

  /** Writes what changed of the data of a host. */
  void record(long hostId, Instant at, Map<Long, KeptData> data) {
    Map<Long, Use> before = open(hostId);
    List<Long> changed = new ArrayList<>();
    List<Use> uses = new ArrayList<>();
    data.forEach(
        (id, kept) -> {
          Use use = use(kept);
          if (!use.equals(before.get(id))) {
            changed.add(id);
            uses.add(use);
          }
        });
    if (changed.isEmpty()) {
      return;
    }
    jdbc.sql(
            "update kept_data_use set valid_to = ? where data_id = any (?)"
                + " and valid_to = 'infinity'")
        .param(Times.of(at))
        .param(new SqlArrayValue("bigint", changed.toArray()))
        .update();
    jdbc.sql(
            "insert into kept_data_use (data_id, host_id, valid_from, shape, project, labels,"
                + " users, intents) select i, ?, ?, s, p, l::json, u::json, t::json"
                + " from unnest(?, ?, ?, ?, ?, ?) x (i, s, p, l, u, t)")
        .param(hostId)
        .param(Times.of(at))
        .param(new SqlArrayValue("bigint", changed.toArray()))
        .param(new SqlArrayValue("text", uses.stream().map(Use::shape).toArray()))
        .param(new SqlArrayValue("text", uses.stream().map(Use::project).toArray()))
        .param(new SqlArrayValue("text", uses.stream().map(Use::labels).toArray()))
        .param(new SqlArrayValue("text", uses.stream().map(Use::users).toArray()))
        .param(new SqlArrayValue("text", uses.stream().map(Use::intents).toArray()))
        .update();
  }

  private static Use use(KeptData data) {
    return new Use(
        data.shape().name(),
        data.project(),
        JSON.writeValueAsString(new TreeMap<>(data.labels())),
        JSON.writeValueAsString(data.users()),
        JSON.writeValueAsString(data.intents()));
  }

  private Map<Long, Use> open(long hostId) {
    Map<Long, Use> open = new HashMap<>();
    jdbc.sql(
            "select data_id, shape, project, labels, users, intents from kept_data_use"
                + " where host_id = ? and valid_to = 'infinity'")
        .param(hostId)
        .query(
            row -> {
              open.put(
                  row.getLong("data_id"),
                  new Use(
                      row.getString("shape"),
                      row.getString("project"),
                      row.getString("labels"),
                      row.getString("users"),
                      row.getString("intents")));
            });
    return open;
  }
}
