package dev.plimsoll.backup;

/** There is no backup source of that ID, or not any more. */
public final class NoSuchBackupSource extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes what was asked for. */
  public NoSuchBackupSource(long id) {
    super("There is no backup source \"" + id + "\".");
  }
}
