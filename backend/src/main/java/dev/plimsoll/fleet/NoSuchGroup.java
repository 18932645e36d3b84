package dev.plimsoll.fleet;

/** There is no group of that ID. */
public final class NoSuchGroup extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes what was asked for. */
  public NoSuchGroup(long id) {
    super("There is no group \"" + id + "\".");
  }

  /** Describes what was asked for. */
  public NoSuchGroup(String path) {
    super("There is no group \"" + Shown.of(path) + "\".");
  }
}
