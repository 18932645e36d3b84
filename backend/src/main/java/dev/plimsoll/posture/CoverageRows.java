package dev.plimsoll.posture;

import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Completes rows of coverage with what records and sizes tell, all at once. */
@Component
@PortalItself
class CoverageRows {
  private final JdbcClient jdbc;

  CoverageRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<CoverageRow> complete(List<CoverageRow> rows, Known known) {
    if (rows.isEmpty()) {
      return rows;
    }
    Map<Long, Completion> completions = new HashMap<>();
    jdbc.sql(sql(known))
        .param("ids", Rows.ids(rows.stream().map(CoverageRow::dataId).toList()))
        .param("at", known.moment().time())
        .param("known", known.time())
        .query(
            row -> {
              completions.put(row.getLong("data_id"), completion(row));
            });
    return rows.stream().map(row -> completed(row, completions.get(row.dataId()))).toList();
  }

  private static CoverageRow completed(CoverageRow row, @Nullable Completion completion) {
    return completion == null
        ? row
        : row.with(completion.backups(), completion.bytes(), completion.since());
  }

  private static String sql(Known known) {
    return """
        select d.id data_id, good.*, failed.finished_at failed_at, tested.finished_at tested_at,
          z.bytes size, z.valid_from size_since
        from kept_data d
        left join backup_promise p on p.data_id = d.id and %s
        %s %s %s %s
        where d.id = any (:ids)
        """
        .formatted(
            known.moment().holds("p"),
            CoverageSelect.size(known.moment()),
            CoverageSelect.good(),
            CoverageSelect.newest("failed", "r.type = 'BACKUP'", "r.outcome = 'FAILED'"),
            CoverageSelect.newest(
                "tested", "r.type = 'RESTORE_TEST'", "r.outcome = 'SUCCEEDED'", "r.hashes_equal"));
  }

  private static Completion completion(ResultSet row) throws SQLException {
    return new Completion(
        new CoverageRow.Backups(
            good(row), Rows.instantOrNull(row, "failed_at"), Rows.instantOrNull(row, "tested_at")),
        Rows.longOrNull(row, "size"),
        Rows.instantOrNull(row, "size_since"));
  }

  private static CoverageRow.@Nullable Good good(ResultSet row) throws SQLException {
    Long id = Rows.longOrNull(row, "id");
    return id == null
        ? null
        : new CoverageRow.Good(
            id,
            Rows.instant(row, "started_at"),
            Rows.instant(row, "finished_at"),
            row.getString("source"),
            row.getString("snapshot_id"),
            Rows.longOrNull(row, "bytes"),
            row.getObject("off_host", Boolean.class));
  }

  private record Completion(
      CoverageRow.Backups backups, @Nullable Long bytes, @Nullable Instant since) {}
}
