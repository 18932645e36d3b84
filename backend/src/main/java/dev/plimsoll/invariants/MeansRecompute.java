package dev.plimsoll.invariants;

import dev.plimsoll.compliance.RecomputedMeans;
import java.util.function.Consumer;

/** The means of groups and fleet are those of their hosts. */
final class MeansRecompute implements Invariant {
  private final RecomputedMeans means;

  MeansRecompute(RecomputedMeans means) {
    this.means = means;
  }

  @Override
  public String promise() {
    return "The scores of groups and fleet follow from those of their hosts";
  }

  @Override
  public boolean ofHosts() {
    return false;
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    return means.compare(found -> violations.accept(Violation.of(found)));
  }
}
