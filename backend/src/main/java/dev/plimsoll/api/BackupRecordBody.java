package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.backup.RecordType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.checklist.BackupRecord.Method;
import dev.plimsoll.posture.BackupRecordRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup record as the API shows it, spelled as it was reported: one of {@code volume}, {@code
 * path}, {@code container} and {@code swarm} says of what it is.
 *
 * @param coverage ID of the kept data that it belongs to; null if it belongs to none
 * @param kind BACKUP or RESTORE_TEST
 * @param outcome SUCCEEDED or FAILED
 * @param learnedAt when Plimsoll learned of it
 * @param goneAt when its source no longer showed it
 * @param ahead whether it was dated in the future: it counts for nothing
 * @param documentSha256 hash of it as it is evidence
 */
record BackupRecordBody(
    String id,
    HostRefBody host,
    @Nullable String coverage,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String volume,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String path,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String container,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean swarm,
    RecordType kind,
    String outcome,
    Instant startedAt,
    Instant finishedAt,
    Instant learnedAt,
    @Nullable Instant goneAt,
    boolean ahead,
    String source,
    @Nullable String sourceId,
    @Nullable String snapshotId,
    @Nullable Long bytes,
    @Nullable TargetBody target,
    @Nullable String checksum,
    @Nullable Integer warnings,
    @Nullable Method method,
    boolean sizeAcknowledged,
    @Nullable Double durationSeconds,
    @Nullable Long filesCompared,
    @Nullable Boolean hashesEqual,
    @Nullable String detail,
    String reporter,
    String documentSha256) {

  static BackupRecordBody of(BackupRecordRow row) {
    Long dataId = row.dataId();
    Long sourceId = row.sourceId();
    TargetType target = row.target();
    return new BackupRecordBody(
        String.valueOf(row.id()),
        HostRefBody.of(row.host()),
        dataId == null ? null : String.valueOf(dataId),
        named(row, DataKind.VOLUME),
        named(row, DataKind.DIRECTORY),
        named(row, DataKind.LAYER),
        row.data().kind() == DataKind.SWARM ? true : null,
        row.type(),
        row.succeeded() ? "SUCCEEDED" : "FAILED",
        row.startedAt(),
        row.finishedAt(),
        row.learnedAt(),
        row.goneAt(),
        row.ahead(),
        row.source(),
        sourceId == null ? null : String.valueOf(sourceId),
        row.snapshotId(),
        row.bytes(),
        target == null ? null : new TargetBody(target, row.targetLocation()),
        row.checksum(),
        row.warnings(),
        row.method(),
        row.sizeAcknowledged(),
        row.durationSeconds(),
        row.filesCompared(),
        row.hashesEqual(),
        row.detail(),
        row.reporter(),
        row.documentSha256());
  }

  private static @Nullable String named(BackupRecordRow row, DataKind kind) {
    return row.data().kind() == kind ? row.data().name() : null;
  }

  /** Where a backup lies. */
  record TargetBody(TargetType type, @Nullable String location) {}
}
