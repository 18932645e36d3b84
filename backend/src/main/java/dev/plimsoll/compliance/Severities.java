package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Severity;

/** Severities as the tables hold them: higher is worse, so that SQL can sort. */
public final class Severities {
  private Severities() {}

  /** 4 for critical down to 1 for low. */
  public static int rank(Severity severity) {
    return Severity.values().length - severity.ordinal();
  }

  /**
   * The severity of a rank.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Severity of(int rank) {
    if (rank < 1 || rank > Severity.values().length) {
      throw new IllegalArgumentException("no severity has rank " + rank);
    }
    return Severity.values()[Severity.values().length - rank];
  }
}
