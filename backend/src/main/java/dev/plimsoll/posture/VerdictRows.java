package dev.plimsoll.posture;

import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Completes a page of verdicts with names, evidence and since when they hold, all at once. */
@Component
@PortalItself
class VerdictRows {
  /** How many intervals of a subject are followed back to see since when it passes. */
  private static final int LOOK_BACK = 50;

  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final JudgedAgain judgedAgain;
  private final Catalogue catalogue;

  VerdictRows(JdbcClient jdbc, JudgedAgain judgedAgain, Catalogue catalogue) {
    this.jdbc = jdbc;
    this.judgedAgain = judgedAgain;
    this.catalogue = catalogue;
  }

  List<VerdictRow> complete(List<Draft> page, Moment moment) {
    Map<Long, String> hosts = hostNames(ids(page, Draft::hostId), moment);
    Map<Long, Known> subjects = subjects(ids(page, Draft::subjectId), moment);
    Map<Long, Map<String, Stored>> stored =
        stored(page.stream().filter(Draft::hasRow).toList(), moment);
    List<Draft> toJudge = page.stream().filter(Draft::needsJudging).toList();
    Map<Long, Map<String, Verdict>> judged = judged(toJudge, moment);
    Map<Long, List<Judged>> past = past(ids(toJudge, Draft::subjectId), moment);
    List<VerdictRow> rows = new ArrayList<>(page.size());
    for (Draft draft : page) {
      Known subject = subjects.getOrDefault(draft.subjectId(), Known.NEVER_SEEN);
      Said said =
          switch (draft.source()) {
            case Draft.Source.Blind blind -> Said.of(blind.cause());
            case Draft.Source.SwitchedOff off -> Said.of(off, subject);
            case Draft.Source.Letter letter -> {
              Stored row = of(stored, draft);
              yield row != null
                  ? new Said(row.since(), row.evidence(), row.reason(), subject.collectionId())
                  : said(draft, letter, of(judged, draft), past, subject);
            }
          };
      rows.add(
          new VerdictRow(
              draft.rule().id(),
              draft.rule().title(),
              draft.outcome(),
              Catalogue.word(draft.rule()),
              draft.rule().mode() == Mode.ADVISORY,
              new HostRef(draft.hostId(), hosts.getOrDefault(draft.hostId(), "")),
              draft.subjectId(),
              subject.kind().word(),
              subject.name(),
              said.since(),
              said.evidence(),
              subject.document(),
              said.reason(),
              draft.outcome() == Outcome.UNKNOWN ? said.collectionId() : null));
    }
    return rows;
  }

  private static Said said(
      Draft draft,
      Draft.Source.Letter letter,
      @Nullable Verdict verdict,
      Map<Long, List<Judged>> past,
      Known subject) {
    Instant since =
        letter.turn() != null
            ? letter.turn().at()
            : since(draft, letter, past.getOrDefault(draft.subjectId(), List.of(letter.judged())));
    return verdict != null && verdict.outcome() == draft.outcome()
        ? new Said(since, verdict.evidence(), verdict.reason(), subject.collectionId())
        : new Said(since, List.of(), null, subject.collectionId());
  }

  /** The beginning of the first interval from which on the outcome has been the same. */
  private static Instant since(Draft draft, Draft.Source.Letter letter, List<Judged> newestFirst) {
    Instant since = letter.judged().from();
    for (Judged interval : newestFirst) {
      int index = interval.index(draft.rule().id());
      if (interval.to().equals(since)
          && index >= 0
          && interval.outcome(index, since.minusNanos(1000)) == draft.outcome()) {
        since = interval.from();
      }
    }
    return since;
  }

  private static Set<Long> ids(List<Draft> drafts, ToLongFunction<Draft> id) {
    Set<Long> ids = new HashSet<>();
    drafts.forEach(draft -> ids.add(id.applyAsLong(draft)));
    return ids;
  }

  private static <V> @Nullable V of(Map<Long, Map<String, V>> bySubject, Draft draft) {
    return bySubject.getOrDefault(draft.subjectId(), Map.of()).get(draft.rule().id());
  }

  private Map<Long, String> hostNames(Collection<Long> hosts, Moment moment) {
    Map<Long, String> names = new HashMap<>();
    jdbc.sql(
            "select hh.host_id, hh.name from host_history hh where hh.host_id = any (:hosts) and "
                + moment.holds("hh"))
        .param("hosts", Rows.ids(hosts))
        .param("at", moment.time())
        .query(
            row -> {
              names.put(row.getLong("host_id"), row.getString("name"));
            });
    return names;
  }

