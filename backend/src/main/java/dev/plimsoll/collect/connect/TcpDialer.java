package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Reaches an engine over plain TCP.
 *
 * @param sockets makes sockets that are not connected yet
 */
record TcpDialer(Endpoint.Tcp endpoint, Duration limit, Supplier<Socket> sockets)
    implements Dialer {

  /** Tries the name's addresses in turn, as long as the limit allows. */
  @Override
  public Socket dial() throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    IOException failure = null;
    for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (failure != null && left <= 0) {
        break;
      }
      Socket socket = sockets.get();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, endpoint.port()), (int) Math.max(1, left));
        return socket;
      } catch (IOException e) {
        socket.close();
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure != null ? failure : new IOException(endpoint.host() + " has no address");
  }
}
