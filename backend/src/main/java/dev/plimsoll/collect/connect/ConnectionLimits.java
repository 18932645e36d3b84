package dev.plimsoll.collect.connect;

import java.time.Duration;

/**
 * Bounds on one conversation with an engine.
 *
 * @param connect longest wait for a connection, handshakes included
 * @param call longest wait for a whole answer
 * @param parallel most calls at once
 * @param maxBytes largest body accepted
 * @param room where bodies find room while they are read
 */
public record ConnectionLimits(
    Duration connect, Duration call, int parallel, long maxBytes, AnswerRoom room) {
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

  /** The same bounds in a memory without any. */
  public ConnectionLimits(Duration connect, Duration call, int parallel, long maxBytes) {
    this(connect, call, parallel, maxBytes, AnswerRoom.UNBOUNDED);
  }

  /** The same bounds for bodies that find their room there. */
  public ConnectionLimits within(AnswerRoom otherRoom) {
    return new ConnectionLimits(connect, call, parallel, maxBytes, otherRoom);
  }

  /** The same with fewer calls at once, if there are more. */
  ConnectionLimits atMost(int calls) {
    return new ConnectionLimits(connect, call, Math.min(parallel, calls), maxBytes, room);
  }
}
