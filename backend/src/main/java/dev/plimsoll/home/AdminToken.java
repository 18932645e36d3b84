package dev.plimsoll.home;

/**
 * The API token with all rights that automation was given ({@code PLIMSOLL_ADMIN_TOKEN}).
 *
 * @param value what stands behind {@code Bearer} in a request
 */
public record AdminToken(String value) {
  /** Without the value, so that a log never holds it. */
  @Override
  public String toString() {
    return "AdminToken[]";
  }
}
