package dev.plimsoll.collect.connect;

import java.time.Duration;

/**
 * The lines of an answer that has no end, one JSON document each. For one thread; another may close
 * it.
 */
public interface EngineLines extends AutoCloseable {
  /** Longest line that is handed on, in bytes; an event carries all labels of its container. */
  int LONGEST = 1 << 20;

  /** What came next. */
  sealed interface Line {
    /** A line, without its end. */
    record Text(String json) implements Line {}

    /** A line of more than {@link #LONGEST} bytes, which was passed over. */
    record TooLong() implements Line {}

    /** The engine ended its answer. */
    record End() implements Line {}
  }

  /**
   * Waits for the next line.
   *
   * @param idle longest wait for the whole of it
   * @throws EngineCallException {@code TIMEOUT} if none came in that time, another category if the
   *     connection broke; there is nothing more to read then
   */
  Line next(Duration idle) throws EngineCallException;

  /** Ends the answer; a wait under way fails. */
  @Override
  void close();
}
