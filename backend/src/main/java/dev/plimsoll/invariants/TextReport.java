package dev.plimsoll.invariants;

import java.io.PrintStream;
import java.util.List;

/** A line for each invariant, below it what violates it. */
final class TextReport implements Report {
  /** Violations of one invariant that are printed where not all are asked for. */
  static final long FEW = 20;

  private final PrintStream out;
  private final long most;
  private long violations;

  TextReport(PrintStream out, long most) {
    this.out = out;
    this.most = most;
  }

  @Override
  public void starts(String jdbcUrl) {
    out.printf("plimsoll: checking %s%n", jdbcUrl);
  }

  @Override
  public void begins(String promise) {
    violations = 0;
    out.print(promise);
    out.flush();
  }

  @Override
  public void violated(Violation violation) {
    violations++;
    if (violations == 1) {
      out.println(": NO");
    }
    if (violations <= most) {
      out.printf("    %s%n", violation);
    }
  }

  @Override
  public void ends(InvariantCheck.Checked checked) {
    if (checked.holds()) {
      out.printf(": yes (%,d checked, %.1f s)%n", checked.rows(), seconds(checked));
      return;
    }
    if (checked.violations() > most) {
      out.printf("    and %,d more%n", checked.violations() - most);
    }
    out.printf(
        "    %,d wrong (%,d checked, %.1f s)%n",
        checked.violations(), checked.rows(), seconds(checked));
  }

  @Override
  public void finishes(List<InvariantCheck.Checked> checked) {
    long broken = checked.stream().filter(one -> !one.holds()).count();
    if (broken == 0) {
      out.printf("plimsoll: all %d invariants hold%n", checked.size());
    } else {
      out.printf("plimsoll: %d of %d invariants do not hold%n", broken, checked.size());
    }
  }

  private static double seconds(InvariantCheck.Checked checked) {
    return checked.took().toNanos() / 1e9;
  }
}
