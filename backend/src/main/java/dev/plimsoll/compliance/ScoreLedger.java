package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes scores when they change: a host's own, then those of its groups and of the fleet, which
 * are means over all hosts of the subtree, weighted by criticality.
 */
@Component
@PortalItself
class ScoreLedger {
  /** Orders roll-ups of all processes, so that each sees the hosts that the one before it saw. */
  private static final long ROLL_UP_LOCK = 0x706c_696d_7363_6f72L;

  private final JdbcClient jdbc;
  private final Catalogues catalogues;

  ScoreLedger(JdbcClient jdbc, Catalogues catalogues) {
    this.jdbc = jdbc;
    this.catalogues = catalogues;
  }

  /**
   * Records a host's score, if it changed, and what follows for its groups and the fleet.
   *
   * @return whether it changed
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean record(long hostId, Instant at, Catalogues.Numbered catalogue, HostScore score) {
    boolean changed =
        write(
            "HOST",
            hostId,
            at,
            catalogue,
            new Row(
                score.score(),
                score.scoreHigh(),
                score.scoreAccepted(),
                score.grade().name(),
                score.confidence(),
                score.points().failed(),
                score.points().unknown(),
                score.points().accepted(),
                1,
                score.criticalOpen() ? 1 : 0));
    if (changed) {
      rollUp(at);
    }
    return changed;
  }

  /**
   * Recomputes every group and the fleet from the hosts' newest scores, and writes those that
   * changed. Hosts without a score have not been attempted yet and do not count.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void rollUp(Instant at) {
    jdbc.sql("select pg_advisory_xact_lock(?)")
        .param(ROLL_UP_LOCK)
        .query((row, n) -> true)
        .single();
    List<Scope> scopes =
        jdbc.sql(
                """
                with latest as (
                  select h.group_id, h.criticality c, s.score, s.score_high, s.score_accepted,
                    s.grade, s.confidence, s.points_failed, s.points_unknown, s.points_accepted,
                    s.hosts_with_critical
                  from host h join lateral (
                    select * from score where scope = 'HOST' and scope_id = h.id
                    order by at desc limit 1) s on true
                  where h.decommissioned_at is null),
                member as (
                  select 'FLEET' scope, 0::bigint id, l.* from latest l
                  union all
                  select 'GROUP', a.id, l.* from latest l
                  join host_group g on g.id = l.group_id
                  join host_group a on lower(g.path) = lower(a.path)
                    or starts_with(lower(g.path), lower(a.path) || '/')),
                known as (
                  select 'FLEET' scope, 0::bigint id
                  union all select 'GROUP', id from host_group)
                select k.scope, k.id,
                  floor(sum(m.score::bigint * c) / sum(c))::int score,
                  floor(sum(m.score_high::bigint * c) / sum(c))::int high,
                  floor(sum(m.score_accepted::bigint * c) / sum(c))::int accepted,
                  coalesce(floor(sum(m.confidence::bigint * c) / sum(c)), 0)::int confidence,
                  coalesce(sum(m.points_failed), 0) failed,
                  coalesce(sum(m.points_unknown), 0) unknown,
                  coalesce(sum(m.points_accepted), 0) points_accepted,
                  count(m.score) hosts,
                  coalesce(sum(m.hosts_with_critical), 0) critical,
                  coalesce(array_agg(distinct m.grade) filter (where m.grade is not null), '{}')
                    grades
                from known k left join member m on m.scope = k.scope and m.id = k.id
                group by k.scope, k.id
                """)
            .query(
                (row, n) -> {
                  String[] grades = (String[]) row.getArray("grades").getArray();
                  Integer mean = row.getObject("score", Integer.class);
                  return new Scope(
                      row.getString("scope"),
                      row.getLong("id"),
                      new Row(
                          mean,
                          row.getObject("high", Integer.class),
                          row.getObject("accepted", Integer.class),
                          mean == null
                              ? null
                              : Grade.ofGroup(
                                      Arrays.stream(grades).map(Grade::valueOf).toList(), mean)
                                  .name(),
                          row.getInt("confidence"),
                          row.getLong("failed"),
                          row.getLong("unknown"),
                          row.getLong("points_accepted"),
                          row.getInt("hosts"),
                          row.getInt("critical")));
                })
            .list();
    Catalogues.Numbered catalogue = catalogues.current();
    scopes.forEach(scope -> write(scope.scope(), scope.id(), at, catalogue, scope.row()));
  }

  private boolean write(String scope, long id, Instant at, Catalogues.Numbered catalogue, Row row) {
    Optional<Last> last = last(scope, id);
    if (last.isPresent()
        && last.get().row().equals(row)
        && last.get().catalogueVersion() == catalogue.number()) {
      return false;
    }
    if (last.isEmpty() && row.score() == null) {
      return false; // nothing to score yet, and nothing was
    }
    Instant when =
        last.map(Last::at)
            .filter(before -> !before.isBefore(at))
            .map(before -> before.plus(Duration.ofNanos(1000)))
            .orElse(at);
    jdbc.sql(
            "insert into score (scope, scope_id, at, score, score_high, score_accepted, grade,"
                + " confidence, points_failed, points_unknown, points_accepted, hosts,"
                + " hosts_with_critical, profile, profile_version, catalogue_version,"
                + " checks_in_scope) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(scope)
        .param(id)
        .param(when.atOffset(ZoneOffset.UTC))
        .param(row.score())
        .param(row.scoreHigh())
        .param(row.scoreAccepted())
        .param(row.grade())
        .param(row.confidence())
        .param(row.failed())
        .param(row.unknown())
        .param(row.accepted())
        .param(row.hosts())
        .param(row.hostsWithCritical())
        .param(Profile.EVERYTHING.name())
        .param(Profile.EVERYTHING.version())
        .param(catalogue.number())
        .param(catalogue.checklist().rules().size())
        .update();
    return true;
  }

  private Optional<Last> last(String scope, long id) {
    return jdbc.sql("select * from score where scope = ? and scope_id = ? order by at desc limit 1")
        .param(scope)
        .param(id)
        .query(
            (row, n) ->
                new Last(
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getInt("catalogue_version"),
                    new Row(
                        row.getObject("score", Integer.class),
                        row.getObject("score_high", Integer.class),
                        row.getObject("score_accepted", Integer.class),
                        row.getString("grade"),
                        row.getInt("confidence"),
                        row.getLong("points_failed"),
                        row.getLong("points_unknown"),
                        row.getLong("points_accepted"),
                        row.getInt("hosts"),
                        row.getInt("hosts_with_critical"))))
        .optional();
  }

  private record Scope(String scope, long id, Row row) {}

  private record Last(Instant at, int catalogueVersion, Row row) {}

  private record Row(
      @Nullable Integer score,
      @Nullable Integer scoreHigh,
      @Nullable Integer scoreAccepted,
      @Nullable String grade,
      int confidence,
      long failed,
      long unknown,
      long accepted,
      int hosts,
      int hostsWithCritical) {}
}
