package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.Policy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it is kept.
 *
 * @param author who wrote this version, and who has to find somebody else to approve an exemption
 * @param since when this version began
 */
public record PolicyRecord(Policy policy, String author, Instant since) {
  /** Its ID. */
  public long id() {
    return policy.id();
  }

  /** Whether it is an exemption that nobody has approved yet. */
  public boolean awaitsApproval() {
    Policy.@Nullable Exemption exemption = policy.exemption();
    return exemption != null && exemption.approver() == null;
  }
}