  private Map<Long, Known> subjects(Collection<Long> ids, Moment moment) {
    Map<Long, Known> subjects = new HashMap<>();
    jdbc.sql(
            "select b.id, b.kind, coalesce(s.name, b.name) name, s.document, s.collection_id"
                + " from subject b left join state s on s.subject_id = b.id and "
                + moment.holds("s")
                + " where b.id = any (:ids)")
        .param("ids", Rows.ids(ids))
        .param("at", moment.time())
        .query(
            row -> {
              subjects.put(
                  row.getLong("id"),
                  new Known(
                      SubjectKind.of(row.getString("kind")),
                      row.getString("name"),
                      Rows.hexOrNull(row, "document"),
                      Rows.longOrNull(row, "collection_id")));
            });
    return subjects;
  }

  private Map<Long, Map<String, Stored>> stored(List<Draft> drafts, Moment moment) {
    Map<Long, Map<String, Stored>> stored = new HashMap<>();
    if (drafts.isEmpty()) {
      return stored;
    }
    jdbc.sql(
            "select v.subject_id, v.check_id, v.since, v.reason, v.evidence from verdict v"
                + " where v.subject_id = any (:subjects) and v.check_id = any (:checks) and "
                + moment.holds("v"))
        .param("subjects", Rows.ids(ids(drafts, Draft::subjectId)))
        .param("checks", Rows.texts(drafts.stream().map(d -> d.rule().id()).distinct().toList()))
        .param("at", moment.time())
        .query(
            row -> {
              stored
                  .computeIfAbsent(row.getLong("subject_id"), id -> new HashMap<>())
                  .put(
                      row.getString("check_id"),
                      new Stored(
                          Rows.instant(row, "since"),
                          row.getString("reason"),
                          evidence(row.getString("evidence"))));
            });
    return stored;
  }

  private Map<Long, Map<String, Verdict>> judged(List<Draft> drafts, Moment moment) {
    Map<Long, Set<Long>> byHost = new HashMap<>();
    drafts.forEach(
        draft ->
            byHost.computeIfAbsent(draft.hostId(), host -> new HashSet<>()).add(draft.subjectId()));
    Map<Long, Map<String, Verdict>> judged = new HashMap<>();
    byHost.forEach((host, subjects) -> judged.putAll(judgedAgain.of(host, subjects, moment.at())));
    return judged;
  }

  private Map<Long, List<Judged>> past(Collection<Long> subjects, Moment moment) {
    Map<Long, List<Judged>> past = new HashMap<>();
    Catalogue.Snapshot checks = catalogue.now();
    if (subjects.isEmpty()) {
      return past;
    }
    jdbc.sql(
            "select "
                + Judged.COLUMNS
                + " from unnest(:subjects) wanted (id) cross join lateral ("
                + " select * from judgement where subject_id = wanted.id"
                + " and valid_from <= :at"
                + " order by valid_from desc limit :most) j"
                + " order by j.subject_id, j.valid_from desc")
        .param("subjects", Rows.ids(subjects))
        .param("at", moment.time())
        .param("most", LOOK_BACK)
        .query(
            row -> {
              past.computeIfAbsent(row.getLong("subject_id"), id -> new ArrayList<>())
                  .add(Judged.of(row, checks));
            });
    return past;
  }

  private static List<Evidence> evidence(String json) {
    List<Evidence> evidence = new ArrayList<>();
    for (JsonNode item : MAPPER.readTree(json).values()) {
      evidence.add(
          new Evidence(
              item.path("path").asString(""), text(item, "value"), text(item, "documentSha256")));
    }
    return evidence;
  }

  private static @Nullable String text(JsonNode item, String field) {
    JsonNode value = item.path(field);
    return value.isString() ? value.stringValue() : null;
  }

  /** What is known of a subject at the moment. */
  private record Known(
      SubjectKind kind, String name, @Nullable String document, @Nullable Long collectionId) {
    static final Known NEVER_SEEN = new Known(SubjectKind.ENGINE, "engine", null, null);
  }

  /** What a verdict's row holds. */
  private record Stored(Instant since, @Nullable String reason, List<Evidence> evidence) {}

  /** What there is to say about a verdict, wherever it comes from. */
  private record Said(
      Instant since,
      List<Evidence> evidence,
      @Nullable String reason,
      @Nullable Long collectionId) {
    static Said of(Draft.Source.SwitchedOff off, Known subject) {
      Verdict verdict = Verdict.switchedOff(off.reading());
      return new Said(
          off.judged().from(), verdict.evidence(), verdict.reason(), subject.collectionId());
    }

    static Said of(Blindness.Cause cause) {
      return new Said(
          cause.since(), cause.evidence(), cause.problem().detail(), cause.collectionId());
    }
  }
}
