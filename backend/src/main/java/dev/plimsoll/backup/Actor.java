package dev.plimsoll.backup;

import dev.plimsoll.audit.AuditTrail;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** In whose name something is done. */
final class Actor {
  private Actor() {}

  /**
   * The name of whoever is signed in.
   *
   * @throws IllegalStateException if nobody is
   */
  static String signedIn() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null) {
      throw new IllegalStateException("Nobody is signed in, so nobody can answer for this");
    }
    return who.getName();
  }

  /** The same, or the portal itself where nobody is. */
  static String signedInOrPortal() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who == null ? AuditTrail.PORTAL : who.getName();
  }
}
