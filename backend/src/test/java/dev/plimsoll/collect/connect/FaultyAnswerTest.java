package dev.plimsoll.collect.connect;

import static dev.plimsoll.collect.connect.Failures.IMPATIENT;
import static dev.plimsoll.collect.connect.Failures.PATIENT;
import static dev.plimsoll.collect.connect.Failures.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.testing.FakeEngine;
import dev.plimsoll.testing.FakeEngine.Behaviour;
import dev.plimsoll.testing.Waiting;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that an engine should not give. */
class FaultyAnswerTest {
  private static final String INFO = "GET /info";

  private final EngineConnector connector = new EngineConnector(Clock.systemUTC());
  private final FakeEngine engine = FakeEngine.start();
  private String where;

  @BeforeEach
  void address() {
    where = "127.0.0.1:" + engine.endpoint().port();
    engine.when("/images/json", Behaviour.json("[]"));
  }

  @AfterEach
  void close() {
    connector.close();
    engine.close();
  }

  private EngineConnection open() throws EngineCallException {
    return open(PATIENT);
  }

  private EngineConnection open(ConnectionLimits limits) throws EngineCallException {
    return connector.open(new EngineTarget(engine.endpoint(), null), limits);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            "never comes",
            Behaviour.silence(),
            FailureCategory.TIMEOUT,
            "did not answer GET /info within 1 s"),
        Arguments.of(
            "trickles",
            Behaviour.trickle(),
            FailureCategory.TIMEOUT,
            "did not answer GET /info within 1 s"),
        Arguments.of(
            "is a reset",
            Behaviour.reset(),
            FailureCategory.PROTOCOL,
            "reset the connection during GET /info"),
        Arguments.of(
            "is cut off",
            Behaviour.cutOff(),
            FailureCategory.PROTOCOL,
            "broke off its answer to GET /info half-way"),
        Arguments.of(
            "is cut off between chunks",
            Behaviour.cutOffChunked(),
            FailureCategory.PROTOCOL,
            "broke off its answer to GET /info half-way"),
        Arguments.of(
            "has no end",
            Behaviour.endless(),
            FailureCategory.PROTOCOL,
            "answered GET /info with more than 1,048,576 bytes"),
        Arguments.of(
            "is a page for browsers",
            Behaviour.html(),
            FailureCategory.PROTOCOL,
            "answered GET /info with something that is not JSON; is it a Docker engine?"),
        Arguments.of(
            "is half a document",
            Behaviour.json("{\"ID\":"),
            FailureCategory.PROTOCOL,
            "answered GET /info with something that is not JSON; is it a Docker engine?"),
        Arguments.of(
            "is empty",
            Behaviour.json(""),
            FailureCategory.PROTOCOL,
            "answered GET /info with something that is not JSON; is it a Docker engine?"));
  }

  @ParameterizedTest(name = "an answer that {0}")
  @MethodSource("faults")
  @DisplayName("one bad answer is told for what it is, and the next call goes on")
  void fault(String name, Behaviour behaviour, FailureCategory category, String sentence)
      throws Exception {
    engine.when("/info", behaviour);
    boolean endless = category == FailureCategory.TIMEOUT;
    try (EngineConnection connection = open(endless ? IMPATIENT : PATIENT)) {
      assertFails(() -> connection.get(EngineRequest.info()))
          .as(category, where + " " + sentence)
          .during(INFO);
      assertThat(connection.get(EngineRequest.images())).asString().isEqualTo("[]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, REFUSED",
    "401, AUTH",
    "403, REFUSED",
    "404, REFUSED",
    "429, REFUSED",
    "500, REFUSED",
    "503, REFUSED"
  })
  @DisplayName("a status that declines comes with the engine's own words")
  void declined(int status, FailureCategory category) throws Exception {
    engine.when("/info", Behaviour.error(status, "not\\ntoday"));
    try (EngineConnection connection = open()) {
      assertFails(() -> connection.get(EngineRequest.info()))
          .as(category, where + " answered GET /info with status " + status + ": not today")
          .withStatus(status);
      assertThat(engine.requests())
          .as("no request is repeated")
          .containsOnlyOnce("GET /v1.41/info");
    }
  }

  @Test
  @DisplayName("an engine's words are cut short, those of a page left out")
  void longMessages() throws Exception {
    engine.when("/info", Behaviour.error(500, "x".repeat(1000)));
    engine.when("/volumes", Behaviour.body(502, "text/html", "<html>Bad gateway</html>"));
    engine.when("/networks", Behaviour.body(400, "text/plain; charset=utf-8", "speak TLS\n"));
    try (EngineConnection connection = open()) {
      assertFails(() -> connection.get(EngineRequest.info()))
          .as(
              FailureCategory.REFUSED,
              where + " answered GET /info with status 500: " + "x".repeat(299) + "…");
      assertFails(() -> connection.get(EngineRequest.volumes()))
          .as(FailureCategory.REFUSED, where + " answered GET /volumes with status 502");
      assertFails(() -> connection.get(EngineRequest.networks()))
          .as(
              FailureCategory.REFUSED,
              where + " answered GET /networks with status 400: speak TLS");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1.41/swarm/unlockkey", "http://127.0.0.1:%d/latest/meta-data"})
  @DisplayName("a redirect is not followed, neither on the engine nor elsewhere")
  void redirect(String location) throws Exception {
    try (FakeEngine other = FakeEngine.start();
        EngineConnection connection = open()) {
      engine.when("/info", Behaviour.redirect(location.formatted(other.endpoint().port())));

      assertFails(() -> connection.get(EngineRequest.info()))
          .as(FailureCategory.REFUSED, where + " answered GET /info with status 302");

      assertThat(other.requests()).isEmpty();
      assertThat(engine.requests()).containsExactly("GET /_ping", "GET /v1.41/info");
    }
  }

  @Test
  @DisplayName("a hung call does not hold up others")
  void independent() throws Exception {
    engine.when("/info", Behaviour.silence());
    try (EngineConnection connection = open()) {
      Thread hung =
          Thread.ofVirtual().start(() -> assertFails(() -> connection.get(EngineRequest.info())));
      for (int i = 0; i < 20; i++) {
        assertThat(connection.get(EngineRequest.images())).asString().isEqualTo("[]");
      }
      hung.interrupt();
      hung.join();
    }
  }

  @Test
  @DisplayName("closing ends calls under way")
  void closing() throws Exception {
    engine.when("/info", Behaviour.silence());
    EngineConnection connection = open();
    Thread closer =
        Thread.ofVirtual()
            .start(
                () -> {
                  Waiting.until("the request", () -> engine.requests().contains("GET /v1.41/info"));
                  connection.close();
                });
    assertFails(() -> connection.get(EngineRequest.info()))
        .as(FailureCategory.INTERNAL, "The conversation with " + where + " was closed");
    closer.join();
  }

  @ParameterizedTest
  @CsvSource({"1.12, 1.41, 1.41", "1.24, 1.47, 1.47", "1.24, 1.52, 1.47", "1.44, 1.55, 1.47"})
  @DisplayName("the newest API version that both speak is used")
  void negotiation(String oldest, String newest, String agreed) throws Exception {
    engine.apiVersions(oldest, newest);
    try (EngineConnection connection = open()) {
      assertThat(connection.apiVersion()).isEqualTo(agreed);
      connection.get(EngineRequest.images());
      assertThat(engine.requests()).endsWith("GET /v" + agreed + "/images/json");
    }
  }

  @Test
  @DisplayName("an engine that is too old, or too new, is declined")
  void noCommonVersion() {
    engine.apiVersions("1.12", "1.40");
    assertFails(this::open)
        .as(
            FailureCategory.REFUSED,
            "The engine at "
                + where
                + " speaks API 1.40 at most; Plimsoll needs 1.41 (Engine 20.10) or newer");
    engine.apiVersions("1.48", "1.60");
    assertFails(this::open)
        .as(
            FailureCategory.REFUSED,
            "The engine at "
                + where
                + " demands API 1.48 or newer; this Plimsoll speaks 1.47 at most");
  }

  @Test
  @DisplayName("a server that names no API version is no engine")
  void noEngine() {
    engine.when(
        "/_ping",
        exchange -> {
          exchange.out().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK".getBytes(UTF_8));
          return true;
        });
    assertFails(this::open)
        .as(FailureCategory.PROTOCOL, where + " names no API version; is it a Docker engine?");
    engine.when(
        "/_ping",
        exchange -> {
          exchange.out().write("220 mail.example.com ESMTP\r\n".getBytes(UTF_8));
          return false;
        });
    assertFails(this::open).like(FailureCategory.PROTOCOL, where);
  }

  @Test
  @DisplayName("everything that was sent is a GET of the list")
  void onlyReads() throws Exception {
    engine.when("/info", Behaviour.json("{}"));
    try (EngineConnection connection = open()) {
      connection.get(EngineRequest.info());
    }
    assertThat(engine.requests()).isEqualTo(List.of("GET /_ping", "GET /v1.41/info"));
  }
}
