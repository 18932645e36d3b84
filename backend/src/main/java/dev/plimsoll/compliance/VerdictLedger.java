package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Turn;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what changed between a host's judgements and those that stand: a compact row a subject,
 * and a row for each FAIL and UNKNOWN.
 */
@Component
@PortalItself
class VerdictLedger {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;

  VerdictLedger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Records a host's judgements in the caller's transaction, which holds the host's lock.
   *
   * @param catalogue number of the catalogue that judged
   * @param judgements every subject that is known at {@code at}; others are closed
   * @param blindKinds kinds whose list could not be read: what stands for them is left alone, and
   *     their blindness is laid over it when it is read
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void record(
      long hostId, Instant at, int catalogue, List<Judgement> judgements, Set<String> blindKinds) {
    recordCompact(hostId, at, catalogue, judgements, blindKinds);
    recordVerdicts(hostId, at, judgements, blindKinds);
  }

  private void recordCompact(
      long hostId, Instant at, int catalogue, List<Judgement> judgements, Set<String> blindKinds) {
    Map<Long, Compact> open = new HashMap<>();
    jdbc.sql(
            "select subject_id, outcomes, workload, in_score, turns, catalogue_version"
                + " from judgement where host_id = ? and valid_to = 'infinity' and kind <> all (?)")
        .param(hostId)
        .param(text(blindKinds.toArray()))
        .query(
            row -> {
              byte[] workload = row.getBytes("workload");
              open.put(
                  row.getLong("subject_id"),
                  new Compact(
                      row.getString("outcomes"),
                      workload == null ? null : Sha256.stored(workload),
                      row.getBoolean("in_score"),
                      row.getString("turns"),
                      row.getInt("catalogue_version")));
            });
    List<Long> close = new ArrayList<>();
    List<Judgement> changed = new ArrayList<>();
    for (Judgement judgement : judgements) {
      Compact before = open.remove(judgement.subjectId());
      if (!Compact.of(judgement, catalogue).equals(before)) {
        changed.add(judgement);
        if (before != null) {
          close.add(judgement.subjectId());
        }
      }
    }
    close.addAll(open.keySet());
    if (!close.isEmpty()) {
      jdbc.sql(
              "update judgement set valid_to = ?"
                  + " where subject_id = any (?) and valid_to = 'infinity'")
          .param(time(at))
          .param(new SqlArrayValue("bigint", close.toArray()))
          .update();
    }
    if (!changed.isEmpty()) {
      List<Compact> rows =
          changed.stream().map(judgement -> Compact.of(judgement, catalogue)).toList();
      jdbc.sql(
              "insert into judgement (subject_id, host_id, kind, valid_from, outcomes, workload,"
                  + " in_score, turns, catalogue_version)"
                  + " select i, ?, k, ?, o, w, s, t::json, ?"
                  + " from unnest(?, ?, ?, ?, ?, ?) x (i, k, o, w, s, t)")
          .param(hostId)
          .param(time(at))
          .param(catalogue)
          .param(new SqlArrayValue("bigint", changed.stream().map(Judgement::subjectId).toArray()))
          .param(text(changed.stream().map(j -> j.kind().word()).toArray()))
          .param(text(rows.stream().map(Compact::outcomes).toArray()))
          .param(
              new SqlArrayValue(
                  "bytea",
                  (Object[])
                      rows.stream()
                          .map(row -> row.workload() == null ? null : row.workload().bytes())
                          .toArray(byte[][]::new)))
          .param(new SqlArrayValue("boolean", rows.stream().map(Compact::inScore).toArray()))
          .param(text(rows.stream().map(Compact::turns).toArray()))
          .update();
    }
  }

