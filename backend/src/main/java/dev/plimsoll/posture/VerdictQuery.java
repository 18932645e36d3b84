package dev.plimsoll.posture;

import dev.plimsoll.checklist.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which verdicts are wanted; nulls for any. {@code outcome=PASS} needs a host, subject or check.
 *
 * @param asOf null for now
 */
public record VerdictQuery(
    @Nullable Long hostId,
    @Nullable Long subjectId,
    @Nullable String check,
    @Nullable Outcome outcome,
    @Nullable String kind,
    @Nullable Instant asOf) {
  static final VerdictQuery ALL = new VerdictQuery(null, null, null, null, null, null);
}
