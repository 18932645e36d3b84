package dev.plimsoll.posture;

import dev.plimsoll.checklist.Severity;
import dev.plimsoll.compliance.Severities;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Findings as of an instant. */
final class FindingSelect {
  private static final String COLUMNS =
      """
      f.id, f.host_id, f.check_id, f.kind, f.lineage, f.severity, f.advisory, %s,
        hh.name host_name, lower(hh.name) host_key, hh.group_path
      """;

  private FindingSelect() {}

  /**
   * The selects whose rows together are the findings; they take parameter {@code at}.
   *
   * @param conditions on {@code host_history hh}, on what never changes of {@code finding f}, and
   *     on {@code status}, {@code assignee}
   */
  static List<String> selects(Moment moment, String conditions) {
    return moment.current()
        ? List.of(now(moment, "", conditions))
        // What nothing has happened to since then is as it was; the rest is told by its events.
        : List.of(now(moment, NOT_SINCE, conditions), then(moment, conditions));
  }

  /** The same as one select. */
  static String sql(Moment moment, String conditions) {
    return String.join(" union all ", selects(moment, conditions));
  }

  private static final String NOT_SINCE =
      " and f.id not in (select finding_id from finding_event where at > :at)";

  private static String now(Moment moment, String further, String conditions) {
    return "select "
        + COLUMNS.formatted(
            "f.status, f.assignee, f.due_at, f.failing_since, f.resolved_at, f.reopened,"
                + " f.external_url")
        + " from finding f join host_history hh on hh.host_id = f.host_id and "
        + moment.holds("hh")
        + conditions.replace("{status}", "f.status").replace("{assignee}", "f.assignee")
        + further;
  }

  private static String then(Moment moment, String conditions) {
    return "select "
        + COLUMNS.formatted(
            "p.status, p.assignee, p.due_at, p.failing_since, p.resolved_at, p.reopened,"
                + " p.external_url")
        + """
        from (select distinct finding_id id from finding_event where at > :at) later
        join finding f on f.id = later.id
        cross join lateral (
          select
            (array_agg(case e.kind when 'STATUS' then e.detail->>'status'
                when 'RESOLVED' then 'RESOLVED' else 'OPEN' end order by e.at desc, e.id desc)
              filter (where e.kind in ('OPENED', 'REOPENED', 'RESOLVED', 'STATUS')))[1] status,
            (array_agg(e.detail->>'assignee' order by e.at desc, e.id desc)
              filter (where e.kind = 'ASSIGNED'))[1] assignee,
            cast((array_agg(e.detail->>'dueAt' order by e.at desc, e.id desc)
              filter (where e.kind = 'DUE'))[1] as timestamptz) due_at,
            case when f.failing_since <= :at then f.failing_since
              else max(e.at) filter (where e.kind in ('OPENED', 'REOPENED')) end failing_since,
            max(e.at) filter (where e.kind = 'RESOLVED') resolved_at,
            cast(count(*) filter (where e.kind = 'REOPENED') as int) reopened,
            (array_agg(e.detail->>'externalUrl' order by e.at desc, e.id desc)
              filter (where e.kind = 'LINKED'))[1] external_url
          from finding_event e where e.finding_id = f.id and e.at <= :at
          having count(*) > 0) p
        join host_history hh on hh.host_id = f.host_id and\s"""
        + moment.holds("hh")
        + conditions.replace("{status}", "p.status").replace("{assignee}", "p.assignee");
  }

  static KeyOrder order(FindingQuery query) {
    KeyColumn id = KeyColumn.id("id");
    KeyColumn worstFirst = KeyColumn.of("severity", KeyColumn.Type.NUMBER, true);
    KeyColumn oldestFirst = KeyColumn.of("failing_since", KeyColumn.Type.INSTANT, false);
    boolean descending = query.descending();
    return switch (query.sort()) {
      case SEVERITY ->
          KeyOrder.of(KeyColumn.of("severity", KeyColumn.Type.NUMBER, descending), oldestFirst, id);
      case FAILING_SINCE ->
          KeyOrder.of(KeyColumn.of("failing_since", KeyColumn.Type.INSTANT, descending), id);
      case HOST ->
          KeyOrder.of(
              KeyColumn.of("host_key", KeyColumn.Type.TEXT, descending),
              worstFirst,
              oldestFirst,
              id);
      case CHECK ->
          KeyOrder.of(KeyColumn.of("check_id", KeyColumn.Type.TEXT, descending), oldestFirst, id);
    };
  }

  /** A finding without the subjects that fail now. */
  static FindingRow row(ResultSet row, Catalogue.Snapshot checks) throws SQLException {
    String check = row.getString("check_id");
    Severity severity = Severities.of(row.getInt("severity"));
    String status = row.getString("status");
    Instant resolvedAt = Rows.instantOrNull(row, "resolved_at");
    return new FindingRow(
        row.getLong("id"),
        check,
        checks.title(check),
        severity.name().toLowerCase(Locale.ROOT),
        row.getBoolean("advisory"),
        new HostRef(row.getLong("host_id"), row.getString("host_name")),
        row.getString("group_path"),
        row.getString("kind"),
        row.getString("lineage"),
        List.of(),
        0,
        status,
        row.getString("assignee"),
        Rows.instantOrNull(row, "due_at"),
        Rows.instant(row, "failing_since"),
        resolved(status, resolvedAt),
        row.getInt("reopened"),
        row.getString("external_url"));
  }

  private static @Nullable Instant resolved(String status, @Nullable Instant at) {
    return status.equals("RESOLVED") ? at : null;
  }
}
