package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The score of one host at one instant. Points and scores are integers of 1/1000.
 *
 * @param scoreHigh if every unknown passed
 * @param scoreAccepted without the points of accepted risks
 * @param confidence share of weight with a known answer, 0 to 1000
 */
record HostScore(
    int score,
    int scoreHigh,
    int scoreAccepted,
    Grade grade,
    int confidence,
    ScoreFormula.Parts points,
    boolean criticalOpen) {

  /** Nothing was ever read, or what was is stale. */
  static HostScore unreadable() {
    return new HostScore(0, ScoreFormula.FULL, 0, Grade.U, 0, ScoreFormula.Parts.NONE, false);
  }

  /**
   * The score once what is known is stale: 0, whatever it was. An open critical stays counted, so
   * that going silent hides none.
   *
   * @param forgotten the score with every answer taken as unknown
   */
  HostScore stale(HostScore forgotten) {
    return new HostScore(0, ScoreFormula.FULL, 0, Grade.U, 0, forgotten.points(), criticalOpen);
  }

  /**
   * What one check found in one unit: a workload, or a subject that counts for itself.
   *
   * @param unit what replicas share; the worst of them speaks for all
   */
  record Answer(Rule rule, Object unit, Outcome outcome, boolean accepted) {}

  /**
   * Scores a host that was read.
   *
   * @param weights which checks count, and with how many points; answers of others are left out
   */
  static HostScore of(List<Answer> answers, Weights weights) {
    Map<Rule, Map<Object, Standing>> standings = new HashMap<>();
    for (Answer answer : answers) {
      if (answer.outcome() != Outcome.NOT_APPLICABLE && weights.of(answer.rule().id()) > 0) {
        standings
            .computeIfAbsent(answer.rule(), rule -> new HashMap<>())
            .merge(answer.unit(), Standing.of(answer), Standing::worse);
      }
    }
    long lost = 0;
    long lostHigh = 0;
    long lostUnaccepted = 0;
    double known = 0;
    long allWeights = 0;
    ScoreFormula.Parts parts = ScoreFormula.Parts.NONE;
    boolean criticalFail = false;
    boolean criticalEvidenceFail = false;
    boolean criticalUnknown = false;
    boolean highFail = false;
    for (Map.Entry<Rule, Map<Object, Standing>> entry : standings.entrySet()) {
      Rule rule = entry.getKey();
      int weight = weights.of(rule.id());
      Count count = Count.of(entry.getValue().values());
      long loss = ScoreFormula.loss(weight, count.notPassing());
      lost += loss;
      lostHigh += ScoreFormula.loss(weight, count.failed() + count.accepted());
      lostUnaccepted += ScoreFormula.loss(weight, count.failed() + count.unknown());
      parts =
          parts.plus(ScoreFormula.split(loss, count.failed(), count.unknown(), count.accepted()));
      allWeights += weight;
      known += weight * (1 - (double) count.unknown() / count.all());
      if (rule.severity() == Severity.CRITICAL) {
        criticalUnknown |= count.unknown() > 0;
        criticalFail |= count.failed() > 0 && rule.mode() == Mode.SCORED;
        criticalEvidenceFail |= count.failed() > 0 && rule.mode() == Mode.EVIDENCE;
      }
      highFail |= rule.severity() == Severity.HIGH && count.failed() > 0;
    }
    int score = ScoreFormula.score(lost);
    int confidence = allWeights == 0 ? 1000 : (int) Math.floor(1000 * known / allWeights + 1e-9);
    Grade.Openings open =
        new Grade.Openings(criticalFail, criticalEvidenceFail, criticalUnknown, highFail);
    return new HostScore(
        score,
        ScoreFormula.score(lostHigh),
        ScoreFormula.score(lostUnaccepted),
        Grade.of(open, score, confidence),
        confidence,
        parts,
        criticalFail || criticalEvidenceFail);
  }

  /** How a unit stands with a check; later ones are worse. */
  private enum Standing {
    PASSES,
    ACCEPTED,
    UNKNOWN,
    FAILS;

    static Standing of(Answer answer) {
      return switch (answer.outcome()) {
        case FAIL -> answer.accepted() ? ACCEPTED : FAILS;
        case UNKNOWN -> UNKNOWN;
        case PASS, NOT_APPLICABLE -> PASSES;
      };
    }

    Standing worse(Standing other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  private record Count(int all, int failed, int unknown, int accepted) {
    static Count of(Iterable<Standing> standings) {
      int all = 0;
      int failed = 0;
      int unknown = 0;
      int accepted = 0;
      for (Standing standing : standings) {
        all++;
        switch (standing) {
          case FAILS -> failed++;
          case UNKNOWN -> unknown++;
          case ACCEPTED -> accepted++;
          case PASSES -> {}
        }
      }
      return new Count(all, failed, unknown, accepted);
    }

    int notPassing() {
      return failed + unknown + accepted;
    }
  }
}
