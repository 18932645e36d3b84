package dev.plimsoll.posture;

import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads second series: a scope's past as it was told again, up to the break, and what was published
 * from there on.
 */
@Component
@PortalItself
class SeriesScores {
  /** One line of scores: a second series, then what was published under the same profile. */
  private static final String LINE =
      """
      with line as (
        select at, score, score_high, score_accepted, grade, confidence, points_failed,
          points_unknown, points_accepted, hosts, hosts_with_critical, profile, profile_version,
          catalogue_version, checks_in_scope
        from series_score where series_id = :series and at < :ends
        union all
        select at, score, score_high, score_accepted, grade, confidence, points_failed,
          points_unknown, points_accepted, hosts, hosts_with_critical, profile, profile_version,
          catalogue_version, checks_in_scope
        from score where scope = :scope and scope_id = :id and at >= :ends
          and lower(profile) = lower(:profile) and profile_version = :version)
      """;

  private final JdbcClient jdbc;

  SeriesScores(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A second series of a scope. */
  private record Series(long id, Instant endsAt, String profile, int version) {}

  /**
   * One entry a change in [from, to) under a profile, led by the one in force at the beginning.
   *
   * @param version null for the newest that the scope was scored under
   */
  List<ScoreRow> history(
      ScoreRows.Key key,
      String profile,
      @Nullable Integer version,
      Instant from,
      Instant to,
      int most) {
    Optional<Series> series =
        newest(key, profile, version).or(() -> published(key, profile, version));
    if (series.isEmpty()) {
      return List.of();
    }
    return over(
            key,
            series.get(),
            """
                select * from (
                  select * from (
                    select * from line where at <= :from order by at desc limit 1) before
                  union all
                  select * from line where at > :from and at < :to) entry
                order by at limit :most
                """)
        .param("from", ScoreRows.time(from))
        .param("to", ScoreRows.time(to))
        .param("most", most)
        .query((row, n) -> ScoreRows.row(row))
        .list();
  }

  /** The steps as they would have been under what counts now; empty if that was not told again. */
  List<ScoreRow> steps(ScoreRows.Key key, List<Instant> steps, ScoreRow now) {
    Optional<Series> series = today(key);
    if (series.isEmpty() || !steps.getFirst().isBefore(series.get().endsAt())) {
      return List.of();
    }
    List<ScoreRow> rows = new ArrayList<>(steps.size());
    over(
            key,
            series.get(),
            """
                select step.at step, l.* from unnest(:steps) with ordinality step (at, n)
                left join lateral (
                  select * from line where at <= step.at order by at desc limit 1) l on true
                order by step.n
                """)
        .param("steps", Rows.times(steps))
        .query(
            row -> {
              Instant step = Rows.instant(row, "step");
              rows.add(
                  row.getString("profile") == null
                      ? now.nothing(step)
                      : ScoreRows.row(row).from(step));
            });
    return rows;
  }

  /** Where the published line of a scope broke in [from, to]. */
  List<Instant> breaks(ScoreRows.Key key, Instant from, Instant to) {
    return jdbc.sql(
            "select distinct ends_at from series where scope = :scope and scope_id = :id"
                + " and ends_at >= :from and ends_at <= :to"
                + " order by ends_at")
        .param("scope", key.scope())
        .param("id", key.id())
        .param("from", ScoreRows.time(from))
        .param("to", ScoreRows.time(to))
        .query((row, n) -> Rows.instant(row, "ends_at"))
        .list();
  }

  private Optional<Series> newest(ScoreRows.Key key, String profile, @Nullable Integer version) {
    return jdbc.sql(
            "select id, ends_at, profile, profile_version from series"
                + " where scope = :scope and scope_id = :id and finished_at is not null"
                + " and failure is null and lower(profile) = lower(:profile)"
                + " and (cast(:version as int) is null or profile_version = :version)"
                + " order by id desc limit 1")
        .param("scope", key.scope())
        .param("id", key.id())
        .param("profile", profile)
        .param("version", version)
        .query((row, n) -> series(row))
        .optional();
  }

  /**
   * The newest series that speaks of the same as the newest published score; empty while another is
   * under way.
   */
  private Optional<Series> today(ScoreRows.Key key) {
    return jdbc.sql(
            """
            select s.id, s.ends_at, s.profile, s.profile_version from series s
            join lateral (
              select profile, profile_version, catalogue_version from score
              where scope = :scope and scope_id = :id order by at desc limit 1) n
              on n.profile = s.profile and n.profile_version = s.profile_version
                and n.catalogue_version = s.catalogue_version
            where s.scope = :scope and s.scope_id = :id and s.finished_at is not null
              and s.failure is null
              and not exists (
                select from series_run r where r.finished_at is null
                  and (:scope <> 'HOST' or exists (
                    select from series u where u.run_id = r.id and u.scope = 'HOST'
                      and u.scope_id = :id and u.finished_at is null)))
            order by s.id desc limit 1
            """)
        .param("scope", key.scope())
        .param("id", key.id())
        .query((row, n) -> series(row))
        .optional();
  }

  /** No second series: what was published under the profile is all there is. */
  private Optional<Series> published(ScoreRows.Key key, String profile, @Nullable Integer version) {
    return jdbc.sql(
            "select 0::bigint id, at ends_at, profile, profile_version from score"
                + " where scope = :scope and scope_id = :id and lower(profile) = lower(:profile)"
                + " and profile_version = coalesce(cast(:version as int), (select max(profile_version)"
                + " from score where scope = :scope and scope_id = :id"
                + " and lower(profile) = lower(:profile)))"
                + " order by at limit 1")
        .param("scope", key.scope())
        .param("id", key.id())
        .param("profile", profile)
        .param("version", version)
        .query((row, n) -> series(row))
        .optional();
  }

  private static Series series(ResultSet row) throws SQLException {
    return new Series(
        row.getLong("id"),
        Rows.instant(row, "ends_at"),
        row.getString("profile"),
        row.getInt("profile_version"));
  }

  /** A statement over the line of a series and what follows it. */
  private JdbcClient.StatementSpec over(ScoreRows.Key key, Series series, String sql) {
    return jdbc.sql(LINE + sql)
        .param("series", series.id())
        .param("ends", ScoreRows.time(series.endsAt()))
        .param("scope", key.scope())
        .param("id", key.id())
        .param("profile", series.profile())
        .param("version", series.version());
  }
}
