package dev.plimsoll.collect.connect;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * A read-only conversation with one engine, its API version negotiated. Safe for use by several
 * threads, up to the parallelism it was opened with; further calls wait.
 */
public interface EngineConnection extends AutoCloseable {

  /** API version that all calls use, such as {@code 1.41}. */
  String apiVersion();

  /**
   * Whether the API version that all calls use is this one or newer.
   *
   * @param version such as {@code 1.42}
   * @throws IllegalArgumentException if it is no version
   */
  boolean speaks(String version);

  /**
   * Sends a request and returns the whole body of its 200 answer.
   *
   * @throws EngineCallException for every other end: another status, no answer in time, a body that
   *     is cut off or larger than the limit
   */
  byte[] get(EngineRequest request) throws EngineCallException;

  /**
   * Sends a request and reads the body of its 200 answer as it comes, however large it is.
   *
   * @param limit longest time for the whole of it
   * @param reader reads as much of the body as it wants; what it throws ends the call
   * @throws EngineCallException for every other end: another status, no answer in time, a body that
   *     is cut off
   */
  <T> T stream(EngineRequest request, Duration limit, BodyReader<T> reader)
      throws EngineCallException;

  /** Makes something of a body without holding it. */
  interface BodyReader<T> {
    /** Reads a body; the stream is not the reader's to close. */
    T read(InputStream body) throws IOException;
  }

  /** Who the engine showed itself to be in its last TLS handshake; empty without TLS. */
  default Optional<PeerCertificate> peerCertificate() {
    return Optional.empty();
  }

  /**
   * Sends a request whose answer has no end, such as {@link EngineRequest#events}, and returns once
   * the engine has begun to answer. It takes one of the calls at once until it is closed.
   *
   * @throws EngineCallException for every answer but a 200
   */
  EngineLines lines(EngineRequest request) throws EngineCallException;

  /** Ends the conversation; calls under way fail. */
  @Override
  void close();
}
