package dev.plimsoll.attest;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who vouches for something: nobody signs in another's name. */
final class Author {
  private Author() {}

  /** The name of whoever is signed in. */
  static String signedIn() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null) {
      throw new IllegalStateException("Nobody is signed in, so nobody can vouch for anything");
    }
    return who.getName();
  }
}
