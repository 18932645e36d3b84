package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.DocumentUses;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Records as they are kept: each once, with the document that is its evidence. */
@Repository
class RecordRows implements DocumentUses {
  private static final int AT_ONCE = 2_000;

  private final JdbcClient jdbc;
  private final Documents documents;

  RecordRows(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  @Override
  public List<Column> documents() {
    return List.of(new Column("backup_record", "document"));
  }

  /** A record of a source that it showed when it was last read. */
  record Shown(long id, long hostId, DataRef data, Sha256 document) {}

  /** The backups that a source shows, as far as is known, by host and document. */
  Map<Key, Shown> shown(long sourceId) {
    Map<Key, Shown> shown = new HashMap<>();
    jdbc.sql(
            "select id, host_id, kind, name, document from backup_record where source_id = ?"
                + " and type = 'BACKUP' and gone_at = 'infinity'")
        .param(sourceId)
        .query(
            row -> {
              Sha256 document = Sha256.stored(row.getBytes("document"));
              shown.put(
                  new Key(row.getLong("host_id"), document),
                  new Shown(
                      row.getLong("id"),
                      row.getLong("host_id"),
                      new DataRef(DataKind.valueOf(row.getString("kind")), row.getString("name")),
                      document));
            });
    return shown;
  }

  /** What makes a record the same as another. */
  record Key(long hostId, Sha256 document) {}

  /** The record that is the same; empty if there is none. */
  Optional<Long> find(Key key) {
    return jdbc.sql(
            "select id from backup_record where host_id = ? and document = ?"
                + " and gone_at = 'infinity'")
        .param(key.hostId())
        .param(key.document().bytes())
        .query(Long.class)
        .optional();
  }

  /** Ends records of one host. */
  void end(Collection<Long> ids, Instant at) {
    jdbc.sql("update backup_record set gone_at = ? where id = any (?) and gone_at = 'infinity'")
        .param(Times.of(at))
        .param(new SqlArrayValue("bigint", ids.toArray()))
        .update();
  }

  /**
   * Adds records of one host; what is there already stays as it is.
   *
   * @param sourceId null if somebody reported them
   * @return IDs of those that are new
   */
  List<Long> add(
      long hostId, @Nullable Long sourceId, String reporter, List<Told> records, Instant at) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < records.size(); i += AT_ONCE) {
      ids.addAll(
          insert(
              hostId,
              sourceId,
              reporter,
              records.subList(i, Math.min(records.size(), i + AT_ONCE)),
              at));
    }
    return ids;
  }

  /** A draft with the document that is its evidence. */
  record Told(RecordDraft draft, Document document, boolean ahead) {
    Instant startedAt() {
      Instant started = draft.startedAt();
      return started == null ? draft.finishedAt() : started;
    }

    Key key() {
      return new Key(draft.hostId(), document.sha256());
    }
  }

  private List<Long> insert(
      long hostId, @Nullable Long sourceId, String reporter, List<Told> told, Instant at) {
    documents.store(told.stream().map(Told::document).toList(), at);
    return jdbc.sql(
            """
            insert into backup_record (host_id, kind, name, type, outcome, started_at, finished_at,
              learned_at, ahead, source_id, source, snapshot_id, bytes, target_type,
              target_location, checksum, warnings, method, size_acknowledged, duration_seconds,
              files_compared, hashes_equal, detail, reporter, document)
            select :host, k, n, y, o, s::timestamptz, f::timestamptz, :at, a, :source::bigint, src,
              sn, b, tt, tl, c, w, m, sa, d, fc, he, de, :reporter, doc
            from unnest(:kinds, :names, :types, :outcomes, :started, :finished, :ahead, :sources,
              :snapshots, :bytes, :targets, :locations, :checksums, :warnings, :methods,
              :acknowledged, :durations, :compared, :equal, :details, :documents)
              t (k, n, y, o, s, f, a, src, sn, b, tt, tl, c, w, m, sa, d, fc, he, de, doc)
            on conflict (host_id, document, gone_at) do nothing returning id
            """)
        .param("host", hostId)
        .param("at", Times.of(at))
        .param("source", sourceId)
        .param("reporter", reporter)
        .param("kinds", array("text", told, one -> one.draft().data().kind().name()))
        .param("names", array("text", told, one -> one.draft().data().name()))
        .param("types", array("text", told, one -> one.draft().type().name()))
        .param(
            "outcomes",
            array("text", told, one -> one.draft().succeeded() ? "SUCCEEDED" : "FAILED"))
        .param("started", array("text", told, one -> Times.text(one.startedAt())))
        .param("finished", array("text", told, one -> Times.text(one.draft().finishedAt())))
        .param("ahead", array("boolean", told, Told::ahead))
        .param("sources", array("text", told, one -> one.draft().source()))
        .param("snapshots", array("text", told, one -> one.draft().snapshotId()))
        .param("bytes", array("bigint", told, one -> one.draft().bytes()))
        .param("targets", array("text", told, one -> name(one.draft().target())))
        .param("locations", array("text", told, one -> one.draft().targetLocation()))
        .param("checksums", array("text", told, one -> one.draft().checksum()))
        .param("warnings", array("int", told, one -> one.draft().warnings()))
        .param("methods", array("text", told, one -> name(one.draft().method())))
        .param("acknowledged", array("boolean", told, one -> one.draft().sizeAcknowledged()))
        .param("durations", array("float8", told, one -> one.draft().durationSeconds()))
        .param("compared", array("bigint", told, one -> one.draft().filesCompared()))
        .param("equal", array("boolean", told, one -> one.draft().hashesEqual()))
        .param("details", array("text", told, one -> one.draft().detail()))
        .param(
            "documents",
            new SqlArrayValue(
                "bytea",
                (Object[])
                    told.stream().map(o -> o.document().sha256().bytes()).toArray(byte[][]::new)))
        .query(Long.class)
        .list();
  }

  private static @Nullable String name(@Nullable Enum<?> constant) {
    return constant == null ? null : constant.name();
  }

  private static SqlArrayValue array(
      String type, List<Told> told, Function<Told, @Nullable Object> part) {
    return new SqlArrayValue(type, told.stream().map(part).toArray());
  }
}
