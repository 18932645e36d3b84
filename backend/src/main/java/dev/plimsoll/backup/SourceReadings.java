package dev.plimsoll.backup;

import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The {@code backup_reading} rows: one an attempt, asked for, begun and finished. */
@Component
@PortalItself
class SourceReadings {
  private final JdbcClient jdbc;
  private final Clock clock;

  SourceReadings(JdbcClient jdbc, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Asks for a reading; while one runs or was asked for, that one. */
  @Transactional(propagation = Propagation.MANDATORY)
  long request(long sourceId) {
    OffsetDateTime now = time(clock.instant());
    // The source's row first, as a lane does, so that the two cannot both insert.
    jdbc.sql("update backup_source set next_read_at = least(next_read_at, ?) where id = ?")
        .param(now)
        .param(sourceId)
        .update();
    return jdbc.sql("select id from backup_reading where source_id = ? and outcome = 'RUNNING'")
        .param(sourceId)
        .query(Long.class)
        .optional()
        .orElseGet(
            () ->
                jdbc.sql(
                        "insert into backup_reading (source_id, outcome, started_at)"
                            + " values (?, 'RUNNING', ?) returning id")
                    .param(sourceId)
                    .param(now)
                    .query(Long.class)
                    .single());
  }

  /** A source's readings as of an instant, newest first. */
  @Transactional(readOnly = true)
  List<SourceReading> newest(long sourceId, @Nullable Instant asOf, int most) {
    return jdbc.sql(
            "select * from backup_reading where source_id = :source"
                + " and (:at::timestamptz is null or started_at <= :at)"
                + " order by started_at desc, id desc limit :most")
        .param("source", sourceId)
        .param("at", asOf == null ? null : time(asOf))
        .param("most", most)
        .query((row, n) -> reading(row, asOf))
        .list();
  }

  /** The newest reading of each source as of an instant, null for now. */
  @Transactional(readOnly = true)
  Map<Long, SourceReading> last(@Nullable Instant asOf) {
    return jdbc
        .sql(
            "select r.* from backup_source s cross join lateral (select * from backup_reading"
                + " where source_id = s.id and (:at::timestamptz is null or started_at <= :at)"
                + " order by started_at desc, id desc limit 1) r")
        .param("at", asOf == null ? null : time(asOf))
        .query((row, n) -> reading(row, asOf))
        .stream()
        .collect(Collectors.toMap(SourceReading::sourceId, Function.identity()));
  }

  /** One reading. */
  @Transactional(readOnly = true)
  Optional<SourceReading> find(long sourceId, long readingId) {
    return jdbc.sql("select * from backup_reading where source_id = ? and id = ?")
        .param(sourceId)
        .param(readingId)
        .query((row, n) -> reading(row, null))
        .optional();
  }

  static SourceReading reading(ResultSet row, @Nullable Instant asOf) throws SQLException {
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    Instant finishedAt = finished == null ? null : finished.toInstant();
    boolean ended = finishedAt != null && (asOf == null || !finishedAt.isAfter(asOf));
    return new SourceReading(
        row.getLong("id"),
        row.getLong("source_id"),
        ended ? row.getString("outcome") : "RUNNING",
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        ended ? finishedAt : null,
        ended ? row.getObject("snapshots", Integer.class) : null,
        ended ? row.getObject("records_new", Integer.class) : null,
        ended ? row.getObject("unmapped", Integer.class) : null,
        ended ? row.getString("category") : null,
        ended ? row.getString("detail") : null);
  }

  static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
