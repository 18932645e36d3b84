package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.Incarnation;
import dev.plimsoll.backup.coverage.KeptData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** What hosts keep, incarnation by incarnation. */
@Repository
class KeptDataRows {
  private static final String COLUMNS =
      "id, host_id, kind, name, engine_id, created_at, records_from, valid_from, valid_to";

  private final JdbcClient jdbc;

  KeptDataRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One incarnation of data of a host. */
  record Row(long id, long hostId, DataRef ref, Incarnation incarnation) {}

  /** A row to be opened. */
  record Opened(KeptData data, @Nullable Long subjectId, Incarnation incarnation) {}

  /** The newest incarnation of everything that a host ever kept, as it was known at an instant. */
  Map<DataRef, Row> newest(long hostId, Instant at) {
    Map<DataRef, Row> rows = new HashMap<>();
    jdbc.sql(
            "select distinct on (kind, name) "
                + COLUMNS
                + " from kept_data where host_id = ? and valid_from <= ?"
                + " order by kind, name, valid_from desc")
        .param(hostId)
        .param(Times.of(at))
        .query((row, n) -> row(row, at))
        .list()
        .forEach(row -> rows.put(row.ref(), row));
    return rows;
  }

  /** Incarnations of some data that were there at or after an instant. */
  List<Row> since(long hostId, Collection<DataRef> refs, Instant since, Instant at) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from kept_data d join unnest(?, ?) t (k, n) on d.kind = t.k and d.name = t.n"
                + " where d.host_id = ? and d.valid_to > ?::timestamptz")
        .param(kinds(refs))
        .param(names(refs))
        .param(hostId)
        .param(Times.text(since))
        .query((row, n) -> row(row, at))
        .list();
  }

  /** Directories that a host keeps at or after an instant. */
  List<Row> directories(long hostId, Instant since, Instant at) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from kept_data where host_id = ? and kind = 'DIRECTORY'"
                + " and valid_to > ?::timestamptz")
        .param(hostId)
        .param(Times.text(since))
        .query((row, n) -> row(row, at))
        .list();
  }

  /** Ends rows. */
  void close(Collection<Long> ids, Instant at) {
    for (String table : List.of("kept_data", "kept_data_use", "backup_promise")) {
      jdbc.sql(
              "update %s set valid_to = ? where %s = any (?) and valid_to = 'infinity'"
                  .formatted(table, table.equals("kept_data") ? "id" : "data_id"))
          .param(Times.of(at))
          .param(new SqlArrayValue("bigint", ids.toArray()))
          .update();
    }
  }

  /** Remembers what an engine says of the birth of what was known before it said so. */
  void remember(Map<Long, String> createdAt) {
    if (!createdAt.isEmpty()) {
      jdbc.sql(
              "update kept_data d set created_at = t.c from unnest(?, ?) t (i, c) where d.id = t.i")
          .param(new SqlArrayValue("bigint", createdAt.keySet().toArray()))
          .param(new SqlArrayValue("text", createdAt.values().toArray()))
          .update();
    }
  }

  /** Begins rows; their IDs by what they are. */
  Map<DataRef, Row> open(long hostId, List<Opened> opened) {
    Map<DataRef, Row> rows = new HashMap<>();
    if (opened.isEmpty()) {
      return rows;
    }
    List<DataRef> refs = opened.stream().map(one -> one.data().ref()).toList();
    jdbc.sql(
            "insert into kept_data (host_id, kind, name, subject_id, engine_id, created_at,"
                + " records_from, valid_from)"
                + " select ?, k, n, s, e, c, r::timestamptz, f::timestamptz"
                + " from unnest(?, ?, ?, ?, ?, ?, ?) t (k, n, s, e, c, r, f) returning "
                + COLUMNS)
        .param(hostId)
        .param(kinds(refs))
        .param(names(refs))
        .param(new SqlArrayValue("bigint", opened.stream().map(Opened::subjectId).toArray()))
        .param(texts(opened.stream().map(one -> one.incarnation().engineId()).toArray()))
        .param(texts(opened.stream().map(one -> one.incarnation().createdAt()).toArray()))
        .param(Times.texts(opened.stream().map(one -> one.incarnation().recordsFrom()).toList()))
        .param(Times.texts(opened.stream().map(one -> one.incarnation().from()).toList()))
        .query((row, n) -> row(row, Instant.MAX))
        .list()
        .forEach(row -> rows.put(row.ref(), row));
    return rows;
  }

  static SqlArrayValue kinds(Collection<DataRef> refs) {
    return texts(refs.stream().map(ref -> ref.kind().name()).toArray());
  }

  static SqlArrayValue names(Collection<DataRef> refs) {
    return texts(refs.stream().map(DataRef::name).toArray());
  }

  private static SqlArrayValue texts(@Nullable Object[] values) {
    return new SqlArrayValue("text", values);
  }

  private static Row row(ResultSet row, Instant at) throws SQLException {
    Instant to = Times.read(row, "valid_to");
    return new Row(
        row.getLong("id"),
        row.getLong("host_id"),
        new DataRef(DataKind.valueOf(row.getString("kind")), row.getString("name")),
        new Incarnation(
            row.getString("engine_id"),
            row.getString("created_at"),
            Times.read(row, "records_from"),
            Times.read(row, "valid_from"),
            to.isAfter(at) ? Instant.MAX : to));
  }
}
