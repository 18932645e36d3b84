package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes scores when they change: a host's own, then those of its groups and of the fleet, which
 * are means over all hosts of the subtree, weighted by criticality.
 */
@Component
@PortalItself
class ScoreLedger {
  /** Orders roll-ups of all processes, so that each sees the hosts that the one before it saw. */
  private static final long ROLL_UP_LOCK = 0x706c_696d_7363_6f72L;

  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final Catalogues catalogues;
  private final HostProfiles profiles;
  private final Breaks breaks;

  ScoreLedger(JdbcClient jdbc, Catalogues catalogues, HostProfiles profiles, Breaks breaks) {
    this.jdbc = jdbc;
    this.catalogues = catalogues;
    this.profiles = profiles;
    this.breaks = breaks;
  }

  /**
   * Records a host's score, if it or what it speaks of changed, and what follows for its groups and
   * the fleet. Where what it speaks of changed, the line of scores breaks, and the past is told
   * again.
   *
   * @param checksInScope how many checks count on the host
   * @return whether it changed
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean record(long hostId, Instant at, ScoreBasis basis, int checksInScope, HostScore score) {
    ScoreFigures figures = ScoreFigures.of(score, basis, checksInScope);
    Optional<Last> last = last("HOST", hostId);
    Optional<Instant> written = write("HOST", hostId, at, last, figures);
    if (written.isEmpty()) {
      return false;
    }
    if (last.isPresent() && !last.get().figures().basis().equals(basis)) {
      // In this order everywhere, or two hosts that break at once would wait for each other.
      lockRollUps();
      breaks.note(hostId, written.get());
    }
    rollUp(at);
    return true;
  }

  /**
   * Recomputes every group and the fleet from the hosts' newest scores, and writes those that
   * changed. Hosts without a score have not been attempted yet and do not count.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void rollUp(Instant at) {
    lockRollUps();
    int catalogue = catalogues.current().number();
    List<Scope> scopes =
        jdbc.sql(
                """
                with latest as (
                  select h.group_id, h.criticality c, s.score, s.score_high, s.score_accepted,
                    s.grade, s.confidence, s.points_failed, s.points_unknown, s.points_accepted,
                    s.hosts_with_critical, jsonb_build_object('profile', s.profile,
                      'version', s.profile_version, 'catalogue', s.catalogue_version,
                      'readings', s.readings) basis
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
                    grades,
                  coalesce(jsonb_agg(distinct m.basis) filter (where m.basis is not null), '[]')
                    bases
                from known k left join member m on m.scope = k.scope and m.id = k.id
                group by k.scope, k.id
                """)
            .query(
                (row, n) ->
                    new Scope(row.getString("scope"), row.getLong("id"), figures(row, catalogue)))
            .list();
    scopes.forEach(
        scope ->
            write(scope.scope(), scope.id(), at, last(scope.scope(), scope.id()), scope.figures()));
  }

  private void lockRollUps() {
    jdbc.sql("select pg_advisory_xact_lock(?)")
        .param(ROLL_UP_LOCK)
        .query((row, n) -> true)
        .single();
  }

  private ScoreFigures figures(ResultSet row, int catalogue) throws SQLException {
    String[] grades = (String[]) row.getArray("grades").getArray();
    Integer mean = row.getObject("score", Integer.class);
    Set<ScoreBasis> bases = bases(row.getString("bases"));
    ProfileLabel label = ProfileLabel.of(bases);
    return new ScoreFigures(
        mean,
        row.getObject("high", Integer.class),
        row.getObject("accepted", Integer.class),
        mean == null
            ? null
            : Grade.ofGroup(Arrays.stream(grades).map(Grade::valueOf).toList(), mean).name(),
        row.getInt("confidence"),
        row.getLong("failed"),
        row.getLong("unknown"),
        row.getLong("points_accepted"),
        row.getInt("hosts"),
        row.getInt("critical"),
        label.profile(),
        label.version(),
        catalogue,
        profiles.union(bases),
        List.of());
  }

  private static Set<ScoreBasis> bases(String json) {
    Set<ScoreBasis> bases = new HashSet<>();
    for (JsonNode basis : MAPPER.readTree(json)) {
      bases.add(
          new ScoreBasis(
              basis.path("profile").asString(),
              basis.path("version").asInt(),
              basis.path("catalogue").asInt(),
              basis.path("readings").values().stream().map(JsonNode::asString).toList()));
    }
    return bases;
  }

  /** When the row was written, a little later than asked if need be; empty if nothing changed. */
  private Optional<Instant> write(
      String scope, long id, Instant at, Optional<Last> last, ScoreFigures figures) {
    if (last.isPresent() && last.get().figures().equals(figures)) {
      return Optional.empty();
    }
    if (last.isEmpty() && figures.score() == null) {
      return Optional.empty(); // nothing to score yet, and nothing was
    }
    Instant when =
        last.map(Last::at)
            .filter(before -> !before.isBefore(at))
            .map(before -> before.plus(Duration.ofNanos(1000)))
            .orElse(at);
    jdbc.sql(
            "insert into score (scope, scope_id, at, "
                + ScoreFigures.COLUMNS
                + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(scope)
        .param(id)
        .param(when.atOffset(ZoneOffset.UTC))
        .param(figures.score())
        .param(figures.scoreHigh())
        .param(figures.scoreAccepted())
        .param(figures.grade())
        .param(figures.confidence())
        .param(figures.failed())
        .param(figures.unknown())
        .param(figures.accepted())
        .param(figures.hosts())
        .param(figures.hostsWithCritical())
        .param(figures.profile())
        .param(figures.profileVersion())
        .param(figures.catalogue())
        .param(figures.checksInScope())
        .param(new SqlArrayValue("text", figures.readings().toArray()))
        .update();
    return Optional.of(when);
  }

  private Optional<Last> last(String scope, long id) {
    return jdbc.sql("select * from score where scope = ? and scope_id = ? order by at desc limit 1")
        .param(scope)
        .param(id)
        .query(
            (row, n) ->
                new Last(
                    row.getObject("at", OffsetDateTime.class).toInstant(), ScoreFigures.read(row)))
        .optional();
  }

  private record Scope(String scope, long id, ScoreFigures figures) {}

  private record Last(Instant at, ScoreFigures figures) {}
}
