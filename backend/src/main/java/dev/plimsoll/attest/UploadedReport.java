package dev.plimsoll.attest;

import java.time.Instant;

/**
 * A report on a host's own files as it is kept.
 *
 * @param documentSha256 hash of the reduced document
 * @param takenAt when it was made on the host
 * @param receivedAt from when on it counts
 * @param expiresAt from when on it counts no more
 * @param results how many of its results are kept
 */
public record UploadedReport(
    long id,
    long hostId,
    String documentSha256,
    String tool,
    String version,
    String benchmark,
    String author,
    Instant takenAt,
    Instant receivedAt,
    Instant expiresAt,
    int results) {}
