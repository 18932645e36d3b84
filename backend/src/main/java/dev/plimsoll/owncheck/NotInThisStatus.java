package dev.plimsoll.owncheck;

/** What is asked for does not go with where an own check is in its life. */
public final class NotInThisStatus extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotInThisStatus(String id, String what) {
    super(id + " " + what);
  }
}
