package dev.plimsoll.retention;

import dev.plimsoll.retention.Retention.Kept;

/**
 * What a module lets go of its own tables: of those that have no months to be dropped. Called again
 * until nothing is left, each time in a transaction of its own, so that nobody waits for long.
 */
public interface Expiry {
  /**
   * Deletes some of what need not be kept.
   *
   * @param most rows at once
   * @return how many rows went; fewer than {@code most} if none is left
   */
  int expire(Kept kept, int most);
}
