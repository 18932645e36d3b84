package dev.plimsoll.owncheck;

import dev.plimsoll.fleet.Shown;

/** There is no own check of this ID. */
public final class NoSuchOwnCheck extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchOwnCheck(String id) {
    super("There is no own check \"" + Shown.of(id) + "\".");
  }
}
