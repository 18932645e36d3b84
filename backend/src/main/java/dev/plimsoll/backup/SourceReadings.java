package dev.plimsoll.backup;

import dev.plimsoll.backup.source.Snapshot;
import dev.plimsoll.backup.source.SourceFault;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code backup_reading} rows: one an attempt, asked for, begun and finished. */
@Component
@PortalItself
class SourceReadings {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ROWS_AT_ONCE = 2_000;
  private static final int MOST_FAILURES = 12;
  private static final int MOST_TEXTS = 20;

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

  /** A reading that a lane works on. */
  record Begun(long sourceId, long readingId) {}

  /** Ends what the lane left running: a lane runs once at a time, so its process ended. */
  @Transactional
  void abandon(int lane) {
    jdbc.sql(
            "update backup_reading set outcome = 'FAILED', finished_at = greatest(?, started_at),"
                + " detail = ? where outcome = 'RUNNING' and lane = ?")
        .param(time(clock.instant()))
        .param("The portal process ended before this reading did.")
        .param(lane)
        .update();
  }

  /**
   * Begins to read the source that has been due longest and that no lane reads; empty if there is
   * none.
   */
  @Transactional
  Optional<Begun> begin(int lane) {
    OffsetDateTime now = time(clock.instant());
    Optional<Long> source =
        jdbc.sql(
                """
                update backup_source set next_read_at = :now + make_interval(secs => interval_seconds)
                where id = (
                  select s.id from backup_source s
                  where s.removed_at = 'infinity' and s.next_read_at <= :now
                    and s.type <> 'HEARTBEAT'
                    and not exists (select 1 from backup_reading r where r.source_id = s.id
                      and r.outcome = 'RUNNING' and r.lane is not null)
                  order by s.next_read_at limit 1 for update skip locked)
                  and next_read_at <= :now
                returning id
                """)
            .param("now", now)
            .query(Long.class)
            .optional();
    return source.map(
        id ->
            new Begun(
                id,
                jdbc.sql(
                        "update backup_reading set lane = ?, started_at = ?"
                            + " where source_id = ? and outcome = 'RUNNING' returning id")
                    .param(lane)
                    .param(now)
                    .param(id)
                    .query(Long.class)
                    .optional()
                    .orElseGet(
                        () ->
                            jdbc.sql(
                                    "insert into backup_reading (source_id, outcome, started_at,"
                                        + " lane) values (?, 'RUNNING', ?, ?) returning id")
                                .param(id)
                                .param(now)
                                .param(lane)
                                .query(Long.class)
                                .single())));
  }

  /** Ends a reading that showed everything, and keeps what of it belongs to no data. */
  @Transactional
  void succeed(Begun begun, SnapshotEvidence evidence, int recordsNew) {
    List<SnapshotEvidence.UnmappedDraft> unmapped = evidence.unmapped();
    keep(begun.sourceId(), unmapped);
    jdbc.sql(
            "update backup_reading set outcome = 'SUCCEEDED',"
                + " finished_at = greatest(:now, started_at), snapshots = :snapshots,"
                + " records_new = :new, unmapped = :unmapped"
                + " where id = :id and outcome = 'RUNNING'")
        .param("now", time(clock.instant()))
        .param("snapshots", evidence.snapshots())
        .param("new", recordsNew)
        .param("unmapped", unmapped.size())
        .param("id", begun.readingId())
        .update();
    next(begun.sourceId(), 0);
  }

  /** Ends a reading that failed. */
  @Transactional
  void fail(Begun begun, SourceFault fault, String detail) {
    jdbc.sql(
            "update backup_reading set outcome = 'FAILED',"
                + " finished_at = greatest(:now, started_at), category = :category,"
                + " detail = :detail where id = :id and outcome = 'RUNNING'")
        .param("now", time(clock.instant()))
        .param("category", fault.name())
        .param("detail", detail)
        .param("id", begun.readingId())
        .update();
    int failures =
        jdbc.sql(
                "select count(*) from (select bool_and(outcome = 'FAILED') over (order by"
                    + " started_at desc, id desc) failed from (select * from backup_reading"
                    + " where source_id = ? and outcome <> 'RUNNING'"
                    + " order by started_at desc, id desc limit ?) newest) r where failed")
            .param(begun.sourceId())
            .param(MOST_FAILURES)
            .query(Integer.class)
            .single();
    next(begun.sourceId(), Math.max(1, failures));
  }

