package dev.plimsoll.testing;

import dev.plimsoll.fleet.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A relay on a port of 127.0.0.1 in front of an engine's or an SSH server's address, which can be
 * told to fail as networks do. It passes bytes and knows nothing of what they mean, so it serves
 * TLS and SSH as well. A change holds for connections that follow.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final int TRICKLE_MILLIS = 20;

  private final Endpoint upstream;
  private final int port;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Fault fault = new Fault.None();
  private @Nullable Listener listener;

  /** What becomes of a connection. */
  private sealed interface Fault {
    record None() implements Fault {}

    record Silence() implements Fault {}

    record Reset() implements Fault {}

    record CutOff(int afterBytes) implements Fault {}

    record Trickle() implements Fault {}
  }

  private FaultyProxy(Endpoint upstream) {
    this.upstream = upstream;
    Listener first = new Listener(0, this::serve);
    this.listener = first;
    this.port = first.port();
  }

  /** A relay that passes everything at first. */
  public static FaultyProxy inFrontOf(Endpoint upstream) {
    return new FaultyProxy(upstream);
  }

  /** How the relay is reached over TCP. */
  public Endpoint.Tcp endpoint() {
    return new Endpoint.Tcp("127.0.0.1", port);
  }

  /** Passes everything. */
  public synchronized void pass() {
    fault = new Fault.None();
    if (listener == null) {
      listener = new Listener(port, this::serve);
    }
  }

  /** Refuses connections and resets those that are open. */
  public synchronized void refuse() {
    if (listener != null) {
      listener.close();
      listener = null;
    }
  }

  /** Accepts connections and never answers. */
  public void silence() {
    fault = new Fault.Silence();
  }

  /** Accepts connections and resets them at the first byte from the client. */
  public void reset() {
    fault = new Fault.Reset();
  }

  /** Closes each connection once so many bytes of the answer have passed. */
  public void cutOffAfter(int bytes) {
    fault = new Fault.CutOff(bytes);
  }

  /** Passes answers byte by byte, 50 a second. */
  public void trickle() {
    fault = new Fault.Trickle();
  }

  @Override
  public void close() {
    closed.countDown();
    refuse();
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    switch (fault) {
      case Fault.None none -> relay(client, Integer.MAX_VALUE, 0);
      case Fault.Trickle trickle -> relay(client, Integer.MAX_VALUE, TRICKLE_MILLIS);
      case Fault.CutOff cut -> relay(client, cut.afterBytes(), 0);
      case Fault.Silence silence -> closed.await();
      case Fault.Reset reset -> {
        if (client.getInputStream().read() >= 0) {
          Listener.reset(client);
        }
      }
    }
  }

  private void relay(Socket client, int atMost, int pauseMillis)
      throws IOException, InterruptedException {
    try (Link link = connect()) {
      Thread.ofVirtual()
          .name("relay-" + port)
          .start(
              () -> {
                try {
                  client.getInputStream().transferTo(link.out());
                  link.out().close();
                } catch (IOException e) {
                  return; // either side ended; the other direction notices too
                }
              });
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[pauseMillis > 0 ? 1 : 8192];
      int left = atMost;
      while (left > 0) {
        int count = link.in().read(buffer, 0, Math.min(left, buffer.length));
        if (count < 0) {
          return;
        }
        out.write(buffer, 0, count);
        left -= count;
        if (pauseMillis > 0 && closed.await(pauseMillis, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    }
  }

  private record Link(InputStream in, OutputStream out, AutoCloseable connection)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        connection.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private Link connect() throws IOException {
    return switch (upstream) {
      case Endpoint.Unix unix -> {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(unix.path()));
        yield new Link(
            Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
      }
      case Endpoint.Tcp tcp -> link(new Socket(tcp.host(), tcp.port()));
      case Endpoint.Ssh ssh -> link(new Socket(ssh.host(), ssh.port()));
    };
  }

  private static Link link(Socket socket) throws IOException {
    return new Link(socket.getInputStream(), socket.getOutputStream(), socket);
  }
}
