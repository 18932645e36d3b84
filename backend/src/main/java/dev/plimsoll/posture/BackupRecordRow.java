package dev.plimsoll.posture;

import dev.plimsoll.backup.RecordType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.checklist.BackupRecord.Method;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that data was backed up or restored, or that it was tried.
 *
 * @param dataId the kept data that it belongs to, of several directories below its own the first;
 *     null if there is none of that name, or only one that was made after the backup
 * @param learnedAt when Plimsoll learned of it
 * @param goneAt when its source no longer showed it; null while it does
 * @param ahead whether it was dated in the future when it was learned: it counts for nothing
 * @param sourceId the source that was read; null if it was reported
 * @param target where it lies; null if that was not reported
 * @param hashesEqual of a restore; null if none was compared
 * @param reporter who reported it
 * @param documentSha256 hash of it as it is evidence
 */
public record BackupRecordRow(
    long id,
    HostRef host,
    DataRef data,
    @Nullable Long dataId,
    RecordType type,
    boolean succeeded,
    Instant startedAt,
    Instant finishedAt,
    Instant learnedAt,
    @Nullable Instant goneAt,
    boolean ahead,
    @Nullable Long sourceId,
    String source,
    @Nullable String snapshotId,
    @Nullable Long bytes,
    @Nullable TargetType target,
    @Nullable String targetLocation,
    @Nullable String checksum,
    @Nullable Integer warnings,
    @Nullable Method method,
    boolean sizeAcknowledged,
    @Nullable Double durationSeconds,
    @Nullable Long filesCompared,
    @Nullable Boolean hashesEqual,
    @Nullable String detail,
    String reporter,
    String documentSha256) {}
