package dev.plimsoll.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is kept: recognised by its first characters, good until it expires or is revoked.
 */
public record TokenRecord(
    long id,
    String label,
    String prefix,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt) {}
