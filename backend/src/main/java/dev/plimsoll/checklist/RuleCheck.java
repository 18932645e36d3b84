package dev.plimsoll.checklist;

import java.util.List;

/** A rule with the function that judges it. */
record RuleCheck(Rule rule, Judgement judgement) implements Check {

  /** Judges what an examination shows. */
  @FunctionalInterface
  interface Judgement {
    /**
     * The verdict.
     *
     * @throws Unanswerable if a fact that decides is not there
     */
    Verdict of(Examination examination);
  }

  @Override
  public Verdict judge(Subject subject) {
    Verdict verdict = examined(subject);
    // What is absent leaves nothing to point to but the subject itself
    return verdict.evidence().isEmpty()
        ? new Verdict(
            verdict.outcome(), List.of(identity(subject)), verdict.reason(), verdict.turn())
        : verdict;
  }

  private Verdict examined(Subject subject) {
    try {
      return judgement.of(new Examination(subject));
    } catch (Unanswerable unanswerable) {
      return unanswerable.verdict();
    }
  }

  private Evidence identity(Subject subject) {
    String path =
        switch (rule.subject()) {
          case ENGINE -> ".info.ID";
          case IMAGE -> ".inspect.Id";
          case VOLUME -> ".Name";
          case CONTAINER, NETWORK -> ".Id";
          case SWARM -> ".swarm.ID";
          case HOST_FILE -> ".ssh";
        };
    return new Evidence(
        path,
        CompactJson.of(Field.of(path).in(subject.reading().document())),
        subject.reading().sha256());
  }
}
