package dev.plimsoll.invariants;

import org.jspecify.annotations.Nullable;

/** The database cannot be checked; its message is why, to follow a colon. */
public final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unreadable(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
