package dev.plimsoll.testing;

import dev.plimsoll.fleet.Endpoint;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on a port of 127.0.0.1 that answers as an engine does, or as a test wants it to.
 *
 * <p>{@code /_ping} and {@code /version} are answered at once with API 1.41; for all other paths a
 * test says what is answered, or a real engine behind it answers. What is not said is 404. Paths
 * are named without version prefix and without query.
 */
public final class FakeEngine implements AutoCloseable {
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final @Nullable TestEngine behind;
  private final Listener listener;
  private volatile String apiVersion = "1.41";

  private FakeEngine(@Nullable TestEngine behind) {
    this.behind = behind;
    apiVersions("1.12", "1.41");
    listener = new Listener(0, this::serve);
  }

  /** How one request is answered. */
  public interface Behaviour {
    /**
     * Answers.
     *
     * @return whether the connection goes on
     */
    boolean answer(Exchange exchange) throws IOException, InterruptedException;

    /** 200 with a JSON document. */
    static Behaviour json(String document) {
      return body(200, "application/json", document);
    }

    /** A status with the engine's form of an error message. */
    static Behaviour error(int status, String message) {
      return body(
          status, "application/json", "{\"message\":\"" + message.replace("\"", "\\\"") + "\"}");
    }

    /** An answer of any type. */
    static Behaviour body(int status, String contentType, String body) {
      return exchange -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.head(status, "Content-Type: " + contentType, "Content-Length: " + bytes.length);
        exchange.out().write(bytes);
        return true;
      };
    }

    /** A page for browsers where JSON is due. */
    static Behaviour html() {
      return body(200, "text/html", "<html><body>Welcome to the router</body></html>");
    }

    /** A redirect. */
    static Behaviour redirect(String location) {
      return exchange -> {
        exchange.head(302, "Location: " + location, "Content-Length: 0");
        return true;
      };
    }

    /** No answer, ever. */
    static Behaviour silence() {
      return exchange -> {
        exchange.pause(Long.MAX_VALUE);
        return false;
      };
    }

    /** RST instead of an answer. */
    static Behaviour reset() {
      return exchange -> {
        Listener.reset(exchange.socket());
        return false;
      };
    }

    /** A JSON document that ends before the length that was announced. */
    static Behaviour cutOff() {
      return exchange -> {
        exchange.head(200, "Content-Type: application/json", "Content-Length: 1000");
        exchange.out().write("[{\"Id\":\"0".getBytes(StandardCharsets.UTF_8));
        return false;
      };
    }

    /** A chunked JSON document whose last chunk never comes. */
    static Behaviour cutOffChunked() {
      return exchange -> {
        exchange.head(200, "Content-Type: application/json", "Transfer-Encoding: chunked");
        exchange.out().write("4\r\n[{}]\r\n".getBytes(StandardCharsets.UTF_8));
        return false;
      };
    }

    /** JSON without end, as fast as it is read; its length is not announced. */
    static Behaviour endless() {
      return exchange -> {
        exchange.head(200, "Content-Type: application/json", "Transfer-Encoding: chunked");
        byte[] chunk = ("1000\r\n" + "[".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.UTF_8);
        while (!exchange.pause(0)) {
          exchange.out().write(chunk);
        }
        return false;
      };
    }

    /** A body of one space every 20 ms, without end. */
    static Behaviour trickle() {
      return exchange -> {
        exchange.head(200, "Content-Type: application/json", "Content-Length: 1000000");
        while (!exchange.pause(20)) {
          exchange.out().write(' ');
          exchange.out().flush();
        }
        return false;
      };
    }
  }

  /** One request, being answered. */
  public final class Exchange {
    private final Socket socket;
    private final String path;
    private final OutputStream out;

    private Exchange(Socket socket, String path) throws IOException {
      this.socket = socket;
      this.path = path;
      this.out = socket.getOutputStream();
    }

    /** Path and query as they were asked, with the version prefix. */
    public String path() {
      return path;
    }

    /** Where the answer goes. */
    public OutputStream out() {
      return out;
    }

    /** Writes status and headers, the API version among them. */
    public void head(int status, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
      head.append("Api-Version: ").append(apiVersion).append("\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Waits; true if the engine was closed meanwhile. */
    public boolean pause(long millis) throws InterruptedException {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    }

    private Socket socket() {
      return socket;
    }
  }

  /** An engine that knows only what a test tells it. */
  public static FakeEngine start() {
    return new FakeEngine(null);
  }

  /** An engine that hands on to a real one what a test does not answer itself. */
  public static FakeEngine inFrontOf(TestEngine engine) {
    return new FakeEngine(engine);
  }

  /** How the engine is reached. */
  public Endpoint.Tcp endpoint() {
    return new Endpoint.Tcp("127.0.0.1", listener.port());
  }

  /** Says how a path is answered from now on. */
  public FakeEngine when(String path, Behaviour behaviour) {
    behaviours.put(path, behaviour);
    return this;
  }

  /** Takes back what was said of a path. */
  public FakeEngine forget(String path) {
    behaviours.remove(path);
    return this;
  }

  /** Says which API versions the engine speaks. */
  public FakeEngine apiVersions(String oldest, String newest) {
    apiVersion = newest;
    behaviours.put("/_ping", Behaviour.body(200, "text/plain", "OK"));
    behaviours.put(
        "/version",
        Behaviour.json(
            "{\"ApiVersion\":\"%s\",\"MinAPIVersion\":\"%s\",\"Version\":\"0.0-test\"}"
                .formatted(newest, oldest)));
    return this;
  }

  /** All request lines so far, such as {@code GET /v1.41/info}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    listener.close();
  }

  private void serve(Socket socket) throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    boolean goesOn = true;
    while (goesOn) {
      List<String> head = head(in);
      if (head.isEmpty()) {
        return;
      }
      String[] line = head.getFirst().split(" ");
      requests.add(line[0] + " " + line[1]);
      String path = line[1].replaceFirst("^/v[0-9.]+/", "/").replaceFirst("\\?.*", "");
      Behaviour behaviour = behaviours.getOrDefault(path, otherwise());
      goesOn = behaviour.answer(new Exchange(socket, line[1]));
      if (!socket.isClosed()) {
        socket.getOutputStream().flush();
      }
    }
  }

  private Behaviour otherwise() {
    TestEngine engine = behind;
    if (engine == null) {
      return Behaviour.error(404, "page not found");
    }
    return exchange -> {
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(engine.socket());
      try (SocketChannel channel = SocketChannel.open(address)) {
        String request =
            "GET %s HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n"
                .formatted(exchange.path());
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        Channels.newInputStream(channel).transferTo(exchange.out());
      }
      return false;
    };
  }

  /** The lines before the empty one; none if the connection ended. */
  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c != '\n') {
        line.append((char) c);
      } else if (line.toString().isBlank()) {
        return lines;
      } else {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
    }
    return List.of();
  }
}
