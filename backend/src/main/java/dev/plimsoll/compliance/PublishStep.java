package dev.plimsoll.compliance;

import dev.plimsoll.inventory.StoredFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What another module keeps of a host besides its verdicts: written from the same facts, at the
 * same instant and in the same transaction.
 */
public interface PublishStep {
  /**
   * Writes what changed, and what time alone has changed by then.
   *
   * @param at the publish instant, later than any before of this host
   * @return when time alone changes something next; null if nothing will
   */
  @Nullable Instant publish(long hostId, Instant at, StoredFacts.Known known);
}
