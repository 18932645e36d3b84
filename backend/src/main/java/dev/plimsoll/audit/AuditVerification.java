package dev.plimsoll.audit;

import org.jspecify.annotations.Nullable;

/**
 * What came of recomputing the chain.
 *
 * @param links how many links hold, from the first on
 * @param head hash of the last of them in hex; kept elsewhere, it shows whether the end was cut off
 * @param broken the first link that does not hold; null if all do
 * @param unsealed entries that no link covers yet; null if there are none
 */
public record AuditVerification(
    long links, String head, @Nullable Broken broken, @Nullable Unsealed unsealed) {

  /** Whether every sealed entry is what it was when it was sealed. */
  public boolean intact() {
    return broken == null;
  }

  /**
   * Where the chain breaks.
   *
   * @param entryId null where the link itself is gone
   * @param reason a sentence
   */
  public record Broken(long position, @Nullable Long entryId, String reason) {}

  /** The tail that awaits sealing: how many entries, and the smallest and largest of their IDs. */
  public record Unsealed(long entries, long firstId, long lastId) {}
}
