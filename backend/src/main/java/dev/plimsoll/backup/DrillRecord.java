package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A restore that somebody asked for, and what came of it.
 *
 * @param outcome {@code RUNNING}, {@code SUCCEEDED} or {@code FAILED}
 * @param askedAt when it was asked for
 * @param begunAt when it began; null while it waits
 * @param finishedAt null until it has ended
 * @param bytes of all files that were restored; null unless they were counted
 * @param files how many were compared by hash; null unless they were
 * @param durationSeconds from its begin until the last hash was compared; null unless it got there
 * @param rootHash SHA-256 in hex over the sorted list of files; null unless it got there
 * @param category of the failure; null if there is none of its kind
 * @param detail what came of it, in a sentence; null while it runs
 */
public record DrillRecord(
    long id,
    long sourceId,
    long hostId,
    String hostName,
    DataRef data,
    String snapshotId,
    String outcome,
    String author,
    Instant askedAt,
    @Nullable Instant begunAt,
    @Nullable Instant finishedAt,
    @Nullable Long bytes,
    @Nullable Long files,
    @Nullable Double durationSeconds,
    @Nullable String rootHash,
    @Nullable String category,
    @Nullable String detail) {}
