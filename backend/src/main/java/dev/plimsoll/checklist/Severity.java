package dev.plimsoll.checklist;

/** How much a broken rule matters; each check has exactly one. */
public enum Severity {
  CRITICAL(40),
  HIGH(10),
  MEDIUM(3),
  LOW(1);

  private final int weight;

  Severity(int weight) {
    this.weight = weight;
  }

  /** Points that the first failing workload of a scored check costs. */
  public int weight() {
    return weight;
  }
}
