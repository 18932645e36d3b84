package dev.plimsoll.attest;

import dev.plimsoll.checklist.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attestation as it is kept.
 *
 * @param outcome PASS or FAIL
 * @param documentSha256 hash of what was signed
 * @param signedAt the instant that it speaks of
 * @param receivedAt from when on it counts
 * @param expiresAt from when on it counts no more
 * @param withdrawnAt null while it stands
 */
public record SignedAttestation(
    long id,
    long hostId,
    String host,
    String check,
    Outcome outcome,
    String statement,
    String author,
    String documentSha256,
    Instant signedAt,
    Instant receivedAt,
    Instant expiresAt,
    @Nullable Instant withdrawnAt,
    @Nullable String withdrawnBy) {

  /** Whether it counts at an instant. */
  public boolean countsAt(Instant at) {
    return !receivedAt.isAfter(at)
        && expiresAt.isAfter(at)
        && (withdrawnAt == null || withdrawnAt.isAfter(at));
  }
}
