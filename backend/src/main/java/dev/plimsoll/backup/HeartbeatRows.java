package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Heartbeats and what was told at them, as they are stored. */
@Component
@PortalItself
class HeartbeatRows {
  private static final JsonMapper JSON = new JsonMapper();

  /** So long two runs of one name are the same run. */
  private static final Duration RUN = Duration.ofDays(1);

  /** A job without names for its runs that says the same again so soon repeats itself. */
  private static final Duration REPEAT = Duration.ofSeconds(30);

  /** A start that has no end: none after it, nor, where runs have names, one that overtook it. */
  private static final String NOT_ENDED =
      """
      p.kind = 'START' and not exists (
        select 1 from heartbeat_ping e
        where e.source_id = p.source_id and e.kind <> 'START' and e.at <= :at
          and e.run is not distinct from p.run
          and (e.at > p.at or (p.run is not null and e.at > p.at - interval '1 day')))
      """;

  private final JdbcClient jdbc;

  HeartbeatRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A heartbeat whose token was shown. */
  record Called(long id, String name, long hostId, DataRef data, @Nullable TargetType target) {}

  @Transactional(propagation = Propagation.MANDATORY)
  long insert(HeartbeatDraft draft, byte[] tokenHash, String author, Instant now) {
    return jdbc.sql(
            """
            insert into backup_source (name, type, location, mapping, target_type,
              interval_seconds, period_seconds, grace_seconds, token_hash, author, created_at)
            values (:name, 'HEARTBEAT', 'heartbeat', :mapping::jsonb, :target, :period, :period,
              :grace, :hash, :author, :now)
            returning id
            """)
        .param("name", draft.name())
        .param("mapping", mapping(draft.hostId(), draft.data()))
        .param("target", draft.target() == null ? null : draft.target().name())
        .param("period", draft.period().toSeconds())
        .param("grace", draft.grace().toSeconds())
        .param("hash", tokenHash)
        .param("author", author)
        .param("now", time(now))
        .query(Long.class)
        .single();
  }

  /** Gives a heartbeat another token; its name, empty if there is none. */
  @Transactional(propagation = Propagation.MANDATORY)
  Optional<String> rotate(long id, byte[] tokenHash) {
    return jdbc.sql(
            "update backup_source set token_hash = :hash where id = :id and type = 'HEARTBEAT'"
                + " and removed_at = 'infinity' returning name")
        .param("hash", tokenHash)
        .param("id", id)
        .query(String.class)
        .optional();
  }

  /** Ends a heartbeat; its name, empty if there is none. */
  @Transactional(propagation = Propagation.MANDATORY)
  Optional<String> remove(long id, Instant now) {
    return jdbc.sql(
            "update backup_source set removed_at = greatest(:now, created_at), token_hash = null"
                + " where id = :id and type = 'HEARTBEAT' and removed_at = 'infinity'"
                + " returning name")
        .param("now", time(now))
        .param("id", id)
        .query(String.class)
        .optional();
  }

  /** The heartbeat of a token, held until the transaction ends, so that its pings queue up. */
  @Transactional(propagation = Propagation.MANDATORY)
  Optional<Called> hold(byte[] tokenHash) {
    return jdbc.sql(
            "select id, name, mapping, target_type from backup_source"
                + " where token_hash = ? and removed_at = 'infinity' for update")
        .param(tokenHash)
        .query(
            (row, n) -> {
              JsonNode mapping = JSON.readTree(row.getString("mapping"));
              return new Called(
                  row.getLong("id"),
                  row.getString("name"),
                  host(mapping),
                  data(mapping),
                  target(row));
            })
        .optional();
  }

  /** When the heartbeat was last called; empty if it never was. */
  @Transactional(propagation = Propagation.MANDATORY)
  Optional<Instant> lastPing(long id) {
    return jdbc.sql("select at from heartbeat_ping where source_id = ? order by at desc limit 1")
        .param(id)
        .query((row, n) -> row.getObject("at", OffsetDateTime.class).toInstant())
        .optional();
  }

  /** How often the heartbeat was called since an instant, repeats not counted. */
  @Transactional(propagation = Propagation.MANDATORY)
  int pingsSince(long id, Instant since) {
    return jdbc.sql("select count(*) from heartbeat_ping where source_id = ? and at > ?")
        .param(id)
        .param(time(since))
        .query(Integer.class)
        .single();
  }

  /** Whether a ping says what was just said: a job tries again where no answer reached it. */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean isRepeat(long id, HeartbeatPing ping, @Nullable String facts, Instant at) {
    if (ping.run() != null) {
      return jdbc.sql(
              "select exists (select 1 from heartbeat_ping where source_id = :id and run = :run"
                  + " and kind = :kind and at > :since)")
          .param("id", id)
          .param("run", ping.run())
          .param("kind", ping.kind().name())
          .param("since", time(at.minus(RUN)))
          .query(Boolean.class)
          .single();
    }
    return jdbc.sql(
            """
            select exists (select 1 from (
                select * from heartbeat_ping where source_id = :id and run is null
                order by at desc limit 1) p
              where p.at > :since and p.kind = :kind
                and p.exit_code is not distinct from :exit::int
                and p.detail is not distinct from :detail
                and p.facts::text is not distinct from :facts)
            """)
        .param("id", id)
        .param("kind", ping.kind().name())
        .param("exit", ping.exitCode())
        .param("detail", ping.detail())
        .param("facts", facts)
        .param("since", time(at.minus(REPEAT)))
        .query(Boolean.class)
        .single();
  }

