package dev.plimsoll.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens elsewhere. */
public final class Waiting {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 10;

  private Waiting() {}

  /**
   * Returns as soon as a condition holds.
   *
   * @param what is waited for, for the message
   * @throws IllegalStateException if it does not hold within a minute
   */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + what, e);
      }
    }
  }
}
