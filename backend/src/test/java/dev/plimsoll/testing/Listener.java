package dev.plimsoll.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of 127.0.0.1 whose connections are served by a virtual thread each. */
final class Listener implements AutoCloseable {
  private final ServerSocket server;
  private final Thread accepting;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /** What is done with one connection, which is closed afterwards. */
  interface Service {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  /**
   * Listens.
   *
   * @param port 0 for any that is free
   */
  Listener(int port, Service service) {
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = Thread.ofVirtual().name("listener-" + port()).start(() -> accept(service));
  }

  int port() {
    return server.getLocalPort();
  }

  /** Ends a connection with RST instead of FIN, unless it was closed already. */
  static void reset(Socket socket) throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      if (!socket.isClosed()) {
        throw e;
      }
    }
    socket.close();
  }

  /** Refuses further connections and resets those that are open. */
  @Override
  public void close() {
    try {
      server.close();
      // The system accepts for as long as somebody still waits in accept.
      accepting.join();
      for (Socket socket : connections) {
        reset(socket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(Service service) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        Thread.ofVirtual().name("connection-" + port()).start(() -> serve(service, socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Service service, Socket socket) {
    try (socket) {
      service.serve(socket);
    } catch (IOException e) {
      return; // the other side ended the connection, as most tests here want it to
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }
}
