package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.backup.coverage.Policy.Exemption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Policies, version by version. */
@Repository
class PolicyRows {
  private final JdbcClient jdbc;

  PolicyRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Policies that hold at an instant. */
  List<Policy> at(Instant at) {
    return records(at).stream().map(PolicyRecord::policy).toList();
  }

  /** The same with who wrote them, by name. */
  List<PolicyRecord> records(Instant at) {
    return jdbc.sql(
            "select * from backup_policy where valid_from <= ? and valid_to > ?"
                + " order by lower(name), id")
        .param(Times.of(at))
        .param(Times.of(at))
        .query((row, n) -> policy(row))
        .list();
  }

  /** The policy as it is now, locked until the transaction ends. */
  Optional<PolicyRecord> locked(long id) {
    return jdbc.sql("select * from backup_policy where id = ? and valid_to = 'infinity' for update")
        .param(id)
        .query((row, n) -> policy(row))
        .optional();
  }

  /** The policy as it is now. */
  Optional<PolicyRecord> find(long id) {
    return jdbc.sql("select * from backup_policy where id = ? and valid_to = 'infinity'")
        .param(id)
        .query((row, n) -> policy(row))
        .optional();
  }

  /** Whether another policy has a name. */
  boolean isTaken(String name, @Nullable Long butFor) {
    return jdbc.sql(
            "select exists (select 1 from backup_policy where lower(name) = lower(?)"
                + " and valid_to = 'infinity' and id <> ?)")
        .param(name)
        .param(butFor == null ? -1L : butFor)
        .query(Boolean.class)
        .single();
  }

  /** The ID of a policy that is not written yet. */
  long nextId() {
    return jdbc.sql("select nextval('backup_policy_id')").query(Long.class).single();
  }

  /** Instants at which policies changed. */
  List<Instant> changes(Instant after, Instant before) {
    return jdbc.sql(
            "select b.at from backup_policy p"
                + " cross join lateral (values (p.valid_from), (p.valid_to)) b (at)"
                + " where b.at > ? and b.at < ?")
        .param(Times.of(after))
        .param(Times.of(before))
        .query((row, n) -> Times.read(row, "at"))
        .list();
  }

  /** Ends the version that holds. */
  void end(long id, Instant at) {
    jdbc.sql("update backup_policy set valid_to = ? where id = ? and valid_to = 'infinity'")
        .param(Times.of(at))
        .param(id)
        .update();
  }

  /** Begins a version. */
  void begin(PolicyRecord record) {
    Policy policy = record.policy();
    Exemption exemption = policy.exemption();
    jdbc.sql(
            "insert into backup_policy (id, version, name, selector, rpo_seconds,"
                + " restore_test_seconds, off_host, exempt_reason, exempt_until, author,"
                + " approved_by, valid_from) values (:id, :version, :name, :selector::jsonb,"
                + " :rpo::bigint, :restore::bigint, :off, :reason, :until::timestamptz, :author,"
                + " :approver, :since)")
        .param("id", policy.id())
        .param("version", policy.version())
        .param("name", policy.name())
        .param("selector", SelectorJson.text(policy.selector()))
        .param("rpo", seconds(policy.rpo()))
        .param("restore", seconds(policy.restoreTestEvery()))
        .param("off", policy.offHost())
        .param("reason", exemption == null ? null : exemption.reason())
        .param("until", exemption == null ? null : Times.orNull(exemption.until()))
        .param("author", record.author())
        .param("approver", exemption == null ? null : exemption.approver())
        .param("since", Times.of(record.since()))
        .update();
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : (Long) duration.toSeconds();
  }

  private static @Nullable Duration duration(ResultSet row, String column) throws SQLException {
    Long seconds = row.getObject(column, Long.class);
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  private static PolicyRecord policy(ResultSet row) throws SQLException {
    String reason = row.getString("exempt_reason");
    return new PolicyRecord(
        new Policy(
            row.getLong("id"),
            row.getInt("version"),
            row.getString("name"),
            SelectorJson.parse(row.getString("selector")),
            duration(row, "rpo_seconds"),
            duration(row, "restore_test_seconds"),
            row.getBoolean("off_host"),
            reason == null
                ? null
                : new Exemption(
                    row.getString("name"),
                    reason,
                    row.getString("approved_by"),
                    Times.readOrNull(row, "exempt_until"))),
        row.getString("author"),
        Times.read(row, "valid_from"));
  }
}
