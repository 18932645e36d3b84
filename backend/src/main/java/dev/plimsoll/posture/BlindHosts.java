package dev.plimsoll.posture;

import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Hosts that are stale, or one of whose lists could not be read. */
@Component
@PortalItself
class BlindHosts {
  private final JdbcClient jdbc;

  BlindHosts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those of some hosts of which something cannot be seen at the moment, by ID.
   *
   * @param hostIds null for all that are not decommissioned
   */
  Map<Long, Blindness> at(Moment moment, @Nullable Collection<Long> hostIds) {
    Conditions conditions = new Conditions(moment).and(moment.holds("hh"));
    if (hostIds == null) {
      conditions.and("not hh.decommissioned");
    } else {
      conditions.and("hh.host_id = any (:hosts)", "hosts", Rows.ids(hostIds));
    }
    Map<Long, Map<SubjectKind, Blindness.Cause>> kinds = new TreeMap<>();
    jdbc.sql(
            "select b.host_id, b.scope, b.valid_from, b.problem, b.collection_id"
                + " from host_blindness b join host_history hh on hh.host_id = b.host_id"
                + conditions.where()
                + " and b.scope <> 'stale' and "
                + moment.holds("b"))
        .params(conditions.parameters())
        .query(
            row -> {
              kinds
                  .computeIfAbsent(row.getLong("host_id"), id -> new EnumMap<>(SubjectKind.class))
                  .put(
                      SubjectKind.of(row.getString("scope")),
                      new Blindness.Cause(
                          Rows.instant(row, "valid_from"),
                          problem(row),
                          Rows.longOrNull(row, "collection_id")));
            });
    Map<Long, Blindness.Cause> stale = new HashMap<>();
    jdbc.sql(
            "select hh.host_id, fresh.due_at, read.finished_at read_at, attempt.error_detail,"
                + " gone_stale.valid_from, gone_stale.problem, gone_stale.collection_id"
                + " from host_history hh "
                + HostSelect.reading(moment)
                + conditions.where()
                + " and f.stale")
        .params(conditions.parameters())
        .query(
            row -> {
              stale.put(row.getLong("host_id"), staleness(row));
            });
    Map<Long, Blindness> blind = new HashMap<>();
    kinds.forEach((host, causes) -> blind.put(host, new Blindness(stale.get(host), causes)));
    stale.forEach((host, cause) -> blind.putIfAbsent(host, new Blindness(cause, Map.of())));
    return blind;
  }

  private static Blindness.Cause staleness(ResultSet row) throws SQLException {
    Instant since = Rows.instantOrNull(row, "valid_from");
    if (since != null) {
      return new Blindness.Cause(since, problem(row), Rows.longOrNull(row, "collection_id"));
    }
    // The limit has passed, and the job that writes it down is yet to run.
    Instant readAt = Rows.instantOrNull(row, "read_at");
    String detail = row.getString("error_detail");
    return new Blindness.Cause(
        Rows.instant(row, "due_at"),
        new CollectionRow.Problem(
            "connect",
            0,
            ((readAt == null
                        ? "The host was never read. "
                        : "The host was last read at " + readAt + ". ")
                    + (detail == null ? "" : detail))
                .strip()),
        null);
  }

  private static CollectionRow.Problem problem(ResultSet row) throws SQLException {
    CollectionRow.Problem problem = Problems.one(row.getString("problem"));
    return problem == null ? new CollectionRow.Problem("", 0, "") : problem;
  }
}
