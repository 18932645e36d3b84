package dev.plimsoll.backup;

/** What a record is evidence of. */
public enum RecordType {
  /** Data was copied, or it was tried. */
  BACKUP,
  /** A copy was restored somewhere else, or it was tried. */
  RESTORE_TEST
}
