package dev.plimsoll.collect.connect;

import static dev.plimsoll.collect.connect.Failures.IMPATIENT;
import static dev.plimsoll.collect.connect.Failures.PATIENT;
import static dev.plimsoll.collect.connect.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.testing.FaultyProxy;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestCertificates;
import dev.plimsoll.testing.TestCertificates.Issued;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.TestKeys;
import dev.plimsoll.testing.TestSshServer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks that fail between Plimsoll and real engines, whatever is spoken over them. */
@RequiresEngine
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkFaultTest {
  enum Way {
    TCP,
    TLS,
    SSH
  }

  private final TestCertificates certificates = TestCertificates.create();
  private final KeyPair key = TestKeys.ed25519();
  private final EngineConnector connector = new EngineConnector(Clock.systemUTC());
  private final Map<Way, FaultyProxy> proxies = new EnumMap<>(Way.class);
  private TestEngine plain;
  private TestEngine secured;
  private TestSshServer ssh;

  @BeforeAll
  void start() {
    plain = TestEngine.builder().tcp().start();
    secured = TestEngine.builder().tls(certificates).start();
    ssh = TestSshServer.start(plain, key, key);
    proxies.put(Way.TCP, FaultyProxy.inFrontOf(plain.tcpEndpoint()));
    proxies.put(Way.TLS, FaultyProxy.inFrontOf(secured.tcpEndpoint()));
    proxies.put(Way.SSH, FaultyProxy.inFrontOf(ssh.endpoint()));
  }

  @AfterAll
  void end() {
    connector.close();
    proxies.values().forEach(FaultyProxy::close);
    ssh.close();
    plain.close();
    secured.close();
    certificates.close();
  }

  private FaultyProxy proxy(Way way) {
    return Objects.requireNonNull(proxies.get(way));
  }

  private EngineTarget target(Way way) {
    Endpoint.Tcp relay = proxy(way).endpoint();
    Issued client = certificates.client();
    return switch (way) {
      case TCP -> new EngineTarget(relay, null);
      case TLS ->
          new EngineTarget(
              relay, new Credential.Tls(certificates.ca(), client.certificate(), client.key()));
      case SSH ->
          new EngineTarget(
              new Endpoint.Ssh(TestSshServer.USER, relay.host(), relay.port()),
              new Credential.Ssh(TestKeys.openSsh(key), TestKeys.publicKey(key)));
    };
  }

  private void open(Way way, ConnectionLimits limits) throws EngineCallException {
    connector.open(target(way), limits).close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a port that refuses, and then no longer does")
  void refused(Way way) throws Exception {
    proxy(way).refuse();
    assertFails(() -> open(way, PATIENT))
        .like(FailureCategory.UNREACHABLE, "refused the connection")
        .during("connect");
    proxy(way).pass();
    open(way, PATIENT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a port that accepts and never answers")
  void silent(Way way) {
    proxy(way).silence();
    assertFails(() -> open(way, IMPATIENT)).like(FailureCategory.TIMEOUT, "did not");
    proxy(way).pass();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an answer that trickles, byte by byte, from the first one on")
  void trickles(Way way) {
    proxy(way).trickle();
    assertFails(() -> open(way, IMPATIENT)).like(FailureCategory.TIMEOUT, "did not");
    proxy(way).pass();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a port that resets")
  void resets(Way way) {
    proxy(way).reset();
    // An SSH client is still writing when the reset comes. The system tells a connection's end to
    // whoever asks first: where that was the writing, the reading sees it closed and not reset.
    assertFails(() -> open(way, PATIENT))
        .like(
            FailureCategory.PROTOCOL, way == Way.SSH ? " the connection" : "reset the connection");
    proxy(way).pass();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a connection that ends before anything is agreed")
  void cutOff(Way way) {
    proxy(way).cutOffAfter(20);
    Failures failure = assertFails(() -> open(way, PATIENT));
    switch (way) {
      case TCP -> failure.like(FailureCategory.PROTOCOL, "does not speak HTTP");
      case TLS -> failure.like(FailureCategory.TLS, "broke off the TLS handshake");
      case SSH -> failure.like(FailureCategory.PROTOCOL, " the connection");
    }
    proxy(way).pass();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a network that goes away in mid-conversation")
  void goesAway(Way way) throws Exception {
    try (EngineConnection connection = connector.open(target(way), PATIENT)) {
      proxy(way).refuse();
      for (int i = 0; i < 3; i++) {
        assertFails(() -> connection.get(EngineRequest.info()))
            .satisfies(
                e ->
                    assertThat(e.category())
                        .isIn(FailureCategory.PROTOCOL, FailureCategory.UNREACHABLE));
      }
    }
    proxy(way).pass();
  }

  @Test
  @DisplayName("names that are not known, sockets that are not there or not allowed")
  void nowhere(@TempDir Path directory) {
    assertFails(() -> open(new Endpoint.Tcp("nowhere.invalid", 2375), null))
        .as(FailureCategory.UNREACHABLE, "The name in nowhere.invalid:2375 is not known");
    assertFails(
            () ->
                open(
                    new Endpoint.Ssh("a", "nowhere.invalid", 22),
                    new Credential.Ssh(TestKeys.openSsh(key), TestKeys.publicKey(key))))
        .as(FailureCategory.UNREACHABLE, "The name in ssh://a@nowhere.invalid:22 is not known");
    Path socket = directory.resolve("docker.sock");
    assertFails(() -> open(new Endpoint.Unix(socket.toString()), null))
        .as(FailureCategory.UNREACHABLE, "There is no socket " + socket);
  }

  private void open(Endpoint endpoint, @Nullable Credential credential) throws EngineCallException {
    connector.open(new EngineTarget(endpoint, credential), PATIENT).close();
  }
}
