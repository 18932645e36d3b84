package dev.plimsoll.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One engine of the fleet on its UNIX socket: HTTP/1.1 with connections that are kept. */
final class SimulatedEngine {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedEngine.class);
  private static final int HEAD_BYTES = 8 << 10;

  /** Sockets are written through buffers outside of the heap, of at most this size. */
  private static final int WRITE_BYTES = 64 << 10;

  private static final int BACKLOG = 64;
  private static final Pattern CLOSE = Pattern.compile("(?i)\nconnection: *close");

  private final FleetPlan plan;
  private final int host;
  private final Path socket;
  private final InstantSource clock;
  private final LongAdder bytesServed;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocketChannel listening;
  private @Nullable HostDay today;
  private int day;
  private boolean dead;
  private volatile Duration delay = Duration.ZERO;

  /** Counted down when an engine that hangs goes on; null while it does not hang. */
  private volatile @Nullable CountDownLatch hanging;

  SimulatedEngine(
      FleetPlan plan, int host, Path socket, InstantSource clock, LongAdder bytesServed) {
    this.plan = plan;
    this.host = host;
    this.socket = socket;
    this.clock = clock;
    this.bytesServed = bytesServed;
  }

  /** Has the engine be as it is on a day; it listens unless it is down or was killed. */
  synchronized void day(int newDay) {
    if (day != newDay) {
      day = newDay;
      today = null;
    }
    settle();
  }

  void slow(Duration by) {
    delay = by;
  }

  synchronized void hang() {
    if (hanging == null) {
      hanging = new CountDownLatch(1);
    }
  }

  synchronized void die() {
    dead = true;
    settle();
  }

  synchronized void heal() {
    delay = Duration.ZERO;
    CountDownLatch waiting = hanging;
    hanging = null;
    if (waiting != null) {
      waiting.countDown();
      drop();
    }
    dead = false;
    settle();
  }

  synchronized void close() {
    CountDownLatch waiting = hanging;
    if (waiting != null) {
      waiting.countDown();
    }
    stop();
  }

  /** Listens or does not, as its state has it. */
  private void settle() {
    boolean up = !dead && !plan.isDown(host, day);
    if (up && listening == null) {
      listen();
    } else if (!up) {
      stop();
    }
  }

  // Closed by stop()
  @SuppressWarnings("MustBeClosedChecker")
  private void listen() {
    try {
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      listening = server;
      Thread.ofVirtual().name("engine-" + host).start(() -> accept(server));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on " + socket, e);
    }
  }

  private void stop() {
    ServerSocketChannel server = listening;
    if (server == null) {
      return;
    }
    listening = null;
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stop listening on " + socket, e);
    }
    drop();
  }

  private void drop() {
    for (SocketChannel connection : connections) {
      close(connection);
    }
  }

  private static void close(SocketChannel connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("A connection was not closed", e);
    }
  }

  private void accept(ServerSocketChannel server) {
    while (true) {
      try {
        SocketChannel connection = server.accept();
        connections.add(connection);
        if (!server.isOpen()) {
          close(connection); // it went down in between, and would be forgotten
        }
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (ClosedChannelException e) {
        return; // it is down
      } catch (IOException e) {
        LOG.warn("Engine {} of the simulated fleet accepts no connection", host, e);
        return;
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      Requests requests = new Requests(connection);
      Request request = requests.next();
      while (request != null && answer(connection, request.target()) && !request.last()) {
        request = requests.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("A connection to engine {} of the simulated fleet ended", host, e);
    } finally {
      connections.remove(connection);
    }
  }

  private boolean answer(SocketChannel connection, String target)
      throws IOException, InterruptedException {
    CountDownLatch waiting = hanging;
    if (waiting != null) {
      waiting.await();
      return false;
    }
    Duration pause = delay;
    if (pause.isPositive()) {
      Thread.sleep(pause);
    }
    HostDay on = today();
    return switch (new EngineAnswers(on, clock.instant()).to(target)) {
      case Reply.Whole(int status, String contentType, byte[] body) -> {
        write(connection, head(on, status, contentType, "Content-Length: " + body.length));
        write(connection, body);
        bytesServed.add(body.length);
        yield true;
      }
      case Reply.Endless() -> {
        write(connection, head(on, 200, "application/json", "Transfer-Encoding: chunked"));
        // Nothing happens; the end of the connection is all that is waited for
        yield connection.read(ByteBuffer.allocate(1)) > 0;
      }
    };
  }

  private synchronized HostDay today() {
    HostDay known = today;
    if (known == null) {
      known = plan.at(host, day);
      today = known;
    }
    return known;
  }

  private static byte[] head(HostDay on, int status, String contentType, String length) {
    return """
        HTTP/1.1 %d %s\r
        Api-Version: %s\r
        Content-Type: %s\r
        Docker-Experimental: false\r
        Ostype: linux\r
        Server: Docker/%s (linux)\r
        %s\r
        \r
        """
        .formatted(
            status,
            status == 200 ? "OK" : "Error",
            on.release().apiVersion(),
            contentType,
            on.release().version(),
            length)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void write(SocketChannel connection, byte[] bytes) throws IOException {
    for (int from = 0; from < bytes.length; from += WRITE_BYTES) {
      ByteBuffer part = ByteBuffer.wrap(bytes, from, Math.min(WRITE_BYTES, bytes.length - from));
      while (part.hasRemaining()) {
        connection.write(part);
      }
    }
  }

  /**
   * A GET.
   *
   * @param last whether the client wants no other one answered over its connection
   */
  private record Request(String target, boolean last) {}

  /** The requests that come over one connection. */
  private static final class Requests {
    private final SocketChannel connection;
    private final ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES);

    Requests(SocketChannel connection) {
      this.connection = connection;
      buffer.flip();
    }

    /**
     * The next request; null after the last.
     *
     * @throws IOException if the connection ends in a request, or something else than GET is asked
     */
    @Nullable Request next() throws IOException {
      int end = endOfHead();
      while (end < 0) {
        buffer.compact();
        if (!buffer.hasRemaining()) {
          throw new IOException("a request's head is longer than " + HEAD_BYTES + " bytes");
        }
        if (connection.read(buffer) < 0) {
          return null;
        }
        buffer.flip();
        end = endOfHead();
      }
      String head =
          new String(
              buffer.array(),
              buffer.position(),
              end - buffer.position(),
              StandardCharsets.ISO_8859_1);
      buffer.position(end);
      int space = head.indexOf(' ', 4);
      if (!head.startsWith("GET ") || space < 0) {
        throw new IOException("the simulated fleet is only read from");
      }
      boolean last = head.startsWith("HTTP/1.0", space + 1) || CLOSE.matcher(head).find();
      return new Request(head.substring(4, space), last);
    }

    /** Where the empty line ends; negative if it has not come. */
    private int endOfHead() {
      for (int at = buffer.position() + 3; at < buffer.limit(); at++) {
        if (buffer.get(at) == '\n' && buffer.get(at - 2) == '\n') {
          return at + 1;
        }
      }
      return -1;
    }
  }
}
