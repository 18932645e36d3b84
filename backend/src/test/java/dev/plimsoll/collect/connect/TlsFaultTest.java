package dev.plimsoll.collect.connect;

import static dev.plimsoll.collect.connect.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestCertificates;
import dev.plimsoll.testing.TestCertificates.Issued;
import dev.plimsoll.testing.TestEngine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** TLS handshakes with a real engine that must fail, each with a sentence of its own. */
@RequiresEngine
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsFaultTest {
  private final TestCertificates certificates = TestCertificates.create();
  private final Issued client = certificates.client();
  private final EngineConnector connector = new EngineConnector(Clock.systemUTC());
  private TestEngine engine;
  private String where;

  @BeforeAll
  void start() {
    engine = TestEngine.builder().tls(certificates).start();
    where = engine.tcpEndpoint().uri().substring("tcp://".length());
  }

  @AfterAll
  void end() {
    connector.close();
    engine.close();
    certificates.close();
  }

  private void open(Endpoint endpoint, @Nullable Credential credential) throws EngineCallException {
    connector.open(new EngineTarget(endpoint, credential), ConnectionLimits.DEFAULT).close();
  }

  private void open(String authority, @Nullable Issued identity) throws EngineCallException {
    open(
        engine.tcpEndpoint(),
        new Credential.Tls(
            authority,
            identity == null ? null : identity.certificate(),
            identity == null ? null : identity.key()));
  }

  @Test
  @DisplayName("an authority that did not issue the engine's certificate")
  void wrongAuthority() {
    try (TestCertificates other = TestCertificates.create()) {
      assertFails(() -> open(other.ca(), client))
          .as(
              FailureCategory.TLS,
              "The certificate of " + where + " was not issued by the given authority");
    }
  }

  @Test
  @DisplayName("a client certificate that has expired is not even shown")
  void expiredClient() {
    assertFails(() -> open(certificates.ca(), certificates.expiredClient()))
        .like(FailureCategory.TLS, "The client certificate for " + where + " expired on 20")
        .during("connect");
  }

  @RepeatedTest(5)
  @DisplayName("a client certificate that the engine says has expired")
  void expiredForEngine() {
    Instant lastWeek = Instant.now().minus(Duration.ofDays(7));
    try (EngineConnector late = new EngineConnector(Clock.fixed(lastWeek, ZoneOffset.UTC))) {
      Issued expired = certificates.expiredClient();
      EngineTarget target =
          new EngineTarget(
              engine.tcpEndpoint(),
              new Credential.Tls(certificates.ca(), expired.certificate(), expired.key()));
      assertFails(() -> late.open(target, ConnectionLimits.DEFAULT).close())
          .satisfies(
              e ->
                  assertThat(e.getMessage())
                      .as("the engine's reason, which differs between its versions")
                      .isIn(
                          where + " does not accept the client certificate",
                          where + " says that the client certificate has expired"))
          .like(FailureCategory.TLS, "");
    }
  }

  @RepeatedTest(5)
  @DisplayName("a client certificate of another authority")
  void strangeClient() {
    try (TestCertificates other = TestCertificates.create()) {
      assertFails(() -> open(certificates.ca(), other.client()))
          .like(FailureCategory.TLS, "client certificate");
    }
  }

  @Test
  @DisplayName("no client certificate where one is demanded")
  void noClient() {
    assertFails(() -> open(certificates.ca(), null))
        .like(FailureCategory.TLS, "client certificate");
  }

  @Test
  @DisplayName("a host name that the engine's certificate is not for")
  void wrongName() {
    try (TestCertificates elsewhere = TestCertificates.forServer("docker.example.com");
        TestEngine other = TestEngine.builder().tls(elsewhere).start()) {
      Issued own = elsewhere.client();
      assertFails(
              () ->
                  open(
                      other.tcpEndpoint(),
                      new Credential.Tls(elsewhere.ca(), own.certificate(), own.key())))
          .like(FailureCategory.TLS, "is for another host name");
    }
  }

  @Test
  @DisplayName("an engine's certificate that has expired")
  void expiredServer() {
    try (TestCertificates old = TestCertificates.withExpiredServer();
        TestEngine other = TestEngine.builder().tls(old).start()) {
      Issued own = old.client();
      assertFails(
              () ->
                  open(
                      other.tcpEndpoint(),
                      new Credential.Tls(old.ca(), own.certificate(), own.key())))
          .like(FailureCategory.TLS, "has expired");
    }
  }

  @Test
  @DisplayName("TLS to a plain port, and the other way round")
  void mismatch() {
    assertFails(() -> open(engine.tcpEndpoint(), null))
        .as(
            FailureCategory.REFUSED,
            where
                + " answered GET /_ping with status 400: Client sent an HTTP request to an HTTPS"
                + " server.");
    try (TestEngine plain = TestEngine.builder().tcp().start()) {
      assertFails(
              () ->
                  open(
                      plain.tcpEndpoint(),
                      new Credential.Tls(certificates.ca(), client.certificate(), client.key())))
          .like(FailureCategory.TLS, "does not speak TLS");
    }
  }

  @Test
  @DisplayName("a credential that cannot be read")
  void unreadable() {
    assertFails(() -> open("nothing", client))
        .like(
            FailureCategory.TLS,
            "The credential for " + where + " cannot be used: it holds no certificate");
    assertFails(
            () -> open(certificates.ca(), new Issued(client.certificate(), "-----BEGIN nothing")))
        .like(FailureCategory.TLS, "cannot be used: it holds no private key");
  }
}
