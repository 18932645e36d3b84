package dev.plimsoll.backup;

/** There is no backup policy of that ID. */
public final class NoSuchPolicy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The ID that somebody gave. */
  public NoSuchPolicy(long id) {
    super("There is no backup policy " + id);
  }
}
