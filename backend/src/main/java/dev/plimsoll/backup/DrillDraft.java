package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataRef;
import org.jspecify.annotations.Nullable;

/**
 * Which backup is to be restored.
 *
 * @param data that the snapshot holds
 * @param snapshotId its whole ID or its begin; null for the newest snapshot of that data
 */
public record DrillDraft(long hostId, DataRef data, @Nullable String snapshotId) {}
