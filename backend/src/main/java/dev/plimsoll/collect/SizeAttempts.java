package dev.plimsoll.collect;

import dev.plimsoll.backup.DataSizes;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The {@code size_reading} rows: when each host is due, and how its last attempt went. */
@Component
@PortalItself
class SizeAttempts {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final SizeLimits limits;
  private final Clock clock;

  SizeAttempts(JdbcClient jdbc, SizeLimits limits, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * One attempt; what it says once another took its place is not heard.
   *
   * @param startedAt what tells it from others of the host
   */
  record Attempt(long hostId, Instant startedAt) {}

  /** A host was collected: its data is to be measured soon, unless it is on the schedule. */
  @Transactional(propagation = Propagation.MANDATORY)
  void want(long hostId) {
    Instant first = now().plus(limits.untilFirst(ThreadLocalRandom.current().nextDouble()));
    jdbc.sql(
            """
            insert into size_reading (host_id, next_at)
            select :host, :first where not exists (
              select 1 from size_reading where host_id = :host and next_at < 'infinity')
            on conflict (host_id) do update set next_at = excluded.next_at
            """)
        .param("host", hostId)
        .param("first", time(first))
        .update();
  }

  /** Makes a host due at once, unless it is being measured. */
  @Transactional(propagation = Propagation.MANDATORY)
  void dueNow(long hostId) {
    jdbc.sql(
            """
            insert into size_reading (host_id, next_at) values (:host, :now)
            on conflict (host_id) do update set next_at = excluded.next_at
            where size_reading.outcome is distinct from 'RUNNING'
              or size_reading.next_at <= :now
            """)
        .param("host", hostId)
        .param("now", time(now()))
        .update();
  }

  /** Hosts that are due, longest due first. */
  @Transactional(readOnly = true)
  List<Long> due(int limit) {
    return jdbc.sql(
            "select host_id from size_reading where next_at <= :now order by next_at limit :limit")
        .param("now", time(now()))
        .param("limit", limit)
        .query(Long.class)
        .list();
  }

  /** Begins an attempt; empty if the host is not due any more, since somebody else did. */
  @Transactional
  Optional<Attempt> begin(long hostId) {
    Instant now = now();
    int taken =
        jdbc.sql(
                """
                update size_reading set outcome = 'RUNNING', started_at = :now, finished_at = null,
                  volumes = null, layers = null, problem = null, next_at = :lost
                where host_id = :host and next_at <= :now
                """)
            .param("now", time(now))
            .param("lost", time(now.plus(limits.untilLost())))
            .param("host", hostId)
            .update();
    return taken == 0 ? Optional.empty() : Optional.of(new Attempt(hostId, now));
  }

  /** Finishes an attempt that measured the host, in the transaction that keeps the sizes. */
  @Transactional(propagation = Propagation.MANDATORY)
  void finish(Attempt attempt, Instant at, DataSizes.Measured measured) {
    Instant next = now().plus(limits.untilNext(0, ThreadLocalRandom.current().nextDouble()));
    jdbc.sql(
            """
            update size_reading set outcome = 'SUCCEEDED', finished_at = greatest(:at, started_at),
              volumes = :volumes, layers = :layers, failures = 0, next_at = :next
            where host_id = :host and started_at = :started and outcome = 'RUNNING'
            """)
        .param("at", time(at))
        .param("volumes", measured.volumes().size())
        .param("layers", measured.layers().size())
        .param("next", time(next))
        .param("host", attempt.hostId())
        .param("started", time(attempt.startedAt()))
        .update();
  }

  /** Finishes an attempt that told nothing. */
  @Transactional
  void fail(Attempt attempt, Reading.Unread problem) {
    Instant now = now();
    int failures =
        1
            + jdbc.sql("select failures from size_reading where host_id = ?")
                .param(attempt.hostId())
                .query(Integer.class)
                .optional()
                .orElse(0);
    Instant next = now.plus(limits.untilNext(failures, ThreadLocalRandom.current().nextDouble()));
    jdbc.sql(
            """
            update size_reading set outcome = 'FAILED', finished_at = greatest(:now, started_at),
              problem = :problem::jsonb, failures = :failures, next_at = :next
            where host_id = :host and started_at = :started and outcome = 'RUNNING'
            """)
        .param("now", time(now))
        .param(
            "problem",
            MAPPER
                .createObjectNode()
                .put("call", problem.call())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .toString())
        .param("failures", failures)
        .param("next", time(next))
        .param("host", attempt.hostId())
        .param("started", time(attempt.startedAt()))
        .update();
  }

  /** Leaves an attempt that this process cannot finish to the next one that looks. */
  @Transactional
  void handBack(Attempt attempt) {
    jdbc.sql(
            """
            update size_reading set next_at = :now
            where host_id = :host and started_at = :started and outcome = 'RUNNING'
            """)
        .param("now", time(now()))
        .param("host", attempt.hostId())
        .param("started", time(attempt.startedAt()))
        .update();
  }

  /** Leaves a paused host alone, until it is collected again. */
  @Transactional
  void rest(long hostId) {
    jdbc.sql("update size_reading set next_at = 'infinity' where host_id = ?")
        .param(hostId)
        .update();
  }

  /** A host is not to be read any more. */
  @Transactional
  void forget(long hostId) {
    jdbc.sql("delete from size_reading where host_id = ?").param(hostId).update();
  }

  /** The last attempt; empty if none was made or is due. */
  @Transactional(readOnly = true)
  Optional<SizeReading> last(long hostId) {
    return jdbc.sql(
            "select outcome, started_at, finished_at, volumes, layers,"
                + " problem->>'call' as call, (problem->>'status')::int as status,"
                + " problem->>'detail' as detail, nullif(next_at, 'infinity') as next_at"
                + " from size_reading where host_id = ?")
        .param(hostId)
        .query((row, n) -> reading(row))
        .optional();
  }

  private static SizeReading reading(ResultSet row) throws SQLException {
    String word = row.getString("outcome");
    SizeReading.Outcome outcome =
        word == null ? SizeReading.Outcome.PENDING : SizeReading.Outcome.valueOf(word);
    String call = row.getString("call");
    return new SizeReading(
        outcome,
        instant(row, "started_at"),
        instant(row, "finished_at"),
        row.getObject("volumes", Integer.class),
        row.getObject("layers", Integer.class),
        call == null
            ? null
            : new Reading.Unread(call, row.getInt("status"), row.getString("detail")),
        outcome == SizeReading.Outcome.RUNNING ? null : instant(row, "next_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
