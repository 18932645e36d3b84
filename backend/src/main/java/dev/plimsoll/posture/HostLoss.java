package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** Tells what it would cost if a host were gone at an instant. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class HostLoss {
  private static final Set<String> RUNNING = Set.of("running", "paused", "restarting");
  private static final Comparator<Loss.LostData> WORST_FIRST =
      Comparator.comparing(Loss.LostData::fate)
          .thenComparing(Loss.LostData::kind)
          .thenComparing(Loss.LostData::name);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final BlindHosts blindHosts;
  private final Documents documents;

  HostLoss(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      BlindHosts blindHosts,
      Documents documents) {
    this.documents = documents;
    this.jdbc = jdbc;
    this.clock = clock;
    this.blindHosts = blindHosts;
  }

  /**
   * What is lost with a host, and what comes back, if it is gone at an instant, null for now.
   *
   * @param knownAt null for what was known at that instant
   * @throws NoSuchScope if there was no such host then
   */
  public Loss at(long hostId, @Nullable Instant asOf, @Nullable Instant knownAt) {
    Known known = Known.of(asOf, knownAt, clock);
    Moment moment = known.moment();
    HostRef host =
        jdbc.sql(
                "select hh.host_id, hh.name from host_history hh where hh.host_id = :host and "
                    + moment.holds("hh"))
            .param("host", hostId)
            .param("at", moment.time())
            .query((row, n) -> new HostRef(row.getLong("host_id"), row.getString("name")))
            .optional()
            .orElseThrow(() -> new NoSuchScope("host \"" + hostId + "\""));
    List<Kept> kept = kept(hostId, known);
    Map<String, Double> throughputs =
        throughputs(
            kept.stream()
                .map(Kept::away)
                .filter(Objects::nonNull)
                .map(CoverageRow.Good::source)
                .distinct()
                .toList(),
            known);
    List<Loss.LostData> data =
        kept.stream().map(one -> one.lost(moment.at(), throughputs)).sorted(WORST_FIRST).toList();
    return new Loss(
        host,
        moment.at(),
        !UnreadData.of(blindHosts.at(moment, List.of(hostId))).hosts().isEmpty(),
        data,
        services(hostId, moment, kept, data),
        kept.stream().map(Kept::local).filter(Objects::nonNull).distinct().sorted().toList());
  }

  private List<Kept> kept(long hostId, Known known) {
    Moment moment = known.moment();
    return jdbc.sql(
            """
            select d.id, d.kind, d.name, u.shape, u.users, own.state, z.bytes size,
              away.id away_id, away.started_at away_started, away.finished_at away_finished,
              away.source away_source, away.snapshot_id away_snapshot, away.bytes away_bytes,
              untold.id untold_id, untold.started_at untold_started,
              untold.finished_at untold_finished, untold.source untold_source,
              untold.snapshot_id untold_snapshot, untold.bytes untold_bytes,
              here.source local,
              drill.duration_seconds drill_seconds, drill.bytes drill_bytes
            from kept_data d
            join kept_data_use u on u.data_id = d.id and %s
            %s %s %s %s %s %s
            where d.host_id = :host
            """
                .formatted(
                    moment.holds("u"),
                    CoverageSelect.standing(known),
                    CoverageSelect.size(moment),
                    CoverageSelect.newest("away", CoverageSelect.GOOD, "r.target_type <> 'LOCAL'"),
                    CoverageSelect.newest("untold", CoverageSelect.GOOD, "r.target_type is null"),
                    CoverageSelect.newest("here", CoverageSelect.GOOD, "r.target_type = 'LOCAL'"),
                    CoverageSelect.newest(
                        "drill",
                        "r.type = 'RESTORE_TEST'",
                        "r.outcome = 'SUCCEEDED'",
                        "r.duration_seconds is not null")))
        .params(UnreadData.NONE.parameters())
        .param("host", hostId)
        .param("at", moment.time())
        .param("known", known.time())
        .query((row, n) -> Kept.of(row))
        .list();
  }

  /** Median bytes a second of the successful restores of some sources. */
  private Map<String, Double> throughputs(Collection<String> sources, Known known) {
    Map<String, Double> throughputs = new HashMap<>();
    jdbc.sql(
            """
            select r.source,
              percentile_cont(0.5) within group (order by r.bytes / r.duration_seconds) median
            from backup_record r
            where r.source = any (:sources) and r.type = 'RESTORE_TEST'
              and r.outcome = 'SUCCEEDED' and not r.ahead and r.bytes > 0
              and r.duration_seconds > 0 and %s
            group by r.source
            """
                .formatted(Known.tells("r")))
        .param("sources", Rows.texts(sources))
        .param("at", known.moment().time())
        .param("known", known.time())
        .query(
            row -> {
              throughputs.put(row.getString("source"), row.getDouble("median"));
            });
    return throughputs;
  }

  private List<Loss.Service> services(
      long hostId, Moment moment, List<Kept> kept, List<Loss.LostData> data) {
    Map<Long, Loss.LostData> fates = new HashMap<>();
    data.forEach(one -> fates.put(one.dataId(), one));
    Map<String, List<Loss.LostData>> usedBy = new HashMap<>();
    for (Kept one : kept) {
      Loss.LostData lost = fates.get(one.id());
      for (KeptData.User user : one.users()) {
        if (lost != null && lost.fate() != Loss.Fate.ELSEWHERE) {
          usedBy.computeIfAbsent(user.dockerId(), id -> new ArrayList<>()).add(lost);
        }
      }
    }
    List<Container> running = running(hostId, moment);
    Map<String, List<Container>> services = new TreeMap<>();
    running.forEach(
        container ->
            services
                .computeIfAbsent(container.lineage(), name -> new ArrayList<>())
                .add(container));
    List<Loss.Service> stopped = new ArrayList<>();
    services.forEach(
        (name, containers) ->
            stopped.add(
                new Loss.Service(
                    name,
                    containers.stream().map(Container::name).sorted().toList(),
                    containers.stream()
                        .flatMap(one -> usedBy.getOrDefault(one.dockerId(), List.of()).stream())
                        .distinct()
                        .sorted(WORST_FIRST)
                        .map(
                            lost ->
                                new Loss.Missed(
                                    lost.dataId(), lost.kind(), lost.name(), lost.fate()))
                        .toList())));
    return stopped;
  }

  private List<Container> running(long hostId, Moment moment) {
    List<Container> containers =
        jdbc.sql(
                """
                select b.lineage, s.name, b.docker_id, s.observation
                from state s join subject b on b.id = s.subject_id
                where s.host_id = :host and s.kind = 'container' and s.observation is not null
                  and %s
                """
                    .formatted(moment.holds("s")))
            .param("host", hostId)
            .param("at", moment.time())
            .query(
                (row, n) ->
                    new Container(
                        row.getString("lineage"),
                        row.getString("name"),
                        row.getString("docker_id"),
                        Sha256.stored(row.getBytes("observation"))))
            .list();
    Map<Sha256, JsonNode> observations =
        documents.trees(containers.stream().map(Container::observation).toList());
    return containers.stream()
        .filter(
            one -> {
              JsonNode observation = observations.get(one.observation());
              return observation != null
                  && RUNNING.contains(observation.path("state").asString(""));
            })
        .toList();
  }

  private record Container(String lineage, String name, String dockerId, Sha256 observation) {}

  /**
   * Data with the newest good backup of each place.
   *
   * @param local who made the one that lies on the host; null if there is none
   */
  private record Kept(
      long id,
      DataKind kind,
      DataShape shape,
      String name,
      List<KeptData.User> users,
      CoverageState state,
      @Nullable Long bytes,
      CoverageRow.@Nullable Good away,
      CoverageRow.@Nullable Good untold,
      @Nullable String local,
      @Nullable Double drillSeconds,
      @Nullable Long drillBytes) {
    static Kept of(ResultSet row) throws SQLException {
      return new Kept(
          row.getLong("id"),
          DataKind.valueOf(row.getString("kind")),
          DataShape.valueOf(row.getString("shape")),
          row.getString("name"),
          CoverageSelect.users(row.getString("users")),
          CoverageState.valueOf(row.getString("state")),
          Rows.longOrNull(row, "size"),
          good(row, "away", true),
          good(row, "untold", null),
          row.getString("local"),
          row.getObject("drill_seconds", Double.class),
          Rows.longOrNull(row, "drill_bytes"));
    }

    private static CoverageRow.@Nullable Good good(
        ResultSet row, String alias, @Nullable Boolean offHost) throws SQLException {
      Long id = Rows.longOrNull(row, alias + "_id");
      return id == null
          ? null
          : new CoverageRow.Good(
              id,
              Rows.instant(row, alias + "_started"),
              Rows.instant(row, alias + "_finished"),
              row.getString(alias + "_source"),
              row.getString(alias + "_snapshot"),
              Rows.longOrNull(row, alias + "_bytes"),
              offHost);
    }

    Loss.LostData lost(Instant at, Map<String, Double> throughputs) {
      Loss.Fate fate = fate();
      CoverageRow.Good backup =
          switch (fate) {
            case COMES_BACK -> away;
            case NOT_KNOWN -> untold;
            case LOST, LOST_AS_APPROVED, ELSEWHERE -> null;
          };
      return new Loss.LostData(
          id,
          kind,
          shape,
          name,
          fate,
          state,
          bytes,
          backup,
          backup == null ? null : Duration.between(backup.startedAt(), at),
          fate == Loss.Fate.COMES_BACK && away != null ? restore(away, throughputs) : null);
    }

    private Loss.Fate fate() {
      if (shape == DataShape.REMOTE) {
        return Loss.Fate.ELSEWHERE;
      }
      if (away != null) {
        return Loss.Fate.COMES_BACK;
      }
      if (untold != null || state == CoverageState.UNKNOWN) {
        return Loss.Fate.NOT_KNOWN;
      }
      return state == CoverageState.EXEMPT ? Loss.Fate.LOST_AS_APPROVED : Loss.Fate.LOST;
    }

    private Loss.@Nullable Restore restore(CoverageRow.Good from, Map<String, Double> throughputs) {
      Long now = bytes != null ? bytes : from.bytes();
      Double seconds = drillSeconds;
      if (seconds != null) {
        return new Loss.Restore(
            now == null || drillBytes == null || drillBytes == 0
                ? seconds
                : seconds * now / drillBytes,
            Loss.Restore.Basis.OWN_DRILL);
      }
      Double throughput = throughputs.get(from.source());
      return now == null || throughput == null
          ? null
          : new Loss.Restore(now / throughput, Loss.Restore.Basis.SOURCE_THROUGHPUT);
    }
  }
}
