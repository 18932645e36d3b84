package dev.plimsoll.posture;

import dev.plimsoll.backup.RecordType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.checklist.BackupRecord.Method;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What was reported of backups and restores, also of data that is not known. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class BackupRecordList {
  private static final KeyOrder NEWEST_FIRST =
      KeyOrder.of(KeyColumn.of("started_at", KeyColumn.Type.INSTANT, true), KeyColumn.id("id"));

  private final JdbcClient jdbc;
  private final Clock clock;

  BackupRecordList(JdbcClient jdbc, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Records that match, newest first, paged by key.
   *
   * @throws dev.plimsoll.fleet.InvalidInput if {@code knownAt} lies before {@code asOf} or ahead
   */
  public Page<BackupRecordRow> list(BackupRecordQuery query, PageRequest page) {
    Listing<BackupRecordQuery> listing =
        Listing.of("backup-records", query, BackupRecordQuery.ALL, query.asOf(), page, clock);
    BackupRecordQuery asked = listing.query();
    Known known = Known.of(listing.moment(), asked.knownAt(), clock);
    Conditions conditions = conditions(asked, known.moment());
    return new KeyedSelect(sql(known, conditions), parameters(known, conditions), NEWEST_FIRST)
        .page(jdbc, listing, page, (row, n) -> row(row, known.moment().at()));
  }

  /** One record; empty if it was not known then. */
  public Optional<BackupRecordRow> get(
      long recordId, @Nullable Instant asOf, @Nullable Instant knownAt) {
    Known known = Known.of(asOf, knownAt, clock);
    Conditions conditions = new Conditions(known.moment()).and("r.id = :id", "id", recordId);
    return jdbc.sql(sql(known, conditions))
        .params(parameters(known, conditions))
        .query((row, n) -> row(row, known.moment().at()))
        .optional();
  }

  /**
   * The record that somebody just reported, for who may see no others.
   *
   * @param recordId there is such a record
   */
  @Requires(Permission.REPORT_BACKUPS)
  public BackupRecordRow reported(long recordId) {
    Moment now = Moment.of(null, clock);
    Conditions conditions = new Conditions(now).and("r.id = :id", "id", recordId);
    return jdbc.sql(select(now) + conditions.where())
        .params(conditions.parameters())
        .query((row, n) -> row(row, now.at()))
        .single();
  }

  private static Conditions conditions(BackupRecordQuery query, Moment moment) {
    Conditions conditions =
        new Conditions(moment)
            .andIf(query.hostId(), "r.host_id = :host", "host")
            .andSubtree(query.group(), "hh.group_path")
            .andIf(
                query.dataId(),
                "exists (select 1 from kept_data d where d.id = :data and "
                    + CoverageSelect.OF_DATA
                    + ")",
                "data")
            .andText("name", query.name(), "r.name = :name", "name")
            .andText("source", query.source(), "r.source = :source", "source")
            .andIf(query.sourceId(), "r.source_id = :sourceId", "sourceId");
    RecordType type = query.type();
    if (type != null) {
      conditions.and("r.type = :type", "type", type.name());
    }
    if (!query.kinds().isEmpty()) {
      conditions.and(
          "r.kind = any (:kinds)",
          "kinds",
          Rows.texts(query.kinds().stream().map(DataKind::name).toList()));
    }
    if (query.succeeded() != null) {
      conditions.and(query.succeeded() ? "r.outcome = 'SUCCEEDED'" : "r.outcome = 'FAILED'");
    }
    if (query.matched() != null) {
      conditions.and(query.matched() ? "kept.id is not null" : "kept.id is null");
    }
    if (query.ahead() != null) {
      conditions.and(query.ahead() ? "r.ahead" : "not r.ahead");
    }
    return conditions;
  }

  private static String sql(Known known, Conditions conditions) {
    return select(known.moment()) + conditions.and(Known.tells("r")).where();
  }

  private static String select(Moment moment) {
    return """
        select r.*, hh.name host_name, kept.id data_id
        from backup_record r
        join host_history hh on hh.host_id = r.host_id and %s
        left join lateral (
          select kept.id from kept_data kept
          where kept.host_id = r.host_id and kept.kind = r.kind
            and (kept.name = r.name or r.kind = 'DIRECTORY'
              and starts_with(kept.name, case r.name when '/' then '/' else r.name || '/' end))
            and r.started_at >= kept.records_from and %s
          order by kept.name <> r.name, kept.name limit 1) kept on true
        """
        .formatted(moment.holds("hh"), moment.holds("kept"));
  }

  private static Map<String, Object> parameters(Known known, Conditions conditions) {
    Map<String, Object> parameters = new HashMap<>(conditions.parameters());
    parameters.put("known", known.time());
    return parameters;
  }

  private static BackupRecordRow row(ResultSet row, Instant at) throws SQLException {
    String target = row.getString("target_type");
    String method = row.getString("method");
    return new BackupRecordRow(
        row.getLong("id"),
        new HostRef(row.getLong("host_id"), row.getString("host_name")),
        new DataRef(DataKind.valueOf(row.getString("kind")), row.getString("name")),
        Rows.longOrNull(row, "data_id"),
        RecordType.valueOf(row.getString("type")),
        row.getString("outcome").equals("SUCCEEDED"),
        Rows.instant(row, "started_at"),
        Rows.instant(row, "finished_at"),
        Rows.instant(row, "learned_at"),
        gone(row, at),
        row.getBoolean("ahead"),
        Rows.longOrNull(row, "source_id"),
        row.getString("source"),
        row.getString("snapshot_id"),
        Rows.longOrNull(row, "bytes"),
        target == null ? null : TargetType.valueOf(target),
        row.getString("target_location"),
        row.getString("checksum"),
        row.getObject("warnings", Integer.class),
        method == null ? null : Method.valueOf(method),
        row.getBoolean("size_acknowledged"),
        row.getObject("duration_seconds", Double.class),
        Rows.longOrNull(row, "files_compared"),
        row.getObject("hashes_equal", Boolean.class),
        row.getString("detail"),
        row.getString("reporter"),
        HexFormat.of().formatHex(row.getBytes("document")));
  }

  private static @Nullable Instant gone(ResultSet row, Instant at) throws SQLException {
    Instant gone = Rows.instant(row, "gone_at");
    return gone.isAfter(at) ? null : gone;
  }
}
