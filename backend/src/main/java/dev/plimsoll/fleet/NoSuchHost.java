package dev.plimsoll.fleet;

/** There is no host of that ID or name. */
public final class NoSuchHost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes what was asked for. */
  public NoSuchHost(String idOrName) {
    super("There is no host \"" + idOrName + "\".");
  }
}