  private void recordVerdicts(
      long hostId, Instant at, List<Judgement> judgements, Set<String> blindKinds) {
    Map<Key, Standing> open = new HashMap<>();
    jdbc.sql(
            "select subject_id, check_id, outcome, since, reason, evidence"
                + " from verdict where host_id = ? and valid_to = 'infinity' and kind <> all (?)")
        .param(hostId)
        .param(text(blindKinds.toArray()))
        .query(
            row -> {
              open.put(
                  new Key(row.getLong("subject_id"), row.getString("check_id")),
                  new Standing(
                      row.getString("outcome"),
                      row.getObject("since", OffsetDateTime.class).toInstant(),
                      row.getString("reason"),
                      row.getString("evidence")));
            });
    List<Key> close = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (Judgement judgement : judgements) {
      for (int i = 0; i < judgement.rules().size(); i++) {
        Verdict verdict = judgement.verdicts().get(i);
        boolean listed = verdict.outcome() == Outcome.FAIL || verdict.outcome() == Outcome.UNKNOWN;
        if (!listed || !judgement.asked(i)) {
          continue;
        }
        Rule rule = judgement.rules().get(i);
        Key key = new Key(judgement.subjectId(), rule.id());
        Row row = Row.of(key, judgement.kind(), rule, verdict, at);
        Standing before = open.remove(key);
        if (before == null) {
          rows.add(row);
        } else if (!row.same(before)) {
          close.add(key);
          rows.add(row.outcome().equals(before.outcome()) ? row.since(before.since()) : row);
        }
      }
    }
    close.addAll(open.keySet());
    if (!close.isEmpty()) {
      jdbc.sql(
              "update verdict v set valid_to = ? from unnest(?, ?) t (i, c)"
                  + " where v.subject_id = t.i and v.check_id = t.c and v.valid_to = 'infinity'")
          .param(time(at))
          .param(new SqlArrayValue("bigint", close.stream().map(Key::subjectId).toArray()))
          .param(text(close.stream().map(Key::checkId).toArray()))
          .update();
    }
    if (!rows.isEmpty()) {
      jdbc.sql(
              "insert into verdict (host_id, subject_id, kind, check_id, outcome, severity,"
                  + " advisory, since, valid_from, reason, evidence)"
                  + " select ?, i, k, c, o, s, a, since::timestamptz, ?, r, e::json"
                  + " from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  + " t (i, k, c, o, s, a, since, r, e)")
          .param(hostId)
          .param(time(at))
          .param(new SqlArrayValue("bigint", rows.stream().map(r -> r.key().subjectId()).toArray()))
          .param(text(rows.stream().map(r -> r.kind().word()).toArray()))
          .param(text(rows.stream().map(r -> r.key().checkId()).toArray()))
          .param(text(rows.stream().map(Row::outcome).toArray()))
          .param(new SqlArrayValue("smallint", rows.stream().map(Row::severity).toArray()))
          .param(new SqlArrayValue("boolean", rows.stream().map(Row::advisory).toArray()))
          .param(text(rows.stream().map(r -> r.since().toString()).toArray()))
          .param(text(rows.stream().map(Row::reason).toArray()))
          .param(text(rows.stream().map(Row::evidence).toArray()))
          .update();
    }
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static SqlArrayValue text(Object[] values) {
    return new SqlArrayValue("text", values);
  }

  private record Key(long subjectId, String checkId) {}

  private record Compact(
      String outcomes,
      @Nullable Sha256 workload,
      boolean inScore,
      @Nullable String turns,
      int catalogueVersion) {

    static Compact of(Judgement judgement, int catalogue) {
      return new Compact(
          judgement.outcomes(),
          judgement.workload(),
          judgement.inScore(),
          turns(judgement),
          catalogue);
    }

    private static @Nullable String turns(Judgement judgement) {
      ArrayNode turns = MAPPER.createArrayNode();
      for (int i = 0; i < judgement.rules().size(); i++) {
        Turn turn = judgement.verdicts().get(i).turn();
        if (turn != null) {
          turns
              .addObject()
              .put("check", judgement.rules().get(i).id())
              .put("at", turn.at().toString())
              .put("to", turn.to().name());
        }
      }
      return turns.isEmpty() ? null : turns.toString();
    }
  }

  private record Standing(
      String outcome, Instant since, @Nullable String reason, String evidence) {}

  private record Row(
      Key key,
      SubjectKind kind,
      String outcome,
      short severity,
      boolean advisory,
      Instant since,
      @Nullable String reason,
      String evidence) {

    static Row of(Key key, SubjectKind kind, Rule rule, Verdict verdict, Instant at) {
      return new Row(
          key,
          kind,
          verdict.outcome().name(),
          (short) Severities.rank(rule.severity()),
          rule.mode() == Mode.ADVISORY,
          at,
          verdict.reason(),
          evidence(verdict.evidence()));
    }

    boolean same(Standing before) {
      return outcome.equals(before.outcome())
          && Objects.equals(reason, before.reason())
          && evidence.equals(before.evidence());
    }

    Row since(Instant earlier) {
      return new Row(key, kind, outcome, severity, advisory, earlier, reason, evidence);
    }

    private static String evidence(List<Evidence> evidence) {
      ArrayNode items = MAPPER.createArrayNode();
      for (Evidence item : evidence) {
        ObjectNode one = items.addObject().put("path", item.path()).put("value", item.value());
        if (item.documentSha256() != null) {
          one.put("documentSha256", item.documentSha256());
        }
      }
      return items.toString();
    }
  }
}
