package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.Attempt;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.Evidence;
import dev.plimsoll.backup.coverage.Evidence.Blindness;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** What was known of the backups of data. */
@Repository
class EvidenceRows {
  /** So many attempts of each sort from before are looked at; older ones decide nothing. */
  static final int BEFORE = 20;

  private final JdbcClient jdbc;

  EvidenceRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The evidence of data of a host.
   *
   * @param since what could matter at or after this instant is loaded
   * @param known what was learned later is left out
   */
  Map<Long, Evidence> of(
      long hostId, Collection<KeptDataRows.Row> data, Instant since, Instant known) {
    List<Asked> asked = new ArrayList<>();
    for (KeptDataRows.Row row : data) {
      for (DataRef ref : answeredBy(row.ref())) {
        asked.add(new Asked(row.id(), ref, row.incarnation().recordsFrom()));
      }
    }
    Map<Long, List<Attempt>> attempts = attempts(hostId, asked, since, known);
    Map<Long, List<Blindness>> blindness = blindness(attempts.values(), since);
    Map<Long, Evidence> evidence = HashMap.newHashMap(data.size());
    for (KeptDataRows.Row row : data) {
      List<Attempt> of = attempts.getOrDefault(row.id(), List.of());
      Set<Long> sources = new HashSet<>();
      of.stream().map(Attempt::sourceId).filter(Objects::nonNull).forEach(sources::add);
      evidence.put(
          row.id(),
          new Evidence(
              of,
              sources.stream()
                  .flatMap(source -> blindness.getOrDefault(source, List.of()).stream())
                  .toList()));
    }
    return evidence;
  }

  /** What a record has to speak of to be evidence for data: a directory is in those above it. */
  static List<DataRef> answeredBy(DataRef ref) {
    if (ref.kind() != DataKind.DIRECTORY) {
      return List.of(ref);
    }
    List<DataRef> above = new ArrayList<>();
    String path = ref.name();
    while (path.length() > 1) {
      above.add(DataRef.directory(path));
      path = path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }
    above.add(DataRef.directory("/"));
    return above;
  }

  private record Asked(long id, DataRef ref, Instant recordsFrom) {}

  private Map<Long, List<Attempt>> attempts(
      long hostId, List<Asked> asked, Instant since, Instant known) {
    Map<Long, List<Attempt>> attempts = new HashMap<>();
    List<DataRef> refs = asked.stream().map(Asked::ref).toList();
    jdbc.sql(
            """
            select d.id, r.*, t.damaged_at from unnest(:ids, :kinds, :names, :from)
              d (id, kind, name, records_from)
            cross join lateral (
              select r.started_at, r.finished_at, r.learned_at, r.gone_at, r.outcome, r.ahead,
                r.bytes = 0 and not exists (
                  select from data_size z
                  where z.host_id = r.host_id and z.kind = r.kind and z.key = r.name
                    and z.valid_to = 'infinity' and z.bytes = 0) empty,
                r.target_type, r.source_id, r.source, r.snapshot_id,
                row_number() over (
                  partition by r.outcome, r.ahead, r.bytes = 0, r.target_type, r.source_id
                  order by r.started_at desc) place
              from backup_record r
              where r.host_id = :host and r.kind = d.kind and r.name = d.name
                and r.type = 'BACKUP' and r.started_at >= d.records_from::timestamptz
                and r.learned_at <= :known and r.gone_at > :since) r
            left join lateral (
              select case when t.outcome = 'FAILED' then least(t.finished_at, t.learned_at) end
                damaged_at
              from backup_record t
              where t.host_id = :host and t.kind = d.kind and t.name = d.name
                and t.type = 'RESTORE_TEST' and t.snapshot_id = r.snapshot_id
                and t.source = r.source and t.learned_at <= :known
              order by t.finished_at desc, t.id desc limit 1) t on true
            where r.finished_at >= :since or r.place <= :before
            """)
        .param("ids", new SqlArrayValue("bigint", asked.stream().map(Asked::id).toArray()))
        .param("kinds", KeptDataRows.kinds(refs))
        .param("names", KeptDataRows.names(refs))
        .param("from", Times.texts(asked.stream().map(Asked::recordsFrom).toList()))
        .param("host", hostId)
        .param("known", Times.of(known))
        .param("since", Times.of(since))
        .param("before", BEFORE)
        .query(
            row -> {
              attempts
                  .computeIfAbsent(row.getLong("id"), id -> new ArrayList<>())
                  .add(attempt(row, known));
            });
    return attempts;
  }

  private static Attempt attempt(ResultSet row, Instant known) throws SQLException {
    Instant learned = Times.read(row, "learned_at");
    Instant gone = Times.read(row, "gone_at");
    Instant damaged = Times.readOrNull(row, "damaged_at");
    return new Attempt(
        earlier(Times.read(row, "started_at"), learned),
        earlier(Times.read(row, "finished_at"), learned),
        gone.isAfter(known) ? Instant.MAX : gone,
        outcome(row),
        offHost(row.getString("target_type")),
        row.getObject("source_id", Long.class),
        damaged == null ? Instant.MAX : damaged);
  }

  /** A clock that is a little ahead of the portal's does not bring anything about before it is. */
  private static Instant earlier(Instant told, Instant learned) {
    return told.isBefore(learned) ? told : learned;
  }

  private static Attempt.Outcome outcome(ResultSet row) throws SQLException {
    if (row.getString("outcome").equals("FAILED")) {
      return Attempt.Outcome.FAILED;
    }
    if (row.getBoolean("ahead")) {
      return Attempt.Outcome.AHEAD;
    }
    return row.getBoolean("empty") ? Attempt.Outcome.EMPTY : Attempt.Outcome.SUCCEEDED;
  }

  static @Nullable Boolean offHost(@Nullable String target) {
    return target == null ? null : (Boolean) !target.equals(TargetType.LOCAL.name());
  }

  private Map<Long, List<Blindness>> blindness(Collection<List<Attempt>> attempts, Instant since) {
    Set<Long> sources = new HashSet<>();
    attempts.forEach(
        list ->
            list.stream().map(Attempt::sourceId).filter(Objects::nonNull).forEach(sources::add));
    Map<Long, List<Blindness>> blindness = new HashMap<>();
    if (sources.isEmpty()) {
      return blindness;
    }
    jdbc.sql(
            "select source_id, category, valid_from, valid_to from backup_source_blindness"
                + " where source_id = any (?) and valid_to > ?")
        .param(new SqlArrayValue("bigint", sources.toArray()))
        .param(Times.of(since))
        .query(
            row -> {
              blindness
                  .computeIfAbsent(row.getLong("source_id"), id -> new ArrayList<>())
                  .add(
                      new Blindness(
                          row.getLong("source_id"),
                          row.getString("category").equals("DAMAGED"),
                          Times.read(row, "valid_from"),
                          Times.read(row, "valid_to")));
            });
    return blindness;
  }
}
