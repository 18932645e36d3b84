package dev.plimsoll.access;

import java.time.Instant;

/** A token at the only moment at which it is known in full. */
public record IssuedToken(long id, String token, String prefix, String label, Instant expiresAt) {
  @Override
  public String toString() {
    return "IssuedToken[" + id + " " + prefix + "…]";
  }
}
