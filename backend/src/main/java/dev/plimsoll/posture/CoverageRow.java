package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.backup.coverage.Policy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How data stands.
 *
 * @param subjectId the volume, or the container whose layer it is; null of other data
 * @param name of the volume or container, a path, or {@code swarm}
 * @param since when it came to stand so
 * @param turnsAt when it will stand otherwise if nothing happens; null if it will not
 * @param turnsTo what it will be then
 * @param promise null if no policy matches
 * @param exemption null if none is in force or was approved
 * @param whenLastSeen how it stood when its host was last read; null if it is read
 * @param bytes null if it was never measured
 * @param bytesSince when it was first measured to be that large
 */
public record CoverageRow(
    long dataId,
    @Nullable Long subjectId,
    DataKind kind,
    DataShape shape,
    String name,
    HostRef host,
    @Nullable String group,
    @Nullable String project,
    CoverageState state,
    CoverageReason reason,
    Instant since,
    @Nullable Instant turnsAt,
    @Nullable CoverageState turnsTo,
    @Nullable Promised promise,
    Policy.@Nullable Exemption exemption,
    @Nullable CoverageState whenLastSeen,
    Backups backups,
    @Nullable Long bytes,
    @Nullable Instant bytesSince,
    List<KeptData.User> usedBy,
    List<KeptData.Intent> intents) {
  public CoverageRow {
    usedBy = List.copyOf(usedBy);
    intents = List.copyOf(intents);
  }

  /** Why it stands so, as people read it. */
  public String sentence() {
    return reason.sentence();
  }

  /** Whether it is a volume that nothing uses. */
  public boolean orphaned() {
    return kind == DataKind.VOLUME && usedBy.isEmpty();
  }

  /**
   * What was promised for it.
   *
   * @param policyId null if a label promises it
   * @param policy its name, or the label
   * @param rpoSeconds how much may be lost; null if nothing but an exemption matches
   * @param restoreTestEverySeconds how often a restore must be proven; null if it need not be
   * @param offHost whether a backup that lies on the host itself counts for nothing
   */
  public record Promised(
      @Nullable Long policyId,
      String policy,
      @Nullable Long rpoSeconds,
      @Nullable Long restoreTestEverySeconds,
      boolean offHost) {}

  /**
   * What its records show.
   *
   * @param good the newest that counts; the newest at all where the policy wants it off the host
   *     and none is; null if there is none
   * @param lastFailure when the newest failed attempt ended
   * @param lastRestoreTest when the newest restore ended whose hashes were all equal
   */
  public record Backups(
      @Nullable Good good, @Nullable Instant lastFailure, @Nullable Instant lastRestoreTest) {
    /** No record at all. */
    public static final Backups NONE = new Backups(null, null, null);
  }

  /**
   * A backup that succeeded, saved something, is still there and was not shown to be damaged.
   *
   * @param offHost whether it lies elsewhere than on the host; null if that was not reported
   */
  public record Good(
      long recordId,
      Instant startedAt,
      Instant finishedAt,
      String source,
      @Nullable String snapshotId,
      @Nullable Long bytes,
      @Nullable Boolean offHost) {}

  CoverageRow with(Backups records, @Nullable Long size, @Nullable Instant sizeSince) {
    return new CoverageRow(
        dataId,
        subjectId,
        kind,
        shape,
        name,
        host,
        group,
        project,
        state,
        reason,
        since,
        turnsAt,
        turnsTo,
        promise,
        exemption,
        whenLastSeen,
        records,
        size,
        sizeSince,
        usedBy,
        intents);
  }
}
