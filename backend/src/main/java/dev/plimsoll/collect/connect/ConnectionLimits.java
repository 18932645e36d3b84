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
}
