package dev.plimsoll.collect.connect;

import java.time.Duration;

/**
 * Bounds on one conversation with an engine.
 *
 * @param connect longest wait for a connection, handshakes included
 * @param call longest wait for a whole answer
 * @param parallel most calls at once
 * @param maxBytes largest body accepted
 */
public record ConnectionLimits(Duration connect, Duration call, int parallel, long maxBytes) {
  /** 10 s to connect, 30 s a call, 6 calls at once, 64 MiB a body. */
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 6, 64L << 20);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one of them is zero or less
   */
  public ConnectionLimits {
    if (!connect.isPositive() || !call.isPositive() || parallel < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "Limits on a conversation are positive: connect %s, call %s, parallel %d, maxBytes %d"
              .formatted(connect, call, parallel, maxBytes));
    }
  }

  /** The same with fewer calls at once, if there are more. */
  ConnectionLimits atMost(int calls) {
    return new ConnectionLimits(connect, call, Math.min(parallel, calls), maxBytes);
  }
}