  /** When the run began that ends at an instant; empty if it did not say, or over a day ago. */
  @Transactional(propagation = Propagation.MANDATORY)
  Optional<Instant> began(long id, @Nullable String run, Instant at) {
    return jdbc.sql(
            "select p.at from heartbeat_ping p where p.source_id = :id"
                + " and p.run is not distinct from :run::text and p.at > :since and p.at <= :at"
                + " and "
                + NOT_ENDED
                + " order by p.at desc limit 1")
        .param("id", id)
        .param("run", run)
        .param("at", time(at))
        .param("since", time(at.minus(RUN)))
        .query((row, n) -> row.getObject("at", OffsetDateTime.class).toInstant())
        .optional();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void insert(long id, HeartbeatPing ping, @Nullable String facts, Instant at) {
    jdbc.sql(
            """
            insert into heartbeat_ping (source_id, at, kind, exit_code, run, detail, facts)
            values (:id, :at, :kind, :exit::int, :run, :detail, :facts::json)
            """)
        .param("id", id)
        .param("at", time(at))
        .param("kind", ping.kind().name())
        .param("exit", ping.exitCode())
        .param("run", ping.run())
        .param("detail", ping.detail())
        .param("facts", facts)
        .update();
  }

  /**
   * Heartbeats that there were at an instant, by name, with how they did then.
   *
   * @param id null for all
   */
  @Transactional(readOnly = true)
  List<Heartbeat> select(@Nullable Long id, Instant at) {
    return jdbc.sql(
            """
            select s.*, h.name as host_name, ended.at as ended_at, ended.kind as ended_kind, ended.exit_code,
              good.at as good_at, told.at as told_at,
              (select max(p.at) from heartbeat_ping p
               where p.source_id = s.id and p.at <= :at
                 and p.at > coalesce(ended.at, '-infinity') and
            """
                + NOT_ENDED
                + """
              ) as open_start
            from backup_source s
            join host h on h.id = (s.mapping->>'host')::bigint
            left join lateral (
              select at, kind, exit_code from heartbeat_ping
              where source_id = s.id and kind <> 'START' and at <= :at
              order by at desc limit 1) ended on true
            left join lateral (
              select at from heartbeat_ping
              where source_id = s.id and kind <> 'START' and kind = 'SUCCESS' and at <= :at
              order by at desc limit 1) good on true
            left join lateral (
              select at from heartbeat_ping
              where source_id = s.id and at <= :at order by at desc limit 1) told on true
            where s.type = 'HEARTBEAT' and s.created_at <= :at and s.removed_at > :at
              and (:id::bigint is null or s.id = :id)
            order by lower(s.name)
            """)
        .param("id", id)
        .param("at", time(at))
        .query((row, n) -> heartbeat(row, at))
        .list();
  }

  private static Heartbeat heartbeat(ResultSet row, Instant at) throws SQLException {
    JsonNode mapping = JSON.readTree(row.getString("mapping"));
    Duration period = Duration.ofSeconds(row.getLong("period_seconds"));
    Duration grace = Duration.ofSeconds(row.getLong("grace_seconds"));
    Instant ended = instant(row, "ended_at");
    HeartbeatStatus.End last =
        ended == null
            ? null
            : new HeartbeatStatus.End(
                ended,
                row.getString("ended_kind").equals(HeartbeatPing.Kind.SUCCESS.name()),
                row.getObject("exit_code", Integer.class));
    return new Heartbeat(
        row.getLong("id"),
        row.getString("name"),
        host(mapping),
        row.getString("host_name"),
        data(mapping),
        target(row),
        period,
        grace,
        row.getString("author"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        HeartbeatStatus.of(at, period, grace, instant(row, "open_start"), last),
        instant(row, "good_at"),
        instant(row, "told_at"));
  }

  /** {@code {"host":"7","volume":"orders"}}: as a source's mapping is shown. */
  private static String mapping(long hostId, DataRef data) {
    ObjectNode mapping = JSON.createObjectNode();
    mapping.put("host", String.valueOf(hostId));
    switch (data.kind()) {
      case VOLUME -> mapping.put("volume", data.name());
      case DIRECTORY -> mapping.put("path", data.name());
      case LAYER -> mapping.put("container", data.name());
      case SWARM -> mapping.put("swarm", true);
    }
    return mapping.toString();
  }

  private static long host(JsonNode mapping) {
    return Long.parseLong(mapping.path("host").stringValue());
  }

  private static DataRef data(JsonNode mapping) {
    if (mapping.has("volume")) {
      return DataRef.volume(mapping.path("volume").stringValue());
    }
    if (mapping.has("path")) {
      return DataRef.directory(mapping.path("path").stringValue());
    }
    return mapping.has("container")
        ? DataRef.layer(mapping.path("container").stringValue())
        : new DataRef(DataKind.SWARM, DataRef.SWARM_NAME);
  }

  private static @Nullable TargetType target(ResultSet row) throws SQLException {
    String target = row.getString("target_type");
    return target == null ? null : TargetType.valueOf(target);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
