package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** From a host's judgements to its score: what counts, and what blindness makes of it. */
final class HostScoring {
  /** Lists without which a host cannot be scored. */
  private static final Set<SubjectKind> NEEDED =
      Set.of(SubjectKind.ENGINE, SubjectKind.CONTAINER, SubjectKind.IMAGE, SubjectKind.VOLUME);

  private HostScoring() {}

  /**
   * The score of a host.
   *
   * @param kindsRead words of the kinds whose list was ever read
   * @param stale whether what is known has lost its freshness
   */
  static HostScore score(
      List<Judgement> judgements, Set<String> kindsRead, boolean stale, Weights weights) {
    if (!readable(kindsRead)) {
      return HostScore.unreadable();
    }
    HostScore score = HostScore.of(answers(judgements, false), weights);
    return stale ? score.stale(HostScore.of(answers(judgements, true), weights)) : score;
  }

  /** Whether enough lists were ever read to score a host. */
  static boolean readable(Set<String> kindsRead) {
    return NEEDED.stream().map(SubjectKind::word).allMatch(kindsRead::contains);
  }

  /**
   * What counts in the score.
   *
   * @param forgotten whether every answer is taken as unknown, as it is once a host is stale
   */
  private static List<HostScore.Answer> answers(List<Judgement> judgements, boolean forgotten) {
    List<HostScore.Answer> answers = new ArrayList<>();
    for (Judgement judgement : judgements) {
      if (!judgement.inScore()) {
        continue;
      }
      Object unit = judgement.workload() == null ? judgement.subjectId() : judgement.workload();
      for (int i = 0; i < judgement.rules().size(); i++) {
        if (!judgement.asked(i)) {
          continue;
        }
        Outcome outcome = judgement.verdicts().get(i).outcome();
        answers.add(
            new HostScore.Answer(
                judgement.rules().get(i),
                unit,
                forgotten && outcome != Outcome.NOT_APPLICABLE ? Outcome.UNKNOWN : outcome,
                false));
      }
    }
    return answers;
  }
}
