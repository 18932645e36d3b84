package dev.plimsoll.checklist;

/**
 * A fact that a check cannot do without is not there. Only {@link RuleCheck} catches it and turns
 * it into the verdict, so that checks read facts as if they were all there.
 */
final class Unanswerable extends RuntimeException {
  private final transient Verdict verdict;

  Unanswerable(Verdict verdict) {
    // No stack trace: this is an expected outcome, on the path of every document that lacks a field
    super(verdict.reason(), null, false, false);
    this.verdict = verdict;
  }

  Verdict verdict() {
    return verdict;
  }
}
