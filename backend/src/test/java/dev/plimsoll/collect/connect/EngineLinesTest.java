package dev.plimsoll.collect.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.testing.FakeEngine;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An answer without end")
class EngineLinesTest {
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 1, 1 << 20);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final FakeEngine engine = FakeEngine.start();
  private final EngineConnector connector = new EngineConnector(Clock.systemUTC());

  @AfterEach
  void end() {
    connector.close();
    engine.close();
  }

  @Test
  @DisplayName("comes line by line, in pieces of any size, and ends")
  void pieces() throws EngineCallException {
    engine.when("/events", chunks("{\"a\":1}\n{\"b\"", ":\"ü\"}", "\n\n{\"c\":3}\n{\"cut\""));
    assertThat(read()).containsExactly("{\"a\":1}", "{\"b\":\"ü\"}", "{\"c\":3}", "end");
  }

  @Test
  @DisplayName("passes over a line that is too long, and goes on behind it")
  void tooLong() throws EngineCallException {
    String large = "x".repeat(EngineLines.LONGEST / 2);
    String longest = "y".repeat(EngineLines.LONGEST);
    engine.when("/events", chunks(large, large, "z\n{}\n", longest, "\n{}\n"));
    assertThat(read()).containsExactly("too long", "{}", longest, "{}", "end");
  }

  @Test
  @DisplayName("that is silent for too long is over")
  void silent() throws EngineCallException {
    engine.when("/events", forever());
    try (EngineConnection connection = open();
        EngineLines lines = connection.lines(EngineRequest.events(0))) {
      assertThat(lines.next(PATIENCE)).isEqualTo(new EngineLines.Line.Text("{}"));
      assertThatThrownBy(() -> lines.next(SHORT))
          .isInstanceOfSatisfying(
              EngineCallException.class,
              e -> assertThat(e.category()).isEqualTo(FailureCategory.TIMEOUT));
    }
  }

  @Test
  @DisplayName("does not keep the next call waiting once it is closed")
  void closed() throws EngineCallException {
    engine.when("/events", forever()).when("/info", FakeEngine.Behaviour.json("{}"));
    try (EngineConnection connection = open()) {
      EngineLines lines = connection.lines(EngineRequest.events(0));
      lines.close();
      lines.close();
      assertThat(connection.get(EngineRequest.info())).hasSize(2);
      assertThatThrownBy(() -> lines.next(PATIENCE)).isInstanceOf(EngineCallException.class);
    }
  }

  @Test
  @DisplayName("that is refused is a failed call like any other")
  void refused() throws EngineCallException {
    engine.when("/events", FakeEngine.Behaviour.error(403, "no events for you"));
    try (EngineConnection connection = open()) {
      assertThatThrownBy(() -> connection.lines(EngineRequest.events(0)))
          .isInstanceOfSatisfying(
              EngineCallException.class,
              e -> {
                assertThat(e.category()).isEqualTo(FailureCategory.REFUSED);
                assertThat(e.status()).isEqualTo(403);
                assertThat(e).hasMessageContaining("no events for you");
              });
    }
  }

  private EngineConnection open() throws EngineCallException {
    return connector.open(new EngineTarget(engine.endpoint(), null), LIMITS);
  }

  private List<String> read() throws EngineCallException {
    List<String> read = new ArrayList<>();
    try (EngineConnection connection = open();
        EngineLines lines = connection.lines(EngineRequest.events(0))) {
      while (true) {
        switch (lines.next(PATIENCE)) {
          case EngineLines.Line.Text(String json) -> read.add(json);
          case EngineLines.Line.TooLong tooLong -> read.add("too long");
          case EngineLines.Line.End end -> {
            read.add("end");
            return read;
          }
        }
      }
    }
  }

  private static FakeEngine.Behaviour chunks(String... pieces) {
    return exchange -> {
      exchange.head(200, "Content-Type: application/json", "Transfer-Encoding: chunked");
      for (String piece : pieces) {
        chunk(exchange, piece);
      }
      exchange.out().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return false;
    };
  }

  private static FakeEngine.Behaviour forever() {
    return exchange -> {
      exchange.head(200, "Content-Type: application/json", "Transfer-Encoding: chunked");
      chunk(exchange, "{}\n");
      exchange.pause(Long.MAX_VALUE);
      return false;
    };
  }

  private static void chunk(FakeEngine.Exchange exchange, String piece) throws java.io.IOException {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    exchange
        .out()
        .write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    exchange.out().write(bytes);
    exchange.out().write("\r\n".getBytes(StandardCharsets.US_ASCII));
    exchange.out().flush();
  }
}
