package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataMap;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.backup.coverage.Promise;
import dev.plimsoll.backup.coverage.Promises;
import dev.plimsoll.checklist.BackupEvidence;
import dev.plimsoll.checklist.BackupRecord;
import dev.plimsoll.checklist.BackupRecord.Data;
import dev.plimsoll.checklist.BackupRecord.Method;
import dev.plimsoll.checklist.BackupRecord.Target;
import dev.plimsoll.checklist.Declaration;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.RestoreDrill;
import dev.plimsoll.inventory.FactContributor;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Adds to a host's facts what was known of backups of its data. */
@Component
@PortalItself
class BackupFacts implements FactContributor {
  /** More backups than these of each sort say nothing more to any check. */
  private static final int NEWEST = 8;

  private final JdbcClient jdbc;
  private final KeptDataRows data;
  private final DataSizes sizes;
  private final PolicyRows policies;

  BackupFacts(JdbcClient jdbc, KeptDataRows data, DataSizes sizes, PolicyRows policies) {
    this.jdbc = jdbc;
    this.data = data;
    this.sizes = sizes;
    this.policies = policies;
  }

  @Override
  public void complete(long hostId, HostFacts known, HostFacts.Builder facts) {
    Instant at = known.at();
    List<KeptData> kept = DataMap.of(known, sizes.layers(hostId, at)).kept();
    if (kept.isEmpty()) {
      return;
    }
    List<BackupRecord> records = new ArrayList<>();
    List<RestoreDrill> drills = new ArrayList<>();
    read(hostId, at, asked(hostId, kept, known), records, drills);
    facts.backups(new BackupEvidence(records, drills, promises(kept, known), null));
  }

  @Override
  public List<Instant> changes(long hostId, Instant after, Instant before) {
    List<Instant> changes = new ArrayList<>(policies.changes(after, before));
    changes.addAll(
        jdbc.sql(
                "select b.at from backup_record r"
                    + " cross join lateral (values (r.learned_at), (r.gone_at)) b (at)"
                    + " where r.host_id = ? and b.at > ? and b.at < ?")
            .param(hostId)
            .param(Times.of(after))
            .param(Times.of(before))
            .query((row, n) -> Times.read(row, "at"))
            .list());
    return changes;
  }

  private Map<Data, BackupEvidence.Promised> promises(List<KeptData> kept, HostFacts known) {
    List<Policy> written = policies.at(known.at());
    Set<String> caches = known.declared(Declaration.CACHE_VOLUME);
    Map<Data, BackupEvidence.Promised> promises = new HashMap<>();
    for (KeptData one : kept) {
      Promise promise = Promises.of(one, known.placement(), written, caches);
      if (promise != null) {
        Policy.Exemption exemption = promise.exemption();
        promises.put(
            one.ref().toData(),
            new BackupEvidence.Promised(
                promise.rpo(),
                promise.restoreTestEvery(),
                exemption == null
                    ? null
                    : new BackupEvidence.Exempt(
                        exemption.by(), exemption.reason(), exemption.until())));
      }
    }
    return promises;
  }

  /** What records have to speak of to count, and from when on. */
  private Map<DataRef, Instant> asked(long hostId, List<KeptData> kept, HostFacts known) {
    Map<DataRef, KeptDataRows.Row> newest = data.newest(hostId, known.at());
    Map<DataRef, Instant> asked = new LinkedHashMap<>();
    for (KeptData one : kept) {
      KeptDataRows.Row row = newest.get(one.ref());
      Instant from =
          Incarnations.of(one, row == null ? null : row.incarnation(), known, known.at())
              .recordsFrom();
      if (one.ref().kind() == DataKind.DIRECTORY) {
        EvidenceRows.answeredBy(one.ref()).forEach(ref -> asked.put(ref, from));
      } else {
        asked.put(one.ref(), from);
      }
    }
    return asked;
  }

  private void read(
      long hostId,
      Instant at,
      Map<DataRef, Instant> asked,
      List<BackupRecord> records,
      List<RestoreDrill> drills) {
    jdbc.sql(
            """
            select r.* from unnest(:kinds, :names, :from) d (kind, name, records_from)
            cross join lateral (
              select * from (
                select r.*, row_number() over (
                  partition by r.type, r.outcome, r.target_type order by r.started_at desc) place
                from backup_record r
                where r.host_id = :host and r.kind = d.kind and r.name = d.name
                  and r.started_at >= d.records_from::timestamptz
                  and r.learned_at <= :at and r.gone_at > :at and not r.ahead) r
              where r.place <= :newest) r
            order by r.started_at desc, r.id
            """)
        .param("kinds", KeptDataRows.kinds(asked.keySet()))
        .param("names", KeptDataRows.names(asked.keySet()))
        .param("from", Times.texts(asked.values()))
        .param("host", hostId)
        .param("at", Times.of(at))
        .param("newest", NEWEST)
        .query(
            row -> {
              if (row.getString("type").equals(RecordType.BACKUP.name())) {
                records.add(record(row));
              } else {
                drills.add(drill(row));
              }
            });
  }

  private static Data data(ResultSet row) throws SQLException {
    return new DataRef(DataKind.valueOf(row.getString("kind")), row.getString("name")).toData();
  }

  private static BackupRecord record(ResultSet row) throws SQLException {
    String method = row.getString("method");
    return new BackupRecord(
        data(row),
        Times.read(row, "started_at"),
        row.getString("outcome").equals("SUCCEEDED"),
        row.getObject("bytes", Long.class),
        row.getString("checksum"),
        row.getObject("warnings", Integer.class),
        target(row.getString("target_type")),
        method == null ? null : Method.valueOf(method),
        row.getBoolean("size_acknowledged"),
        Sha256.stored(row.getBytes("document")).hex());
  }

  private static RestoreDrill drill(ResultSet row) throws SQLException {
    return new RestoreDrill(
        data(row),
        Times.read(row, "finished_at"),
        row.getString("outcome").equals("SUCCEEDED"),
        Boolean.TRUE.equals(row.getObject("hashes_equal", Boolean.class)),
        Sha256.stored(row.getBytes("document")).hex());
  }

  private static @Nullable Target target(@Nullable String type) {
    return type == null
        ? null
        : switch (TargetType.valueOf(type)) {
          case LOCAL -> Target.SAME_HOST;
          case HOST -> Target.OTHER_HOST;
          case OBJECT_STORE -> Target.OBJECT_STORAGE;
        };
  }
}
