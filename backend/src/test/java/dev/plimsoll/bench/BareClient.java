package dev.plimsoll.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least that reads an engine: keep-alive HTTP over its UNIX socket, a few connections at once,
 * bodies counted and thrown away. What a collection costs is told as a multiple of this.
 */
final class BareClient {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String API = "/v1.41";

  private final Path socket;
  private final int parallel;
  private final String api;

  BareClient(Path socket, int parallel) {
    this(socket, parallel, API);
  }

  private BareClient(Path socket, int parallel, String api) {
    this.socket = socket;
    this.parallel = parallel;
    this.api = api;
  }

  /** Takes whatever version an engine likes best. */
  static BareClient ofAnyVersion(Path socket, int parallel) {
    return new BareClient(socket, parallel, "");
  }

  /** Reads what a first collection reads; the number of bytes in all bodies. */
  long readAll() {
    return read(/* images= */ true);
  }

  /** Reads what a further collection reads, when it knows all images. */
  long readListsAndContainers() {
    return read(/* images= */ false);
  }

  private long read(boolean images) {
    ConcurrentLinkedQueue<String> paths = new ConcurrentLinkedQueue<>();
    AtomicLong bytes = new AtomicLong();
    try (Connection first = new Connection()) {
      for (String path : List.of("/info", "/version", "/volumes", "/networks")) {
        bytes.addAndGet(first.get(path).length);
      }
      for (JsonNode container : list(first, "/containers/json?all=true", bytes)) {
        paths.add("/containers/" + container.path("Id").asString() + "/json");
      }
      for (JsonNode image : list(first, "/images/json", bytes)) {
        if (images) {
          paths.add("/images/" + image.path("Id").asString() + "/json");
          paths.add("/images/" + image.path("Id").asString() + "/history");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread[] threads = new Thread[parallel];
    for (int i = 0; i < parallel; i++) {
      threads[i] = Thread.ofPlatform().start(() -> bytes.addAndGet(drain(paths)));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    return bytes.get();
  }

  private static JsonNode list(Connection connection, String path, AtomicLong bytes)
      throws IOException {
    byte[] body = connection.get(path);
    bytes.addAndGet(body.length);
    return MAPPER.readTree(body);
  }

  private long drain(ConcurrentLinkedQueue<String> paths) {
    long bytes = 0;
    try (Connection connection = new Connection()) {
      for (String path = paths.poll(); path != null; path = paths.poll()) {
        bytes += connection.get(path).length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  private final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10).flip();

    Connection() throws IOException {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(socket));
    }

    byte[] get(String path) throws IOException {
      channel.write(
          ByteBuffer.wrap(
              ("GET " + api + path + " HTTP/1.1\r\nHost: docker\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII)));
      String status = line();
      if (!status.contains(" 200 ")) {
        throw new IOException(path + " answered " + status);
      }
      int length = -1;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
          length = Integer.parseInt(header.substring(15).strip());
        }
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(length, 1024));
      if (length >= 0) {
        copy(length, body);
      } else {
        for (int chunk = chunk(); chunk > 0; chunk = chunk()) {
          copy(chunk, body);
          line();
        }
        line();
      }
      return body.toByteArray();
    }

    private int chunk() throws IOException {
      return Integer.parseInt(line().strip(), 16);
    }

    private void copy(int length, ByteArrayOutputStream to) throws IOException {
      int left = length;
      while (left > 0) {
        fill();
        int part = Math.min(left, buffer.remaining());
        to.write(buffer.array(), buffer.position(), part);
        buffer.position(buffer.position() + part);
        left -= part;
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        fill();
        char c = (char) buffer.get();
        if (c == '\n') {
          return line.toString();
        }
        if (c != '\r') {
          line.append(c);
        }
      }
    }

    private void fill() throws IOException {
      if (!buffer.hasRemaining()) {
        buffer.clear();
        if (channel.read(buffer) < 0) {
          throw new IOException("the engine closed the connection");
        }
        buffer.flip();
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
