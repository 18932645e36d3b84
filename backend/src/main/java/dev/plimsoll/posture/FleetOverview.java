package dev.plimsoll.posture;

import dev.plimsoll.checklist.Severity;
import dev.plimsoll.compliance.Severities;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What the first page shows, read in one transaction so that its numbers agree. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class FleetOverview {
  private static final int TREND_DAYS = 90;
  private static final int MOST = 10;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ScoreRows scores;
  private final ScoreTrends trends;
  private final CheckLoads loads;
  private final EngineVersions engineVersions;

  FleetOverview(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      ScoreRows scores,
      ScoreTrends trends,
      CheckLoads loads,
      EngineVersions engineVersions) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.scores = scores;
    this.trends = trends;
    this.loads = loads;
    this.engineVersions = engineVersions;
  }

  /**
   * The fleet, or the subtree of one group, as of an instant (null for now). Of a group that there
   * was not, everything is empty.
   */
  public Overview read(@Nullable String group, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    ScoreRows.Key key =
        group == null ? ScoreRows.Key.FLEET : scores.group(group, moment).orElse(null);
    return new Overview(
        moment.at(),
        key == null ? scores.empty(moment.at()) : scores.at(key, moment),
        trends.of(key, moment, TREND_DAYS),
        hostsByStatus(moment, group),
        openFindings(moment, group),
        worstHosts(moment, group),
        loads.all(moment, group).stream()
            .filter(load -> load.points() > 0)
            .sorted(CheckLoads.Load.COSTLIEST)
            .limit(MOST)
            .map(CheckLoads.Load::counts)
            .toList(),
        containers(moment, group));
  }

  private Map<HostStatus, Long> hostsByStatus(Moment moment, @Nullable String group) {
    Conditions conditions = watched(moment, group);
    Map<HostStatus, Long> hosts = new EnumMap<>(HostStatus.class);
    jdbc.sql(
            "select status, count(*) hosts from ("
                + HostSelect.sql(moment, "")
                + conditions.where()
                + ") watched group by status")
        .params(conditions.parameters())
        .query(
            row -> {
              hosts.put(HostStatus.valueOf(row.getString("status")), row.getLong("hosts"));
            });
    return hosts;
  }

  private List<HostRow> worstHosts(Moment moment, @Nullable String group) {
    Conditions conditions = watched(moment, group).and("score is not null");
    List<HostRow> hosts =
        jdbc.sql(
                HostSelect.sql(moment, "") + conditions.where() + " order by score, id limit :most")
            .params(conditions.parameters())
            .param("most", MOST)
            .query(HostSelect.ROW)
            .list();
    return engineVersions.added(hosts, moment);
  }

  private static Conditions watched(Moment moment, @Nullable String group) {
    return new Conditions(moment).and("status <> 'DECOMMISSIONED'").andSubtree(group, "group_path");
  }

  private Map<String, Long> openFindings(Moment moment, @Nullable String group) {
    Conditions conditions =
        new Conditions(moment)
            .and("not hh.decommissioned")
            .and("not f.advisory")
            .and("{status} <> 'RESOLVED'")
            .andSubtree(group, "hh.group_path");
    Map<String, Long> findings = new HashMap<>();
    for (Severity severity : Severity.values()) {
      findings.put(severity.name().toLowerCase(Locale.ROOT), 0L);
    }
    jdbc.sql(
            "select severity, count(*) findings from ("
                + FindingSelect.sql(moment, conditions.where())
                + ") open group by severity")
        .params(conditions.parameters())
        .query(
            row -> {
              findings.put(
                  Severities.of(row.getInt("severity")).name().toLowerCase(Locale.ROOT),
                  row.getLong("findings"));
            });
    return findings;
  }

  private long containers(Moment moment, @Nullable String group) {
    Conditions conditions =
        new Conditions(moment)
            .and("t.kind = 'container'")
            .and(moment.holds("t"))
            .and("not hh.decommissioned")
            .andSubtree(group, "hh.group_path");
    return jdbc.sql(
            "select count(*) from state t join host_history hh on hh.host_id = t.host_id and "
                + moment.holds("hh")
                + conditions.where())
        .params(conditions.parameters())
        .query(Long.class)
        .single();
  }

  /**
   * The first page.
   *
   * @param trend the score in 90 daily steps, oldest first, the last one at {@code at}
   * @param hostsByStatus how many hosts are in each status, those with none left out
   * @param openFindings findings that are not resolved and count, by severity word
   * @param worstHosts at most ten, lowest score first
   * @param topChecks checks that cost most points over all hosts, at most ten
   * @param containers containers present on all hosts
   */
  public record Overview(
      Instant at,
      ScoreRow score,
      ScoreTrend trend,
      Map<HostStatus, Long> hostsByStatus,
      Map<String, Long> openFindings,
      List<HostRow> worstHosts,
      List<CheckLoad> topChecks,
      long containers) {
    public Overview {
      hostsByStatus = Map.copyOf(hostsByStatus);
      openFindings = Map.copyOf(openFindings);
      worstHosts = List.copyOf(worstHosts);
      topChecks = List.copyOf(topChecks);
    }
  }

  /**
   * How often a check fails: subjects and hosts with an open FAIL.
   *
   * @param answeredSubjects those with a known answer, be it that the check does not apply
   */
  public record CheckLoad(
      String check,
      String title,
      String severity,
      long failingSubjects,
      long failingHosts,
      long unknownSubjects,
      long answeredSubjects) {}

  /** The same for every check of the catalogue, in catalogue order, as of now. */
  public List<CheckLoad> checks() {
    return loads.all(Moment.of(null, clock), null).stream().map(CheckLoads.Load::counts).toList();
  }
}
