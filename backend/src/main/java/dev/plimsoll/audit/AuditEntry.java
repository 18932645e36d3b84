package dev.plimsoll.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit trail.
 *
 * @param actor who did it
 * @param detail JSON, as PostgreSQL prints {@code jsonb}
 * @param seal its link in the chain; null until it is sealed, within minutes
 */
public record AuditEntry(
    long id,
    Instant at,
    String actor,
    String action,
    String subject,
    String detail,
    @Nullable Seal seal) {

  /**
   * A link in the chain.
   *
   * @param position 1 for the first
   * @param hash SHA-256 in hex, see {@link AuditChain}
   */
  public record Seal(long position, String hash) {}
}
