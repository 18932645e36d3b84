package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** How much data of the fleet, a group or a host stands how. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class CoverageSummary {
  private final JdbcClient jdbc;
  private final Clock clock;
  private final ScoreRows scopes;
  private final BlindHosts blindHosts;
  private final CoverageSeries series;

  CoverageSummary(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      ScoreRows scopes,
      BlindHosts blindHosts,
      CoverageSeries series) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.scopes = scopes;
    this.blindHosts = blindHosts;
    this.series = series;
  }

  /**
   * As of an instant, null for now, with what was known at another, null for the same.
   *
   * @throws NoSuchScope if there was no such host or group then
   */
  public CoverageTotals at(Scope scope, @Nullable Instant asOf, @Nullable Instant knownAt) {
    Known known = Known.of(asOf, knownAt, clock);
    scopes.key(scope, known.moment());
    Conditions conditions = conditions(scope, known.moment());
    Map<String, Object> parameters =
        UnreadData.of(blindHosts.at(known.moment(), null)).parameters();
    parameters.putAll(conditions.parameters());
    parameters.put("known", known.time());
    Map<DataKind, Map<CoverageState, CoverageTotals.Amount>> kinds = new EnumMap<>(DataKind.class);
    long[] offHost = new long[3];
    jdbc.sql(
            "select d.kind, s.state, count(*) n, coalesce(sum(z.bytes), 0) bytes,"
                + " count(*) filter (where z.bytes is null) unsized,"
                + " count(*) filter (where s.state = 'PROTECTED' and good.off_host) away,"
                + " count(*) filter (where s.state = 'PROTECTED' and not good.off_host) here,"
                + " count(*) filter (where s.state = 'PROTECTED' and good.off_host is null) untold"
                + " from kept_data d "
                + CoverageSelect.standing(known)
                + """
                cross join lateral (
                  select case when unread.host_id is null then own.state else 'UNKNOWN' end state) s
                """
                + CoverageSelect.size(known.moment())
                + CoverageSelect.goodIf("s.state = 'PROTECTED'")
                + conditions.where()
                + " group by d.kind, s.state")
        .params(parameters)
        .query(
            row -> {
              kinds
                  .computeIfAbsent(
                      DataKind.valueOf(row.getString("kind")),
                      kind -> new EnumMap<>(CoverageState.class))
                  .put(
                      CoverageState.valueOf(row.getString("state")),
                      new CoverageTotals.Amount(
                          row.getLong("n"), row.getLong("bytes"), row.getLong("unsized")));
              offHost[0] += row.getLong("away");
              offHost[1] += row.getLong("here");
              offHost[2] += row.getLong("untold");
            });
    return CoverageTotals.of(
        known.moment().at(), kinds, new CoverageTotals.OffHost(offHost[0], offHost[1], offHost[2]));
  }

  /**
   * One entry a change in [from, to), led by the one in force at {@code from}, each with what was
   * known when it held: evidence that came late counts from its arrival. Of more than 400 changes,
   * about 400 entries, each as things stood at the end of its stretch, the last one always.
   *
   * @param from null for when anything was first kept
   * @param to null for now
   * @param knownAt what was learned later is left out; null for now
   * @throws NoSuchScope if there is no such host or group
   */
  public List<CoverageTotals> series(
      Scope scope, @Nullable Instant from, @Nullable Instant to, @Nullable Instant knownAt) {
    scopes.key(scope, Moment.of(null, clock));
    Moment end = Moment.of(to, clock);
    if (knownAt != null && Moment.of(knownAt, clock).at().isBefore(end.at())) {
      end = new Moment(knownAt, false);
    }
    return series.read(scope, from, end);
  }

  private static Conditions conditions(Scope scope, Moment moment) {
    Conditions conditions = new Conditions(moment);
    return switch (scope) {
      case Scope.Fleet fleet -> conditions.and("not hh.decommissioned");
      case Scope.Group group ->
          conditions.and("not hh.decommissioned").andSubtree(group.path(), "hh.group_path");
      case Scope.Host host -> conditions.and("d.host_id = :host", "host", host.id());
    };
  }
}
