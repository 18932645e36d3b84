package dev.plimsoll.inventory;

import dev.plimsoll.checklist.HostFacts;
import java.time.Instant;

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
  void contribute(long hostId, Instant at, HostFacts.Builder facts);
}
