package dev.plimsoll.collect.connect;

/**
 * A read-only conversation with one engine, its API version negotiated. Safe for use by several
 * threads, up to the parallelism it was opened with; further calls wait.
 */
public interface EngineConnection extends AutoCloseable {

  /** API version that all calls use, such as {@code 1.41}. */
  String apiVersion();

  /**
   * Sends a request and returns the whole body of its 200 answer.
   *
   * @throws EngineCallException for every other end: another status, no answer in time, a body that
   *     is cut off or larger than the limit
   */
  byte[] get(EngineRequest request) throws EngineCallException;

  /** Ends the conversation; calls under way fail. */
  @Override
  void close();
}
