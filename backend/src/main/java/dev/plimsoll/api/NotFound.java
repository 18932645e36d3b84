package dev.plimsoll.api;

/** What an address names does not exist, or did not at the instant asked for. */
final class NotFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what there is not, such as {@code collection "17"}. */
  NotFound(String what, String id) {
    super("There is no " + what + " \"" + id + "\".");
  }
}
