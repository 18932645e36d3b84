package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.checklist.BackupRecord.Method;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a program or a person says of one backup or restore.
 *
 * @param data need not be known yet
 * @param startedAt when it began: what was written later is not in it; null if that is not known
 * @param finishedAt not before it
 * @param source who made it, such as the name of a repository or of a job
 * @param snapshotId how the source calls it; null if it has no name for it
 * @param bytes size of what was kept or restored, 0 or more
 * @param target null if it was not reported
 * @param warnings how many the job gave, 0 or more
 * @param sizeAcknowledged whether somebody confirmed that its size is as it should be
 * @param durationSeconds how long a restore took, 0 or more; else null
 * @param filesCompared files of a restore that were compared by hash; else null
 * @param hashesEqual whether they were all equal; null if none was compared
 * @param detail a sentence about it; null for none
 */
public record RecordDraft(
    long hostId,
    DataRef data,
    RecordType type,
    boolean succeeded,
    @Nullable Instant startedAt,
    Instant finishedAt,
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
    @Nullable String detail) {

  /** The same of other data. */
  RecordDraft of(DataRef other) {
    return told(new Builder(hostId, other, type)).build();
  }

  /** The same with other words. */
  RecordDraft saying(@Nullable String sentence, @Nullable String location) {
    return told(new Builder(hostId, data, type)).detail(sentence).target(target, location).build();
  }

  /** The same at other instants. */
  RecordDraft dated(@Nullable Instant started, Instant finished) {
    return told(new Builder(hostId, data, type)).startedAt(started).finishedAt(finished).build();
  }

  /** Tells a builder all that is said here. */
  private Builder told(Builder builder) {
    return builder
        .succeeded(succeeded)
        .startedAt(startedAt)
        .finishedAt(finishedAt)
        .source(source)
        .snapshotId(snapshotId)
        .bytes(bytes)
        .target(target, targetLocation)
        .checksum(checksum)
        .warnings(warnings)
        .method(method)
        .sizeAcknowledged(sizeAcknowledged)
        .durationSeconds(durationSeconds)
        .compared(filesCompared, hashesEqual)
        .detail(detail);
  }

  /** A backup of data, to be told more of. */
  public static Builder backup(long hostId, DataRef data) {
    return new Builder(hostId, data, RecordType.BACKUP);
  }

  /** A restore of data, to be told more of. */
  public static Builder restoreTest(long hostId, DataRef data) {
    return new Builder(hostId, data, RecordType.RESTORE_TEST);
  }

  /** Gathers what is said. */
  public static final class Builder {
    private final long hostId;
    private final DataRef data;
    private final RecordType type;
    private boolean succeeded = true;
    private @Nullable Instant startedAt;
    private Instant finishedAt = Instant.EPOCH;
    private String source = "";
    private @Nullable String snapshotId;
    private @Nullable Long bytes;
    private @Nullable TargetType target;
    private @Nullable String targetLocation;
    private @Nullable String checksum;
    private @Nullable Integer warnings;
    private @Nullable Method method;
    private boolean sizeAcknowledged;
    private @Nullable Double durationSeconds;
    private @Nullable Long filesCompared;
    private @Nullable Boolean hashesEqual;
    private @Nullable String detail;

    private Builder(long hostId, DataRef data, RecordType type) {
      this.hostId = hostId;
      this.data = data;
      this.type = type;
    }

    public Builder succeeded(boolean did) {
      succeeded = did;
      return this;
    }

    public Builder startedAt(@Nullable Instant at) {
      startedAt = at;
      return this;
    }

    public Builder finishedAt(Instant at) {
      finishedAt = at;
      return this;
    }

    public Builder source(String name) {
      source = name;
      return this;
    }

    public Builder snapshotId(@Nullable String id) {
      snapshotId = id;
      return this;
    }

    public Builder bytes(@Nullable Long size) {
      bytes = size;
      return this;
    }

    public Builder target(@Nullable TargetType type, @Nullable String location) {
      target = type;
      targetLocation = location;
      return this;
    }

    public Builder checksum(@Nullable String sum) {
      checksum = sum;
      return this;
    }

    public Builder warnings(@Nullable Integer count) {
      warnings = count;
      return this;
    }

    public Builder method(@Nullable Method how) {
      method = how;
      return this;
    }

    public Builder sizeAcknowledged(boolean acknowledged) {
      sizeAcknowledged = acknowledged;
      return this;
    }

    public Builder durationSeconds(@Nullable Double seconds) {
      durationSeconds = seconds;
      return this;
    }

    /** Files that were compared by hash, and whether all were equal. */
    public Builder compared(@Nullable Long files, @Nullable Boolean equal) {
      filesCompared = files;
      hashesEqual = equal;
      return this;
    }

    public Builder detail(@Nullable String sentence) {
      detail = sentence;
      return this;
    }

    /** The draft. */
    public RecordDraft build() {
      return new RecordDraft(
          hostId,
          data,
          type,
          succeeded,
          startedAt,
          finishedAt,
          source,
          snapshotId,
          bytes,
          target,
          targetLocation,
          checksum,
          warnings,
          method,
          sizeAcknowledged,
          durationSeconds,
          filesCompared,
          hashesEqual,
          detail);
    }
  }
}
