package dev.plimsoll.invariants;

import dev.plimsoll.compliance.RecomputedScores;
import java.util.function.Consumer;

/** The formula gives every score again. */
final class ScoresRecompute implements Invariant {
  private final RecomputedScores scores;

  ScoresRecompute(RecomputedScores scores) {
    this.scores = scores;
  }

  @Override
  public String promise() {
    return "Every host's score follows from what was judged at its instant";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    return database.eachHost(
        host ->
            scores.compare(
                host, database.horizon(), found -> violations.accept(Violation.of(found))),
        violations);
  }
}
