package dev.plimsoll.backup.coverage;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What must be backed up and how fresh, or need not be.
 *
 * @param rpo how much may be lost; null of an exemption
 * @param restoreTestEvery how often a restore must be proven; null if it need not be
 * @param offHost whether a backup that lies on the host itself counts for nothing
 * @param exemption why it needs no backup; null of a promise
 */
public record Policy(
    long id,
    int version,
    String name,
    Selector selector,
    @Nullable Duration rpo,
    @Nullable Duration restoreTestEvery,
    boolean offHost,
    @Nullable Exemption exemption) {

  /**
   * Why data needs no backup.
   *
   * @param by name of the policy, or what was declared
   * @param approver who approved it, never who asked; null if nobody has: then it exempts nothing
   * @param until when it ends; null if it has no end
   */
  public record Exemption(
      String by, String reason, @Nullable String approver, @Nullable Instant until) {}
}
