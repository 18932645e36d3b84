package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Check;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule that a company wrote, as a check like any other. True passes, false fails, and what cannot
 * be answered is unknown.
 *
 * @param applies false for subjects that the rule does not mean; null if it means all
 */
record OwnCheck(Rule rule, Expression expression, @Nullable Expression applies) implements Check {

  @Override
  public Verdict judge(Subject subject) {
    return judge(Facts.of(subject), expression, applies);
  }

  /** The same of facts that are gathered otherwise. */
  static Verdict judge(Facts facts, Expression expression, @Nullable Expression applies) {
    if (applies != null) {
      Answer answer = applies.ask(facts);
      Boolean meant = answer.value();
      if (meant == null) {
        return verdict(Outcome.UNKNOWN, answer, facts);
      }
      if (!meant) {
        return new Verdict(Outcome.NOT_APPLICABLE, answer.evidence(), answer.reason(), null);
      }
    }
    Answer answer = expression.ask(facts);
    Boolean kept = answer.value();
    if (kept == null) {
      return verdict(Outcome.UNKNOWN, answer, facts);
    }
    return kept
        ? new Verdict(Outcome.PASS, answer.evidence(), answer.reason(), null)
        : verdict(Outcome.FAIL, answer, facts);
  }

  /** Whether it asks anything of the host. */
  boolean readsHost() {
    return expression.syntax().host() || (applies != null && applies.syntax().host());
  }

  /**
   * An expression can come to an end without looking at anything: then the document is evidence.
   */
  private static Verdict verdict(Outcome outcome, Answer answer, Facts facts) {
    List<Evidence> evidence = answer.evidence();
    if (evidence.isEmpty()) {
      Reading.Read read = facts.subject();
      evidence = List.of(new Evidence(".", read.document().toString(), read.sha256()));
    }
    return new Verdict(outcome, evidence, answer.reason(), null);
  }
}
