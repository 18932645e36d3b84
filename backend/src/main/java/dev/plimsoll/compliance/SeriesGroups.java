package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells the past of groups and of the fleet again, in one sweep over what is told of their hosts,
 * ordered by time: a host's newest second series up to its break, its published scores where it has
 * none and from there on. Only each host's current score is in memory.
 */
@Component
@PortalItself
class SeriesGroups {
  private static final int FETCH = 2000;
  private static final int BATCH = 1000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Catalogues catalogues;
  private final HostProfiles profiles;
  private final SeriesRows rows;

  SeriesGroups(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      Catalogues catalogues,
      HostProfiles profiles,
      SeriesRows rows) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.catalogues = catalogues;
    this.profiles = profiles;
    this.rows = rows;
  }

  /**
   * Ends a run with the series of its groups and of the fleet.
   *
   * @return false if another host joined the run meanwhile: nothing was written
   */
  @Transactional
  public boolean sweep(long runId) {
    Sweep sweep = new Sweep(runId, endsAt(runId));
    events(sweep);
    sweep.end();
    // Whoever notes a break holds the run; from here on they begin another.
    jdbc.sql("select id from series_run where id = ? for update")
        .param(runId)
        .query(Long.class)
        .single();
    boolean joined =
        jdbc.sql(
                "select exists (select 1 from series"
                    + " where run_id = ? and scope = 'HOST' and finished_at is null)")
            .param(runId)
            .query(Boolean.class)
            .single();
    if (joined) {
      jdbc.sql("delete from series where run_id = ? and scope <> 'HOST'").param(runId).update();
      return false;
    }
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    jdbc.sql(
            """
            update series s set finished_at = :now, profile = l.profile,
              profile_version = l.profile_version, catalogue_version = l.catalogue_version
            from series t left join lateral (
              select * from series_score r where r.series_id = t.id order by r.at desc limit 1) l
              on true
            where t.run_id = :run and t.scope <> 'HOST' and s.id = t.id
            """)
        .param("now", now)
        .param("run", runId)
        .update();
    jdbc.sql("update series_run set finished_at = ? where id = ?").param(now).param(runId).update();
    return true;
  }

  private Instant endsAt(long runId) {
    return jdbc.sql("select max(ends_at) from series where run_id = ? and scope = 'HOST'")
        .param(runId)
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  private void events(Sweep sweep) {
    jdbc.sql(
            """
            with newest as (
              select distinct on (scope_id) id, scope_id host_id, ends_at from series
              where scope = 'HOST' and finished_at is not null and failure is null
              order by scope_id, id desc),
            told as (
              select n.host_id, r.at, r.score, r.score_high, r.score_accepted, r.grade,
                r.confidence, r.points_failed, r.points_unknown, r.points_accepted, r.hosts,
                r.hosts_with_critical, r.profile, r.profile_version, r.catalogue_version,
                r.checks_in_scope, r.readings
              from newest n join series_score r on r.series_id = n.id
              union all
              select s.scope_id, s.at, s.score, s.score_high, s.score_accepted, s.grade,
                s.confidence, s.points_failed, s.points_unknown, s.points_accepted, s.hosts,
                s.hosts_with_critical, s.profile, s.profile_version, s.catalogue_version,
                s.checks_in_scope, s.readings
              from score s left join newest n on n.host_id = s.scope_id
              where s.scope = 'HOST' and (n.host_id is null or s.at >= n.ends_at))
            select host_id, at, false as placed, cast(null as bigint) group_id, 0 criticality,
              false decommissioned, score, score_high, score_accepted, grade, confidence,
              points_failed, points_unknown, points_accepted, hosts, hosts_with_critical, profile,
              profile_version, catalogue_version, checks_in_scope, readings
            from told where at < :end
            union all
            select host_id, valid_from, true, group_id, criticality, decommissioned, null, null,
              null, null, 0, 0, 0, 0, 0, 0, '', 0, 0, 0, '{}'
            from host_history where valid_from < :end
            order by at, host_id, placed desc
            """)
        .param("end", sweep.endsAt.atOffset(ZoneOffset.UTC))
        .withFetchSize(FETCH)
        .query(sweep::next);
  }

  /** A scope of scores: the fleet, or a group. */
  private record Scope(String word, long id) {
    static final Scope FLEET = new Scope("FLEET", 0);
  }

  /** What is known of a host while the sweep passes. */
  private static final class HostNow {
    private List<Scope> scopes = List.of();
    private int criticality;
    private boolean counts;
    private @Nullable ScoreFigures figures;

    RollUp.@Nullable Member member() {
      ScoreFigures known = figures;
      return counts && known != null ? new RollUp.Member(known, criticality) : null;
    }
  }

  private final class Sweep {
    private final long runId;
    private final Instant endsAt;
    private final Map<Long, @Nullable Long> parents = new HashMap<>();
    private final Map<Long, HostNow> hosts = new HashMap<>();
    private final Map<Scope, RollUp> sums = new HashMap<>();
    private final Map<Scope, Long> series = new HashMap<>();
    private final Map<Scope, ScoreFigures> written = new HashMap<>();
    private final Map<Set<ScoreBasis>, Integer> unions = new HashMap<>();
    private final Set<Scope> touched = new HashSet<>();
    private final List<SeriesRows.Entry> entries = new ArrayList<>();
    private final int catalogue = catalogues.current().number();
    private Instant at = Instant.MIN;

    Sweep(long runId, Instant endsAt) {
      this.runId = runId;
      this.endsAt = endsAt;
      jdbc.sql("select id, parent_id from host_group")
          .query(
              row -> {
                parents.put(row.getLong("id"), row.getObject("parent_id", Long.class));
              });
    }

    void next(ResultSet row) throws SQLException {
      Instant when = row.getObject("at", OffsetDateTime.class).toInstant();
      if (!when.equals(at)) {
        tell();
        at = when;
      }
      HostNow host = hosts.computeIfAbsent(row.getLong("host_id"), id -> new HostNow());
      count(host, false);
      if (row.getBoolean("placed")) {
        host.scopes = scopes(row.getObject("group_id", Long.class));
        host.criticality = row.getInt("criticality");
        host.counts = !row.getBoolean("decommissioned");
      } else {
        host.figures = ScoreFigures.read(row);
      }
      count(host, true);
    }

    void end() {
      tell();
      rows.add(entries);
      entries.clear();
    }

    private void count(HostNow host, boolean joins) {
      RollUp.Member member = host.member();
      if (member == null) {
        return;
      }
      for (Scope scope : host.scopes) {
        RollUp sum = sums.computeIfAbsent(scope, one -> new RollUp());
        if (joins) {
          sum.add(member);
        } else {
          sum.remove(member);
        }
        touched.add(scope);
      }
    }

    /** Writes what the events of one instant have changed. */
    private void tell() {
      for (Scope scope : touched) {
        ScoreFigures figures =
            Objects.requireNonNull(sums.get(scope))
                .figures(catalogue, bases -> unions.computeIfAbsent(bases, profiles::union));
        if (figures.equals(written.put(scope, figures))) {
          continue;
        }
        entries.add(new SeriesRows.Entry(series.computeIfAbsent(scope, this::begin), at, figures));
        if (entries.size() == BATCH) {
          rows.add(entries);
          entries.clear();
        }
      }
      touched.clear();
    }

    private long begin(Scope scope) {
      return jdbc.sql(
              "insert into series (run_id, scope, scope_id, ends_at) values (?, ?, ?, ?)"
                  + " returning id")
          .param(runId)
          .param(scope.word())
          .param(scope.id())
          .param(endsAt.atOffset(ZoneOffset.UTC))
          .query(Long.class)
          .single();
    }

    private List<Scope> scopes(@Nullable Long groupId) {
      List<Scope> scopes = new ArrayList<>();
      scopes.add(Scope.FLEET);
      Long group = groupId;
      while (group != null && parents.containsKey(group)) {
        scopes.add(new Scope("GROUP", group));
        group = parents.get(group);
      }
      return scopes;
    }
  }
}
