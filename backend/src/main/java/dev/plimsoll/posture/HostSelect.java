package dev.plimsoll.posture;

import dev.plimsoll.checklist.ReadingSwitch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.json.JsonMapper;

/** Hosts as of an instant with their status and score, in one set-based select. */
final class HostSelect {
  /** Condition on the select's columns that a host matches parameter {@code text}. */
  static final String MATCHES_TEXT =
      """
      strpos(lower(name), lower(:text)) > 0
      or strpos(lower(endpoint), lower(:text)) > 0
      or strpos(lower(coalesce(owner, '')), lower(:text)) > 0
      or exists (
        select 1 from jsonb_each_text(labels) label
        where strpos(lower(label.key || '=' || label.value), lower(:text)) > 0)
      """;

  static final RowMapper<HostRow> ROW = (row, n) -> row(row);

  private static final JsonMapper MAPPER = new JsonMapper();

  private HostSelect() {}

  /**
   * The joins behind {@code host_history hh} that tell how collecting a host goes: {@code attempt}
   * and {@code read} are the newest that ended and the newest that read it, {@code fresh.due_at} is
   * when it turns stale, {@code f.stale} whether it has. A host turns stale when its freshness
   * limit has passed, or at its first attempt if none ever read it; whether a job wrote that down
   * in time makes no difference.
   */
  static String reading(Moment moment) {
    return """
        left join lateral (
          select c.id, c.outcome, c.finished_at, c.error_category, c.error_detail
          from collection c
          where c.host_id = hh.host_id and c.outcome <> 'RUNNING' and c.finished_at <= :at
          order by c.started_at desc limit 1) attempt on true
        left join lateral (
          select c.finished_at from collection c
          where c.host_id = hh.host_id and c.outcome in ('SUCCEEDED', 'PARTIAL')
            and c.finished_at <= :at
          order by c.started_at desc limit 1) read on true
        left join lateral (
          select b.valid_from, b.problem, b.collection_id from host_blindness b
          where b.host_id = hh.host_id and b.scope = 'stale' and %s) gone_stale on true
        cross join lateral (
          select case
            when read.finished_at is null then attempt.finished_at
            else read.finished_at + greatest(interval '24 hours',
              least(interval '7 days', 3 * hh.interval_seconds * interval '1 second'))
            end due_at) fresh
        cross join lateral (
          select gone_stale.valid_from is not null or coalesce(fresh.due_at <= :at, false) stale) f
        """
        .formatted(moment.holds("b"));
  }

  /**
   * The select; it takes parameter {@code at}.
   *
   * @param further conditions on {@code host h} and {@code host_history hh}, each with its {@code
   *     and}
   */
  static String sql(Moment moment, String further) {
    return """
        select * from (
          select h.id, hh.name, lower(hh.name) name_key, h.endpoint, hh.group_path, hh.environment,
            hh.owner, hh.criticality, hh.labels, hh.interval_seconds, hh.readings,
            attempt.id attempt_id, attempt.outcome attempt_outcome,
            attempt.finished_at attempt_at, attempt.error_category, attempt.error_detail,
            read.finished_at read_at,
            case
              when hh.decommissioned then 'DECOMMISSIONED'
              when hh.paused then 'PAUSED'
              when attempt.id is null then 'PENDING'
              when f.stale then 'STALE'
              when attempt.outcome = 'FAILED' then 'UNREACHABLE'
              when attempt.outcome = 'PARTIAL' then 'PARTIAL'
              else 'OK'
            end status,
            case when f.stale then 0 else s.score end score,
            case when f.stale then 100000 else s.score_high end score_high,
            case when f.stale then 'U' else s.grade end grade,
            case when f.stale then 0 else coalesce(s.confidence, 0) end confidence,
            %s open_criticals,
            (select count(*) from state t
              where t.host_id = h.id and t.kind = 'container' and %s) containers
          from host_history hh
          join host h on h.id = hh.host_id
        """
            .formatted(openCriticals(moment), moment.holds("t"))
        + reading(moment)
        + criticalsByEvents(moment)
        + """
          left join lateral (
            select * from score
            where scope = 'HOST' and scope_id = h.id and at <= :at
            order by at desc limit 1) s on true
          where %s%s) host
        """
            .formatted(moment.holds("hh"), further);
  }

  private static final String OPEN_CRITICALS =
      """
      select count(*) from finding c
      where c.host_id = h.id and c.severity = 4 and not c.advisory and c.status <> 'RESOLVED'
      """;

  /** What nothing has happened to since then is as it was; the rest is told by its events. */
  private static String openCriticals(Moment moment) {
    return moment.current()
        ? "(" + OPEN_CRITICALS + ")"
        : "("
            + OPEN_CRITICALS
            + " and c.id not in (select finding_id from finding_event where at > :at))"
            + " + coalesce(events.criticals, 0)";
  }

  private static String criticalsByEvents(Moment moment) {
    return moment.current()
        ? ""
        : """
          left join (
            select c.host_id, count(*) criticals
            from (select distinct finding_id id from finding_event where at > :at) later
            join finding c on c.id = later.id and c.severity = 4 and not c.advisory
            cross join lateral (
              select e.kind from finding_event e
              where e.finding_id = c.id and e.at <= :at
                and e.kind in ('OPENED', 'REOPENED', 'RESOLVED')
              order by e.at desc, e.id desc limit 1) life
            where life.kind <> 'RESOLVED'
            group by c.host_id) events on events.host_id = h.id
          """;
  }

  private static HostRow row(ResultSet row) throws SQLException {
    return new HostRow(
        row.getLong("id"),
        row.getString("name"),
        row.getString("endpoint"),
        row.getString("group_path"),
        row.getString("environment"),
        row.getString("owner"),
        row.getInt("criticality"),
        labels(row.getString("labels")),
        row.getInt("interval_seconds"),
        ReadingSwitch.all((String[]) row.getArray("readings").getArray()),
        HostStatus.valueOf(row.getString("status")),
        lastCollection(row),
        Rows.instantOrNull(row, "read_at"),
        Rows.thousandthsOrNull(row, "score"),
        Rows.thousandthsOrNull(row, "score_high"),
        row.getString("grade"),
        Rows.thousandths(row.getLong("confidence")),
        row.getLong("open_criticals"),
        row.getInt("containers"),
        null);
  }

  private static HostRow.@Nullable LastCollection lastCollection(ResultSet row)
      throws SQLException {
    Long id = Rows.longOrNull(row, "attempt_id");
    return id == null
        ? null
        : new HostRow.LastCollection(
            id,
            row.getString("attempt_outcome"),
            Rows.instant(row, "attempt_at"),
            row.getString("error_category"),
            row.getString("error_detail"));
  }

  private static Map<String, String> labels(String json) {
    Map<String, String> labels = new TreeMap<>();
    MAPPER.readTree(json).forEachEntry((key, value) -> labels.put(key, value.asString("")));
    return labels;
  }
}
