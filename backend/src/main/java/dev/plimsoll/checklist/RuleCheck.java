package dev.plimsoll.checklist;

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
    try {
      return judgement.of(new Examination(subject));
    } catch (Unanswerable unanswerable) {
      return unanswerable.verdict();
    }
  }
}
