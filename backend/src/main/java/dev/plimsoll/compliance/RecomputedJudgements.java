package dev.plimsoll.compliance;

import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Judges what is stored of a host once more: what stands must follow from documents. A host that
 * waits to be judged anew, or was judged by another catalogue than today's, is left out.
 */
@Component
@PortalItself
public class RecomputedJudgements {
  private final JdbcClient jdbc;
  private final Catalogues catalogues;
  private final StoredFacts storedFacts;

  RecomputedJudgements(JdbcClient jdbc, Catalogues catalogues, StoredFacts storedFacts) {
    this.jdbc = jdbc;
    this.catalogues = catalogues;
    this.storedFacts = storedFacts;
  }

  /**
   * Tells which standing judgements of a host differ.
   *
   * @param now hosts with a turn that is due by then are left out
   * @return how many were compared
   */
  public long compare(long hostId, Instant now, Consumer<Difference> differences) {
    Optional<Catalogues.Numbered> current = catalogues.currentIfKnown();
    Optional<Instant> published =
        current.flatMap(catalogue -> published(hostId, catalogue.number(), now));
    if (published.isEmpty()) {
      return 0;
    }
    StoredFacts.Known known = storedFacts.asOf(hostId, published.get());
    Set<SubjectKind> blind = known.facts().unreadLists().keySet();
    Map<Long, String> stored = stored(hostId, blind);
    Set<Long> computed = new HashSet<>();
    List<Judgement> judgements = Judge.judge(current.orElseThrow().checklist(), known);
    for (Judgement judgement : judgements) {
      if (blind.contains(judgement.kind())) {
        continue;
      }
      computed.add(judgement.subjectId());
      String is = stored.get(judgement.subjectId());
      String problem = problem(judgement, is);
      if (!problem.isEmpty()) {
        differences.accept(new Difference("judgement", key(judgement.subjectId()), problem));
      }
    }
    for (long subjectId : stored.keySet()) {
      if (!computed.contains(subjectId)) {
        differences.accept(
            new Difference(
                "judgement", key(subjectId), "it stands, and the subject is not there to judge"));
      }
    }
    return computed.size();
  }

  private static String problem(Judgement judgement, @Nullable String is) {
    if (is == null) {
      return "none stands, although the subject is there";
    }
    String should = judgement.outcomes();
    if (is.equals(should)) {
      return "";
    }
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < should.length() && i < is.length(); i++) {
      if (is.charAt(i) != should.charAt(i)) {
        words
            .append(words.isEmpty() ? "" : ", ")
            .append(judgement.rules().get(i).id())
            .append(" is ")
            .append(is.charAt(i))
            .append(" and what is stored says ")
            .append(should.charAt(i));
      }
    }
    return words.isEmpty()
        ? "it has %d outcomes for %d checks".formatted(is.length(), should.length())
        : words.toString();
  }

  private static String key(long subjectId) {
    return "subject " + subjectId;
  }

  private Optional<Instant> published(long hostId, int catalogue, Instant now) {
    return jdbc.sql(
            "select published_at from host_publication where host_id = ? and catalogue_version = ?"
                + " and next_turn_at > ? and requested_at is null")
        .param(hostId)
        .param(catalogue)
        .param(now.atOffset(ZoneOffset.UTC))
        .query((row, n) -> row.getObject("published_at", OffsetDateTime.class).toInstant())
        .optional();
  }

  private Map<Long, String> stored(long hostId, Set<SubjectKind> blind) {
    Set<String> words = new HashSet<>();
    blind.forEach(kind -> words.add(kind.word()));
    Map<Long, String> stored = new HashMap<>();
    jdbc.sql(
            "select subject_id, kind, outcomes from judgement"
                + " where host_id = ? and valid_to = 'infinity'")
        .param(hostId)
        .query(
            row -> {
              if (!words.contains(row.getString("kind"))) {
                stored.put(row.getLong("subject_id"), row.getString("outcomes"));
              }
            });
    return stored;
  }
}
