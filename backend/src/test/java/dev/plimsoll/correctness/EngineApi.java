package dev.plimsoll.correctness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks an engine to make things, which the portal itself never does. */
final class EngineApi {
  private final Path socket;

  EngineApi(Path socket) {
    this.socket = socket;
  }

  /**
   * Posts JSON and gives the answer.
   *
   * @throws IllegalStateException if the engine refuses
   */
  JsonNode post(String path, JsonNode body) {
    return post(path, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  JsonNode post(String path, String type, byte[] body) {
    Answer answer = send("POST", path, type, body);
    if (answer.status() >= 300) {
      throw new IllegalStateException(
          "POST %s answered %d: %s".formatted(path, answer.status(), answer.body()));
    }
    return answer.body().startsWith("{")
            && answer.body().indexOf('\n') == answer.body().length() - 1
        ? JsonMapper.shared().readTree(answer.body())
        : JsonMapper.shared().createObjectNode();
  }

  record Answer(int status, String body) {}

  Answer send(String method, String path, String type, byte[] body) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.writeBytes(
          "%s /v1.41%s HTTP/1.0\r\nHost: engine\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(method, path, type, body.length)
              .getBytes(StandardCharsets.UTF_8));
      request.writeBytes(body);
      ByteBuffer bytes = ByteBuffer.wrap(request.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      int status = Integer.parseInt(answer.substring(9, 12));
      return new Answer(status, answer.substring(answer.indexOf("\r\n\r\n") + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
