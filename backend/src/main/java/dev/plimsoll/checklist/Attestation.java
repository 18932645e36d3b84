package dev.plimsoll.checklist;

import java.time.Instant;

/**
 * What a person signed for where no machine can look: that a check holds on a host, or does not.
 *
 * @param check ID of the check that it answers
 * @param outcome PASS or FAIL
 * @param author who signed
 * @param signedAt when; the instant that rotations and the like are counted from
 * @param expiresAt from when on it says nothing any more
 * @param statement what was looked at, in the author's words
 * @param documentSha256 hash of the stored attestation
 */
public record Attestation(
    String check,
    Outcome outcome,
    String author,
    Instant signedAt,
    Instant expiresAt,
    String statement,
    String documentSha256) {}
