package dev.plimsoll.invariants;

import dev.plimsoll.compliance.RecomputedJudgements;
import java.util.function.Consumer;

/** The checks say of the stored documents what was said. */
final class JudgementsRecompute implements Invariant {
  private final RecomputedJudgements judgements;

  JudgementsRecompute(RecomputedJudgements judgements) {
    this.judgements = judgements;
  }

  @Override
  public String promise() {
    return "What stands follows from the documents that are stored";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    return database.eachHost(
        host ->
            judgements.compare(
                host, database.now(), found -> violations.accept(Violation.of(found))),
        violations);
  }
}