  /** Sources that were removed and whose records have not ended yet. */
  @Transactional(readOnly = true)
  List<Long> removed() {
    return jdbc.sql(
            "select id from backup_source where removed_at < 'infinity'"
                + " and next_read_at < 'infinity' and type <> 'HEARTBEAT' order by id")
        .query(Long.class)
        .list();
  }

  /** The records of a removed source have ended. */
  @Transactional
  void ended(long sourceId) {
    jdbc.sql("delete from backup_unmapped where source_id = ?").param(sourceId).update();
    jdbc.sql("update backup_source set next_read_at = 'infinity' where id = ?")
        .param(sourceId)
        .update();
  }

  /** Snapshots that are recorded, with their size where it is known. */
  @Transactional(readOnly = true)
  Map<String, Optional<Long>> sizes(long sourceId) {
    Map<String, Optional<Long>> sizes = new HashMap<>();
    jdbc.sql(
            "select snapshot_id, max(bytes) bytes from backup_record where source_id = ?"
                + " and type = 'BACKUP' and snapshot_id is not null and gone_at = 'infinity'"
                + " group by snapshot_id")
        .param(sourceId)
        .query(
            row -> {
              sizes.put(
                  row.getString("snapshot_id"),
                  Optional.ofNullable(row.getObject("bytes", Long.class)));
            });
    return sizes;
  }

  private void keep(long sourceId, List<SnapshotEvidence.UnmappedDraft> unmapped) {
    jdbc.sql("delete from backup_unmapped where source_id = ? and not snapshot_id = any (?)")
        .param(sourceId)
        .param(
            new SqlArrayValue("text", unmapped.stream().map(one -> one.snapshot().id()).toArray()))
        .update();
    OffsetDateTime now = time(clock.instant());
    for (int from = 0; from < unmapped.size(); from += ROWS_AT_ONCE) {
      List<SnapshotEvidence.UnmappedDraft> some =
          unmapped.subList(from, Math.min(unmapped.size(), from + ROWS_AT_ONCE));
      jdbc.sql(
              """
              insert into backup_unmapped (source_id, snapshot_id, taken_at, hostname, tags, paths,
                reason, learned_at)
              select :source, t.id, t.taken_at, t.hostname,
                array(select jsonb_array_elements_text(t.tags)),
                array(select jsonb_array_elements_text(t.paths)), t.reason, :now
              from jsonb_to_recordset(:rows::jsonb) t (id text, taken_at timestamptz,
                hostname text, tags jsonb, paths jsonb, reason text)
              on conflict (source_id, snapshot_id) do update set reason = excluded.reason
                where backup_unmapped.reason <> excluded.reason
              """)
          .param("source", sourceId)
          .param("now", now)
          .param("rows", rows(some))
          .update();
    }
  }

  private static String rows(List<SnapshotEvidence.UnmappedDraft> unmapped) {
    ArrayNode rows = JSON.createArrayNode();
    for (SnapshotEvidence.UnmappedDraft one : unmapped) {
      Snapshot snapshot = one.snapshot();
      Instant started = snapshot.startedAt();
      ObjectNode row = rows.addObject();
      row.put("id", snapshot.id());
      row.put("taken_at", (started == null ? snapshot.finishedAt() : started).toString());
      row.put("hostname", snapshot.hostname());
      row.put("reason", one.reason());
      snapshot.tags().stream().limit(MOST_TEXTS).forEach(row.putArray("tags")::add);
      snapshot.paths().stream().limit(MOST_TEXTS).forEach(row.putArray("paths")::add);
    }
    return rows.toString();
  }

  /** Sets when the source is read next, unless somebody asked for it meanwhile. */
  private void next(long sourceId, int failures) {
    long seconds =
        jdbc.sql("select interval_seconds from backup_source where id = ?")
            .param(sourceId)
            .query(Long.class)
            .single();
    Instant next =
        SourceRhythm.next(
            clock.instant(),
            Duration.ofSeconds(seconds),
            failures,
            ThreadLocalRandom.current().nextDouble());
    jdbc.sql("update backup_source set next_read_at = ? where id = ? and removed_at = 'infinity'")
        .param(time(next))
        .param(sourceId)
        .update();
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
