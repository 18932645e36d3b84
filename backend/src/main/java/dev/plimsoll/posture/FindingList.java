package dev.plimsoll.posture;

import dev.plimsoll.checklist.Severity;
import dev.plimsoll.compliance.Severities;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Findings across the fleet. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class FindingList {
  private static final int MOST_SUBJECTS = 100;
  private static final int MOST_EVENTS = 1000;
  private static final Set<String> STATUSES = Set.of("OPEN", "ACKNOWLEDGED", "WAIVED", "RESOLVED");

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Catalogue catalogue;

  FindingList(JdbcClient jdbc, @Qualifier("publishClock") Clock clock, Catalogue catalogue) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.catalogue = catalogue;
  }

  /** Findings that match, paged by key. */
  public Page<FindingRow> list(FindingQuery query, PageRequest page) {
    return list(query, null, page);
  }

  /** The same as of an instant, null for now. */
  public Page<FindingRow> list(FindingQuery query, @Nullable Instant asOf, PageRequest page) {
    Listing<FindingQuery> listing =
        Listing.of("findings", query, FindingQuery.OPEN, asOf, page, clock);
    FindingQuery asked = listing.query();
    Moment moment = listing.moment();
    Catalogue.Snapshot checks = catalogue.now();
    Conditions conditions = conditions(asked, moment, checks);
    Page<FindingRow> found =
        new KeyedSelect(
                FindingSelect.selects(moment, conditions.where()),
                conditions.parameters(),
                FindingSelect.order(asked))
            .page(jdbc, listing, page, (row, n) -> FindingSelect.row(row, checks));
    return found.with(withSubjects(found.items(), moment));
  }

  /** One finding. */
  public Optional<FindingRow> get(long findingId) {
    return get(findingId, null);
  }

  /** One finding as of an instant, null for now; empty if it had not been opened. */
  public Optional<FindingRow> get(long findingId, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    Conditions conditions = new Conditions(moment).and("f.id = :id", "id", findingId);
    Catalogue.Snapshot checks = catalogue.now();
    List<FindingRow> found =
        jdbc.sql(FindingSelect.sql(moment, conditions.where()))
            .params(conditions.parameters())
            .query((row, n) -> FindingSelect.row(row, checks))
            .list();
    return withSubjects(found, moment).stream().findFirst();
  }

  /** What happened to it, oldest first, at most 1000. */
  public List<FindingEvent> events(long findingId) {
    return events(findingId, null);
  }

  /** What had happened to it by an instant, null for now; oldest first, at most 1000. */
  public List<FindingEvent> events(long findingId, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    return jdbc.sql(
            "select at, actor, kind, detail from finding_event where finding_id = :id"
                + (moment.current() ? "" : " and at <= :at")
                + " order by at, id limit :most")
        .param("id", findingId)
        .param("at", moment.time())
        .param("most", MOST_EVENTS)
        .query(
            (row, n) ->
                EventText.event(
                    Rows.instant(row, "at"),
                    row.getString("actor"),
                    row.getString("kind"),
                    row.getString("detail")))
        .list();
  }

  private static Conditions conditions(
      FindingQuery query, Moment moment, Catalogue.Snapshot checks) {
    String kind = query.kind();
    String check = query.check();
    Conditions conditions =
        new Conditions(moment)
            .andIf(query.hostId(), "f.host_id = :host", "host")
            .andSubtree(query.group(), "hh.group_path")
            .andIf(
                check == null ? null : checks.require(check).id(), "f.check_id = :check", "check")
            .andIf(
                kind == null ? null : Catalogue.requireKind(kind).word(), "f.kind = :kind", "kind")
            .andText("assignee", query.assignee(), "{assignee} = :assignee", "assignee")
            .andText(
                "q",
                query.text(),
                "strpos(lower(f.lineage), lower(:text)) > 0"
                    + " or strpos(lower(f.check_id), lower(:text)) > 0"
                    + " or strpos(lower(hh.name), lower(:text)) > 0",
                "text");
    if (query.hostId() == null) {
      conditions.and("not hh.decommissioned");
    }
    if (!query.advisory()) {
      conditions.and("not f.advisory");
    }
    if (!query.severities().isEmpty()) {
      conditions.and(
          "f.severity = any (:severities)", "severities", Rows.ids(ranks(query.severities())));
    }
    if (query.statuses().isEmpty()) {
      conditions.and("{status} <> 'RESOLVED'");
    } else {
      query.statuses().forEach(FindingList::requireStatus);
      conditions.and("{status} = any (:statuses)", "statuses", Rows.texts(query.statuses()));
    }
    return conditions;
  }

  private static List<Long> ranks(Set<String> words) {
    List<Long> ranks = new ArrayList<>();
    for (String word : words) {
      try {
        ranks.add((long) Severities.rank(Severity.valueOf(word.toUpperCase(Locale.ROOT))));
      } catch (IllegalArgumentException e) {
        throw (InvalidInput)
            new InvalidInput(
                    "severity", "There is no such severity. Give critical, high, medium or low.")
                .initCause(e);
      }
    }
    return ranks;
  }

  private static void requireStatus(String status) {
    if (!STATUSES.contains(status)) {
      throw new InvalidInput(
          "status", "There is no such status. Give OPEN, ACKNOWLEDGED, WAIVED or RESOLVED.");
    }
  }

  private List<FindingRow> withSubjects(List<FindingRow> findings, Moment moment) {
    Map<Long, Integer> counts = new HashMap<>();
    Map<Long, List<FindingRow.SubjectRef>> subjects = new HashMap<>();
    if (findings.isEmpty()) {
      return findings;
    }
    jdbc.sql(
            """
            select f.id finding, failing.* from finding f
            cross join lateral (
              select b.id subject_id, s.name, count(*) over () subjects
              from subject b
              join verdict v on v.subject_id = b.id and v.check_id = f.check_id
                and v.outcome = 'FAIL' and %s
              join state s on s.subject_id = b.id and %s
              where b.host_id = f.host_id and b.kind = f.kind and b.lineage = f.lineage
              order by s.name, b.id limit :most) failing
            where f.id = any (:findings)
            order by f.id, failing.name, failing.subject_id
            """
                .formatted(moment.holds("v"), moment.holds("s")))
        .param("findings", Rows.ids(findings.stream().map(FindingRow::id).toList()))
        .param("at", moment.time())
        .param("most", MOST_SUBJECTS)
        .query(
            row -> {
              long finding = row.getLong("finding");
              counts.put(finding, row.getInt("subjects"));
              subjects
                  .computeIfAbsent(finding, id -> new ArrayList<>())
                  .add(new FindingRow.SubjectRef(row.getLong("subject_id"), row.getString("name")));
            });
    return findings.stream()
        .map(
            finding ->
                finding.withSubjects(
                    subjects.getOrDefault(finding.id(), List.of()),
                    counts.getOrDefault(finding.id(), 0)))
        .toList();
  }
}
