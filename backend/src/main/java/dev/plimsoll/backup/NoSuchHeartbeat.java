package dev.plimsoll.backup;

/** There is no such heartbeat, or not any more. */
public final class NoSuchHeartbeat extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says no more than that. */
  public NoSuchHeartbeat() {
    super("There is no such heartbeat.");
  }
}
