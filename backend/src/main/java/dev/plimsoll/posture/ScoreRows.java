package dev.plimsoll.posture;

import dev.plimsoll.compliance.Catalogues;
import dev.plimsoll.compliance.Profile;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the rows of scores. */
@Component
@PortalItself
class ScoreRows {
  private static final double FULL = 100;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private final JdbcClient jdbc;
  private final BlindHosts blindHosts;
  private final Catalogue catalogue;
  private final Catalogues catalogues;

  ScoreRows(JdbcClient jdbc, BlindHosts blindHosts, Catalogue catalogue, Catalogues catalogues) {
    this.jdbc = jdbc;
    this.blindHosts = blindHosts;
    this.catalogue = catalogue;
    this.catalogues = catalogues;
  }

  /** A scope as the table names it. */
  record Key(String scope, long id) {
    static final Key FLEET = new Key("FLEET", 0);
  }

  /**
   * The key of a scope.
   *
   * @throws NoSuchScope if there was no such host or group at the moment
   */
  Key key(Scope scope, Moment moment) {
    return switch (scope) {
      case Scope.Fleet fleet -> Key.FLEET;
      case Scope.Group group ->
          group(group.path(), moment)
              .orElseThrow(() -> new NoSuchScope("group \"" + group.path() + "\""));
      case Scope.Host host ->
          jdbc.sql("select id from host where id = :id and created_at <= :at")
              .param("id", host.id())
              .param("at", moment.time())
              .query((row, n) -> new Key("HOST", row.getLong("id")))
              .optional()
              .orElseThrow(() -> new NoSuchScope("host \"" + host.id() + "\""));
    };
  }

  /** The key of a group; empty if there was no such group at the moment. */
  Optional<Key> group(String path, Moment moment) {
    return path.indexOf('\0') >= 0
        ? Optional.empty()
        : jdbc.sql(
                "select id from host_group where lower(path) = lower(:path) and created_at <= :at")
            .param("path", path)
            .param("at", moment.time())
            .query((row, n) -> new Key("GROUP", row.getLong("id")))
            .optional();
  }

  /** The score in force at the moment; without numbers if there is nothing to score. */
  ScoreRow at(Key key, Moment moment) {
    ScoreRow score =
        jdbc.sql(
                "select * from score where scope = :scope and scope_id = :id and at <= :at"
                    + " order by at desc limit 1")
            .param("scope", key.scope())
            .param("id", key.id())
            .param("at", moment.time())
            .query((row, n) -> row(row))
            .optional()
            .orElseGet(() -> empty(moment.at()));
    if (key.scope().equals("HOST")) {
      Blindness.Cause stale =
          blindHosts.at(moment, List.of(key.id())).getOrDefault(key.id(), Blindness.NONE).stale();
      if (stale != null && !"U".equals(score.grade())) {
        return stale(score, stale.since());
      }
    }
    return score;
  }

  /** One entry a change in [from, to), led by the one in force at the beginning. */
  List<ScoreRow> history(Key key, Instant from, Instant to, int most) {
    return jdbc.sql(
            """
            select * from (
              select * from (
                select * from score where scope = :scope and scope_id = :id and at <= :from
                order by at desc limit 1) before
              union all
              select * from score
              where scope = :scope and scope_id = :id and at > :from and at < :to) entry
            order by at limit :most
            """)
        .param("scope", key.scope())
        .param("id", key.id())
        .param("from", time(from))
        .param("to", time(to))
        .param("most", most)
        .query((row, n) -> row(row))
        .list();
  }

  /** Daily instants up to the moment, oldest first. */
  static List<Instant> days(Moment moment, int days) {
    List<Instant> steps = new ArrayList<>(days);
    for (int back = days - 1; back >= 0; back--) {
      steps.add(moment.at().minus(back, ChronoUnit.DAYS));
    }
    return steps;
  }

  /** The score at these instants, oldest first; without numbers where there were none. */
  List<ScoreRow> steps(@Nullable Key key, List<Instant> steps) {
    if (key == null) {
      return steps.stream().map(this::empty).toList();
    }
    return jdbc.sql(
            """
            select step.at step, s.* from unnest(:steps) with ordinality step (at, n)
            left join lateral (
              select * from score where scope = :scope and scope_id = :id and at <= step.at
              order by at desc limit 1) s on true
            order by step.n
            """)
        .param("steps", Rows.times(steps))
        .param("scope", key.scope())
        .param("id", key.id())
        .query(
            (row, n) -> {
              Instant step = Rows.instant(row, "step");
              return row.getString("scope") == null ? empty(step) : row(row).from(step);
            })
        .list();
  }

  /** Nothing to score. */
  ScoreRow empty(Instant at) {
    return new ScoreRow(
        at,
        null,
        null,
        null,
        null,
        0,
        0,
        0,
        0,
        0,
        0,
        Profile.EVERYTHING.name(),
        Profile.EVERYTHING.version(),
        catalogues.current().number(),
        (int) catalogue.now().rules().stream().filter(rule -> rule.needs() == null).count());
  }

  /** What is left of a score once all that is known has lost its freshness. */
  private static ScoreRow stale(ScoreRow score, Instant since) {
    return new ScoreRow(
        since,
        0.0,
        FULL,
        0.0,
        "U",
        0,
        0,
        score.pointsFailed() + score.pointsUnknown() + score.pointsAccepted(),
        0,
        1,
        score.hostsWithCritical(),
        score.profile(),
        score.profileVersion(),
        score.catalogue(),
        score.checksInScope());
  }

  static OffsetDateTime time(Instant at) {
    Instant told = at.isBefore(FIRST) ? FIRST : at.isAfter(LAST) ? LAST : at;
    return told.atOffset(ZoneOffset.UTC);
  }

  static ScoreRow row(ResultSet row) throws SQLException {
    return new ScoreRow(
        Rows.instant(row, "at"),
        Rows.thousandthsOrNull(row, "score"),
        Rows.thousandthsOrNull(row, "score_high"),
        Rows.thousandthsOrNull(row, "score_accepted"),
        row.getString("grade"),
        Rows.thousandths(row.getLong("confidence")),
        Rows.thousandths(row.getLong("points_failed")),
        Rows.thousandths(row.getLong("points_unknown")),
        Rows.thousandths(row.getLong("points_accepted")),
        row.getInt("hosts"),
        row.getInt("hosts_with_critical"),
        row.getString("profile"),
        row.getInt("profile_version"),
        row.getInt("catalogue_version"),
        row.getInt("checks_in_scope"));
  }
}
