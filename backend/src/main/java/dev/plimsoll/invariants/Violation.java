package dev.plimsoll.invariants;

import dev.plimsoll.compliance.Difference;

/**
 * A row that is not as it must be.
 *
 * @param table where it lies
 * @param key which it is, in words
 * @param problem what is wrong with it, in words
 */
public record Violation(String table, String key, String problem) {
  static Violation of(Difference found) {
    return new Violation(found.table(), found.key(), found.problem());
  }

  @Override
  public String toString() {
    return "%s %s: %s".formatted(table, key, problem);
  }
}
