package dev.plimsoll.access;

import java.time.Instant;
import org.springframework.security.authentication.LockedException;

/** Too many failed sign-ins for this name from this address; the password was not looked at. */
public final class SignInRefused extends LockedException {
  private static final long serialVersionUID = 1L;

  private final Instant until;

  SignInRefused(Instant until) {
    super("Too many failed sign-ins. Try again after " + until + ".");
    this.until = until;
  }

  /** When the next attempt will be looked at. */
  public Instant until() {
    return until;
  }
}
