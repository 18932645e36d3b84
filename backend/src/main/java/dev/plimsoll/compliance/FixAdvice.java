package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.checklist.fix.Failure;
import dev.plimsoll.checklist.fix.Fix;
import dev.plimsoll.checklist.fix.Fixes;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What to change so that a check passes, tried on the stored documents. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class FixAdvice {
  private final JdbcClient jdbc;
  private final Clock clock;
  private final StoredFacts storedFacts;
  private final Catalogues catalogues;
  private final HostProfiles profiles;

  FixAdvice(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      StoredFacts storedFacts,
      Catalogues catalogues,
      HostProfiles profiles) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.storedFacts = storedFacts;
    this.catalogues = catalogues;
    this.profiles = profiles;
  }

  /**
   * A fix, and what else it would do.
   *
   * @param clears other verdicts that it turns from FAIL
   * @param breaks verdicts that it turns into FAIL
   * @param otherFindings how many other findings it would resolve or reduce
   */
  public record Advice(
      long subjectId,
      String check,
      Fix fix,
      List<Effect> clears,
      List<Effect> breaks,
      int otherFindings) {
    public Advice {
      clears = List.copyOf(clears);
      breaks = List.copyOf(breaks);
    }
  }

  /** A verdict of another check or subject that turns with a fix. */
  public record Effect(long subjectId, String check) {}

  /**
   * What to change so that a check passes for a subject.
   *
   * @throws NoSuchVerdict if the subject is not there, or the check is none of its kind
   * @throws NothingToFix if it does not fail
   */
  public Advice of(long subjectId, String checkId) {
    Place place = place(subjectId).orElseThrow(() -> missing(subjectId, checkId));
    Instant at = clock.instant();
    Trial trial =
        new Trial(
            catalogues.current().checklist(),
            storedFacts.asOf(place.hostId(), at),
            profiles.weights(at).getOrDefault(place.hostId(), Weights.NONE));
    Judgement judgement = trial.before().get(subjectId);
    if (judgement == null) {
      throw missing(subjectId, checkId);
    }
    int index = index(judgement.rules(), checkId);
    if (index < 0) {
      throw missing(subjectId, checkId);
    }
    Verdict verdict = judgement.verdicts().get(index);
    if (verdict.outcome() != Outcome.FAIL
        || !(Candidate.reading(trial.facts(), place.kind(), place.dockerId())
            instanceof Reading.Read read)) {
      throw new NothingToFix(checkId, verdict.outcome().name());
    }
    Fix fix =
        Fixes.of(
            new Failure(
                trial.facts(), judgement.rules().get(index), place.dockerId(), read, verdict));
    return advice(subjectId, checkId, fix, trial);
  }

  /** The same; empty where {@link #of} throws. */
  public Optional<Advice> find(long subjectId, String checkId) {
    try {
      return Optional.of(of(subjectId, checkId));
    } catch (NothingToFix | NoSuchVerdict nothing) {
      return Optional.empty();
    }
  }

  private Advice advice(long subjectId, String checkId, Fix fix, Trial trial) {
    if (!(fix instanceof Fix.Change change) || change.patches().isEmpty()) {
      return new Advice(subjectId, checkId, fix, List.of(), List.of(), 0);
    }
    Set<Effect> before = failing(trial.before());
    Set<Effect> after = failing(trial.after(change.patches()));
    Effect own = new Effect(subjectId, checkId);
    List<Effect> clears =
        before.stream().filter(one -> !after.contains(one) && !one.equals(own)).toList();
    List<Effect> breaks = after.stream().filter(one -> !before.contains(one)).toList();
    return new Advice(subjectId, checkId, fix, clears, breaks, findings(own, clears));
  }

  private static Set<Effect> failing(Map<Long, Judgement> judgements) {
    Set<Effect> failing = new HashSet<>();
    for (Judgement judgement : judgements.values()) {
      for (int i = 0; i < judgement.rules().size(); i++) {
        if (judgement.inScore() && judgement.verdicts().get(i).outcome() == Outcome.FAIL) {
          failing.add(new Effect(judgement.subjectId(), judgement.rules().get(i).id()));
        }
      }
    }
    return failing;
  }

  /** How many findings besides its own the effects belong to: one for check and lineage. */
  private int findings(Effect own, List<Effect> effects) {
    List<Long> subjects = new ArrayList<>();
    subjects.add(own.subjectId());
    effects.forEach(effect -> subjects.add(effect.subjectId()));
    Map<Long, String> lineages = new HashMap<>();
    jdbc.sql("select id, kind || ' ' || lineage lineage from subject where id = any (?)")
        .param(new SqlArrayValue("bigint", subjects.toArray()))
        .query(
            row -> {
              lineages.put(row.getLong("id"), row.getString("lineage"));
            });
    Set<String> findings = new HashSet<>();
    effects.forEach(e -> findings.add(e.check() + " " + lineages.get(e.subjectId())));
    findings.remove(own.check() + " " + lineages.get(own.subjectId()));
    return findings.size();
  }

  private static int index(List<Rule> rules, String checkId) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).id().equals(checkId)) {
        return i;
      }
    }
    return -1;
  }

  private static NoSuchVerdict missing(long subjectId, String checkId) {
    return new NoSuchVerdict(subjectId, Shown.of(checkId));
  }

  private Optional<Place> place(long subjectId) {
    return jdbc.sql("select host_id, kind, docker_id from subject where id = ?")
        .param(subjectId)
        .query(
            (row, n) ->
                new Place(
                    row.getLong("host_id"),
                    SubjectKind.of(row.getString("kind")),
                    row.getString("docker_id")))
        .optional();
  }

  private record Place(long hostId, SubjectKind kind, String dockerId) {}
}
