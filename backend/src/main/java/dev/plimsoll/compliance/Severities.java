package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Severity;

/** Severities as the tables hold them: higher is worse, so that SQL can sort. */
public final class Severities {
  private Severities() {}

  /** 4 for critical down to 1 for low. */
  public static int rank(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 4;
      case HIGH -> 3;
      case MEDIUM -> 2;
      case LOW -> 1;
    };
  }

  /**
   * The severity of a rank.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Severity of(int rank) {
    return switch (rank) {
      case 4 -> Severity.CRITICAL;
      case 3 -> Severity.HIGH;
      case 2 -> Severity.MEDIUM;
      case 1 -> Severity.LOW;
      default -> throw new IllegalArgumentException("no severity has rank " + rank);
    };
  }
}
