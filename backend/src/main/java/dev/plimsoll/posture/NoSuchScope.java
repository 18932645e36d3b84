package dev.plimsoll.posture;

/** There is no such host or group, or there was not at the instant asked for. */
public final class NoSuchScope extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchScope(String what) {
    super("There is no " + what + ", or there was none at that instant.");
  }
}
