package dev.plimsoll.attest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is about to sign.
 *
 * @param outcome {@code PASS} or {@code FAIL}
 * @param signedAt the instant that it speaks of, such as that of a rotation; null for now
 * @param expiresAt at most a year after {@code signedAt}
 */
public record AttestationDraft(
    long hostId,
    String check,
    String outcome,
    String statement,
    @Nullable Instant signedAt,
    @Nullable Instant expiresAt) {}
