package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.Policy.Exemption;
import dev.plimsoll.backup.coverage.Promise;
import dev.plimsoll.backup.coverage.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** What was promised for data, and when. */
@Repository
class PromiseRows {
  private final JdbcClient jdbc;

  PromiseRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes what changed of the promises for the data of a host.
   *
   * @param promises null for data that no policy matches
   * @return data for which something else is promised now
   */
  Set<Long> record(long hostId, Instant at, Map<Long, @Nullable Promise> promises) {
    Map<Long, Promise> before = open(hostId);
    Set<Long> changed = new HashSet<>();
    List<Long> ids = new ArrayList<>();
    List<Promise> begun = new ArrayList<>();
    promises.forEach(
        (id, promise) -> {
          if (!Objects.equals(promise, before.get(id))) {
            changed.add(id);
            if (promise != null) {
              ids.add(id);
              begun.add(promise);
            }
          }
        });
    if (!changed.isEmpty()) {
      jdbc.sql(
              "update backup_promise set valid_to = ? where data_id = any (?)"
                  + " and valid_to = 'infinity'")
          .param(Times.of(at))
          .param(new SqlArrayValue("bigint", changed.toArray()))
          .update();
    }
    if (!ids.isEmpty()) {
      insert(hostId, at, ids, begun);
    }
    return changed;
  }

  /** Promises for data that hold at or after an instant, by data and in the order of time. */
  Map<Long, List<Span<Promise>>> since(Collection<Long> ids, Instant since) {
    Map<Long, List<Span<Promise>>> spans = new HashMap<>();
    jdbc.sql(
            "select * from backup_promise where data_id = any (?) and valid_to > ?::timestamptz"
                + " order by data_id, valid_from")
        .param(new SqlArrayValue("bigint", ids.toArray()))
        .param(Times.text(since))
        .query(
            row -> {
              spans
                  .computeIfAbsent(row.getLong("data_id"), id -> new ArrayList<>())
                  .add(
                      new Span<>(
                          Times.read(row, "valid_from"),
                          Times.read(row, "valid_to"),
                          promise(row)));
            });
    return spans;
  }

  private Map<Long, Promise> open(long hostId) {
    Map<Long, Promise> open = new HashMap<>();
    jdbc.sql("select * from backup_promise where host_id = ? and valid_to = 'infinity'")
        .param(hostId)
        .query(
            row -> {
              open.put(row.getLong("data_id"), promise(row));
            });
    return open;
  }

  private void insert(long hostId, Instant at, List<Long> ids, List<Promise> promises) {
    jdbc.sql(
            "insert into backup_promise (data_id, host_id, valid_from, policy_id, policy_version,"
                + " policy, rpo_seconds, restore_test_seconds, off_host, exempt_by, exempt_reason,"
                + " exempt_approver, exempt_until)"
                + " select i, ?, ?, p, v, n, r, t, o, b, e, a, u::timestamptz"
                + " from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) x"
                + " (i, p, v, n, r, t, o, b, e, a, u)")
        .param(hostId)
        .param(Times.of(at))
        .param(new SqlArrayValue("bigint", ids.toArray()))
        .param(array("bigint", promises, Promise::policyId))
        .param(array("int", promises, Promise::policyVersion))
        .param(array("text", promises, Promise::policy))
        .param(array("bigint", promises, promise -> seconds(promise.rpo())))
        .param(array("bigint", promises, promise -> seconds(promise.restoreTestEvery())))
        .param(array("boolean", promises, Promise::offHost))
        .param(array("text", promises, exemption(Exemption::by)))
        .param(array("text", promises, exemption(Exemption::reason)))
        .param(array("text", promises, exemption(Exemption::approver)))
        .param(
            array(
                "text", promises, exemption(e -> e.until() == null ? null : Times.text(e.until()))))
        .update();
  }

  private static Function<Promise, @Nullable Object> exemption(
      Function<Exemption, @Nullable Object> part) {
    return promise -> promise.exemption() == null ? null : part.apply(promise.exemption());
  }

  private static SqlArrayValue array(
      String type, List<Promise> promises, Function<Promise, @Nullable Object> part) {
    return new SqlArrayValue(type, promises.stream().map(part).toArray());
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : (Long) duration.toSeconds();
  }

  private static @Nullable Duration duration(ResultSet row, String column) throws SQLException {
    Long seconds = row.getObject(column, Long.class);
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  private static Promise promise(ResultSet row) throws SQLException {
    String exemptBy = row.getString("exempt_by");
    return new Promise(
        row.getObject("policy_id", Long.class),
        row.getObject("policy_version", Integer.class),
        row.getString("policy"),
        duration(row, "rpo_seconds"),
        duration(row, "restore_test_seconds"),
        row.getBoolean("off_host"),
        exemptBy == null
            ? null
            : new Exemption(
                exemptBy,
                row.getString("exempt_reason"),
                row.getString("exempt_approver"),
                Times.readOrNull(row, "exempt_until")));
  }
}
