package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Restore drills as they are kept. */
@Repository
class DrillRows {
  private static final String SELECT =
      "select d.*, h.name host_name from restore_drill d join host h on h.id = d.host_id";

  private final JdbcClient jdbc;

  DrillRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest backup of some data that a source shows now; empty if it shows none. */
  Optional<String> newest(long sourceId, DrillDraft draft) {
    return jdbc.sql(
            "select snapshot_id from backup_record where source_id = :source and host_id = :host"
                + " and kind = :kind and name = :name and type = 'BACKUP'"
                + " and outcome = 'SUCCEEDED' and gone_at = 'infinity' and not ahead"
                + " and (:snapshot::text is null or starts_with(snapshot_id, :snapshot))"
                + " order by started_at desc, id desc limit 1")
        .param("source", sourceId)
        .param("host", draft.hostId())
        .param("kind", draft.data().kind().name())
        .param("name", draft.data().name())
        .param("snapshot", draft.snapshotId())
        .query(String.class)
        .optional();
  }

  long ask(long sourceId, DrillDraft draft, String snapshotId, String author, Instant at) {
    return jdbc.sql(
            "insert into restore_drill (source_id, host_id, kind, name, snapshot_id, outcome,"
                + " author, asked_at) values (:source, :host, :kind, :name, :snapshot, 'RUNNING',"
                + " :author, :at) returning id")
        .param("source", sourceId)
        .param("host", draft.hostId())
        .param("kind", draft.data().kind().name())
        .param("name", draft.data().name())
        .param("snapshot", snapshotId)
        .param("author", author)
        .param("at", Times.of(at))
        .query(Long.class)
        .single();
  }

  List<DrillRecord> newestOf(long sourceId, int most) {
    return jdbc.sql(SELECT + " where d.source_id = ? order by d.id desc limit ?")
        .param(sourceId)
        .param(most)
        .query((row, n) -> drill(row))
        .list();
  }

  Optional<DrillRecord> find(long sourceId, long drillId) {
    return jdbc.sql(SELECT + " where d.source_id = ? and d.id = ?")
        .param(sourceId)
        .param(drillId)
        .query((row, n) -> drill(row))
        .optional();
  }

  /** Ends what a process that ended left behind: drills are done one at a time. */
  void abandon(Instant at) {
    jdbc.sql(
            "update restore_drill set outcome = 'FAILED', finished_at = greatest(?, begun_at),"
                + " detail = ? where outcome = 'RUNNING' and begun_at is not null")
        .param(Times.of(at))
        .param("The portal process ended before this drill did. Ask for it again.")
        .update();
  }

  /** Begins the drill that has waited longest; empty if none waits. */
  Optional<DrillRecord> begin(Instant at) {
    return jdbc.sql(
            "update restore_drill set begun_at = greatest(?, asked_at) where id ="
                + " (select min(id) from restore_drill where outcome = 'RUNNING'"
                + " and begun_at is null) returning id, source_id")
        .param(Times.of(at))
        .query((row, n) -> List.of(row.getLong("source_id"), row.getLong("id")))
        .optional()
        .flatMap(ids -> find(ids.getFirst(), ids.getLast()));
  }

  /** The root hash that an earlier drill of the same snapshot found; empty if there was none. */
  Optional<String> rootHashBefore(DrillRecord drill) {
    return jdbc.sql(
            "select root_hash from restore_drill where source_id = ? and snapshot_id = ?"
                + " and id < ? and outcome = 'SUCCEEDED' order by id desc limit 1")
        .param(drill.sourceId())
        .param(drill.snapshotId())
        .param(drill.id())
        .query((row, n) -> HexFormat.of().formatHex(row.getBytes("root_hash")))
        .optional();
  }

  /** Ends a drill with what came of it. */
  void end(DrillRecord ended) {
    String hash = ended.rootHash();
    Instant finished = ended.finishedAt();
    jdbc.sql(
            "update restore_drill set outcome = :outcome,"
                + " finished_at = greatest(:at::timestamptz, begun_at), bytes = :bytes::bigint,"
                + " files = :files::bigint, duration_seconds = :duration::double precision,"
                + " root_hash = :hash::bytea, category = :category, detail = :detail"
                + " where id = :id and outcome = 'RUNNING'")
        .param("outcome", ended.outcome())
        .param("at", Times.orNull(finished))
        .param("bytes", ended.bytes())
        .param("files", ended.files())
        .param("duration", ended.durationSeconds())
        .param("hash", hash == null ? null : HexFormat.of().parseHex(hash))
        .param("category", ended.category())
        .param("detail", ended.detail())
        .param("id", ended.id())
        .update();
  }

  private static DrillRecord drill(ResultSet row) throws SQLException {
    byte[] hash = row.getBytes("root_hash");
    return new DrillRecord(
        row.getLong("id"),
        row.getLong("source_id"),
        row.getLong("host_id"),
        row.getString("host_name"),
        new DataRef(DataKind.valueOf(row.getString("kind")), row.getString("name")),
        row.getString("snapshot_id"),
        row.getString("outcome"),
        row.getString("author"),
        Times.read(row, "asked_at"),
        Times.readOrNull(row, "begun_at"),
        Times.readOrNull(row, "finished_at"),
        number(row, "bytes"),
        number(row, "files"),
        row.getObject("duration_seconds", Double.class),
        hash == null ? null : HexFormat.of().formatHex(hash),
        row.getString("category"),
        row.getString("detail"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Long.class);
  }
}
