package dev.plimsoll.access;

/** There is no user, or no token of that user, with this ID. */
public final class NoSuchUser extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes what was asked for. */
  public NoSuchUser(String what, long id) {
    super("There is no " + what + " " + id + ".");
  }
}
