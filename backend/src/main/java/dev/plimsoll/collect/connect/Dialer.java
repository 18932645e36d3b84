package dev.plimsoll.collect.connect;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;

/** One way to reach an engine. What it holds open is shared by all the sockets that it makes. */
interface Dialer extends AutoCloseable {

  /** A new connection to the engine, verified and ready for HTTP. Ends early when interrupted. */
  Socket dial() throws IOException;

  /** Who the engine showed itself to be when it was last dialled; empty without TLS. */
  default Optional<PeerCertificate> peerCertificate() {
    return Optional.empty();
  }

  /** Closes what the sockets share, and thereby them. */
  @Override
  default void close() {}
}
