package dev.plimsoll.inventory;

import dev.plimsoll.checklist.HostFacts;
import java.time.Instant;
import java.util.List;

/**
 * Adds what a module knows of a host to the facts that the checks judge: switches, declarations,
 * what people signed. Each answers as of an instant from rows that are never rewritten.
 */
public interface FactContributor {
  /**
   * Adds facts.
   *
   * @param at the instant for which is judged; what was learned later is left out
   */
  default void contribute(long hostId, Instant at, HostFacts.Builder facts) {}

  /**
   * Adds facts that follow from what all contributors added.
   *
   * @param known the facts so far
   */
  default void complete(long hostId, HostFacts known, HostFacts.Builder facts) {}

  /**
   * When what it contributes changed, so that a host's past can be judged again instant by instant.
   * One that never changes anything by itself has none.
   *
   * @param after exclusive
   * @param before exclusive
   */
  default List<Instant> changes(long hostId, Instant after, Instant before) {
    return List.of();
  }
}
