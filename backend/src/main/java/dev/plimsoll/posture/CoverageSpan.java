package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import java.time.Instant;

/** How data stood from an instant up to another, which it does not include. */
public record CoverageSpan(Instant from, Instant to, CoverageState state, CoverageReason reason) {}
