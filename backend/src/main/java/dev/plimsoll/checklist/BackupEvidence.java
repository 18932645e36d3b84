package dev.plimsoll.checklist;

import dev.plimsoll.checklist.Reading.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a host's backups at one instant.
 *
 * @param records every backup that was tried of data that is there now: of a volume that was made
 *     anew under its old name, only those that began after it was
 * @param drills restores that were tried
 * @param promises what policies say of data; data that none matches has none
 * @param unread why records cannot be looked up; null if they can
 */
public record BackupEvidence(
    List<BackupRecord> records,
    List<RestoreDrill> drills,
    Map<BackupRecord.Data, Promised> promises,
    @Nullable Unread unread) {
  /** Records can be looked up, and there are none. */
  public static final BackupEvidence NONE = new BackupEvidence(List.of(), List.of(), null);

  public BackupEvidence {
    records = List.copyOf(records);
    drills = List.copyOf(drills);
    promises = Map.copyOf(promises);
  }

  /** Evidence where no policy was written. */
  public BackupEvidence(
      List<BackupRecord> records, List<RestoreDrill> drills, @Nullable Unread unread) {
    this(records, drills, Map.of(), unread);
  }

  /**
   * What policies say of data.
   *
   * @param rpo how much may be lost; null if they only exempt it
   * @param restoreTestEvery how often a restore must be proven; null if they do not say
   * @param exempt null if they do not
   */
  public record Promised(
      @Nullable Duration rpo, @Nullable Duration restoreTestEvery, @Nullable Exempt exempt) {}

  /**
   * An approved exemption.
   *
   * @param by name of the policy
   * @param until when it ends; null if it has no end
   */
  public record Exempt(String by, String reason, @Nullable Instant until) {}
}
