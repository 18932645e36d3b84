package dev.plimsoll.backup;

/** A heartbeat was called more often than any job would. */
public final class TooManyPings extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyPings(int most) {
    super("This heartbeat was called " + most + " times within a minute. Call it once a run.");
  }
}
