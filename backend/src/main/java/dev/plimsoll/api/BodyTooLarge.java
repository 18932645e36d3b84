package dev.plimsoll.api;

/** A request's body is longer than its address takes. */
final class BodyTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BodyTooLarge(int limit) {
    super("The body is longer than " + limit + " bytes. Send less at once.");
  }
}
