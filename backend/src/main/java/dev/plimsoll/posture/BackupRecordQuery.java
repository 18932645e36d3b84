package dev.plimsoll.posture;

import dev.plimsoll.backup.RecordType;
import dev.plimsoll.backup.coverage.DataKind;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which backup records are wanted, newest first; nulls and empty sets for any.
 *
 * @param dataId only those of this kept data
 * @param name of the data, exactly
 * @param source name of who reported it, exactly
 * @param matched whether only those of data that is kept are wanted, or only those of none
 * @param ahead whether only those dated in the future are wanted, or only others
 * @param asOf null for now
 * @param knownAt null for what was known at that instant
 */
public record BackupRecordQuery(
    @Nullable Long hostId,
    @Nullable String group,
    @Nullable Long dataId,
    Set<DataKind> kinds,
    @Nullable String name,
    @Nullable String source,
    @Nullable Long sourceId,
    @Nullable RecordType type,
    @Nullable Boolean succeeded,
    @Nullable Boolean matched,
    @Nullable Boolean ahead,
    @Nullable Instant asOf,
    @Nullable Instant knownAt) {
  /** All that is known now. */
  public static final BackupRecordQuery ALL =
      new BackupRecordQuery(
          null, null, null, Set.of(), null, null, null, null, null, null, null, null, null);

  public BackupRecordQuery {
    kinds = Set.copyOf(kinds);
  }

  /** All of one kept data. */
  public static BackupRecordQuery ofData(
      long dataId, @Nullable RecordType type, @Nullable Instant asOf, @Nullable Instant knownAt) {
    return new BackupRecordQuery(
        null, null, dataId, Set.of(), null, null, null, type, null, null, null, asOf, knownAt);
  }
}
