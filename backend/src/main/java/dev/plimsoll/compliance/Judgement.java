package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.inventory.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the checklist says of one subject at one instant.
 *
 * @param verdicts one for each of {@code rules}, in the same order
 * @param switchedOn optional readings of the host: rules that need another were not asked
 * @param workload what replicas share; null where the subject counts for itself
 * @param inScore whether it counts in the score
 * @param leavesScoreAt when it will stop to count by itself; null if it will not
 */
record Judgement(
    long subjectId,
    SubjectKind kind,
    List<Rule> rules,
    List<Verdict> verdicts,
    Set<ReadingSwitch> switchedOn,
    @Nullable Sha256 workload,
    boolean inScore,
    @Nullable Instant leavesScoreAt) {

  Judgement {
    if (rules.size() != verdicts.size()) {
      throw new IllegalArgumentException(
          verdicts.size() + " verdicts for " + rules.size() + " rules of kind " + kind.word());
    }
  }

  /** Whether a rule was asked: its reading, if it needs one, is switched on. */
  boolean asked(int index) {
    ReadingSwitch needs = rules.get(index).needs();
    return needs == null || switchedOn.contains(needs);
  }

  /** One letter a check, in catalogue order: P, F, U, N, or O where it was not asked. */
  String outcomes() {
    StringBuilder letters = new StringBuilder(verdicts.size());
    for (int i = 0; i < verdicts.size(); i++) {
      letters.append(asked(i) ? letter(verdicts.get(i).outcome()) : 'O');
    }
    return letters.toString();
  }

  /** The first instant at which time alone changes something here; null if it never does. */
  @Nullable Instant nextTurn() {
    Instant next = leavesScoreAt;
    for (Verdict verdict : verdicts) {
      if (verdict.turn() != null && (next == null || verdict.turn().at().isBefore(next))) {
        next = verdict.turn().at();
      }
    }
    return next;
  }

  private static char letter(Outcome outcome) {
    return switch (outcome) {
      case PASS -> 'P';
      case FAIL -> 'F';
      case UNKNOWN -> 'U';
      case NOT_APPLICABLE -> 'N';
    };
  }
}
