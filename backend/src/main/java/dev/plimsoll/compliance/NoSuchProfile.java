package dev.plimsoll.compliance;

import dev.plimsoll.fleet.Shown;

/** There is no profile of that ID or name, or not in that version. */
public final class NoSuchProfile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes what was asked for. */
  public NoSuchProfile(String idOrName) {
    super("There is no profile \"" + Shown.of(idOrName) + "\".");
  }

  /** Describes what was asked for. */
  public NoSuchProfile(String idOrName, int version) {
    super("There is no version " + version + " of profile \"" + Shown.of(idOrName) + "\".");
  }
}
