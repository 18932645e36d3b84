package dev.plimsoll.owncheck;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One revision of an own check.
 *
 * @param revision from 1; each change makes another one
 * @param since when this revision began
 * @param until when the next one began; null if this is what the check is now
 * @param changedBy who made it
 */
public record OwnCheckRecord(
    OwnCheckDraft draft,
    OwnCheckStatus status,
    int revision,
    Instant since,
    @Nullable Instant until,
    String changedBy) {}
