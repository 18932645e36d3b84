package dev.plimsoll.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to read a source.
 *
 * @param outcome {@code RUNNING}, {@code SUCCEEDED} or {@code FAILED}
 * @param finishedAt null while it runs
 * @param snapshots how many it showed; null unless it succeeded
 * @param recordsNew how many records are new by it; null unless it succeeded
 * @param unmapped how many of them belong to no data; null unless it succeeded
 * @param category of the failure, a {@link dev.plimsoll.backup.source.SourceFault}; else null
 * @param detail of the failure; else null
 */
public record SourceReading(
    long id,
    long sourceId,
    String outcome,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer snapshots,
    @Nullable Integer recordsNew,
    @Nullable Integer unmapped,
    @Nullable String category,
    @Nullable String detail) {}
