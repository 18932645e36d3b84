package dev.plimsoll.checklist;

import dev.plimsoll.checklist.Reading.Unread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a host's backups at one instant.
 *
 * @param records every backup that was tried of data that is there now: of a volume that was made
 *     anew under its old name, only those that began after it was
 * @param drills restores that were tried
 * @param unread why records cannot be looked up; null if they can
 */
public record BackupEvidence(
    List<BackupRecord> records, List<RestoreDrill> drills, @Nullable Unread unread) {
  /** Records can be looked up, and there are none. */
  public static final BackupEvidence NONE = new BackupEvidence(List.of(), List.of(), null);

  public BackupEvidence {
    records = List.copyOf(records);
    drills = List.copyOf(drills);
  }
}
