package dev.plimsoll.collect.connect;

import static dev.plimsoll.collect.connect.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.TestKeys;
import dev.plimsoll.testing.TestSshServer;
import dev.plimsoll.testing.Waiting;
import java.security.KeyPair;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SSH sessions with a server that has several host keys: which come about, and which must not. */
@RequiresEngine
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshFaultTest {
  private static final KeyPair ED25519 = TestKeys.ed25519();
  private static final KeyPair ELLIPTIC = TestKeys.elliptic();
  private static final KeyPair RSA = TestKeys.rsa();

  private final EngineConnector connector = new EngineConnector(Clock.systemUTC());
  private TestEngine engine;
  private TestSshServer server;
  private String where;

  @BeforeAll
  void start() {
    engine = TestEngine.start();
    server = TestSshServer.start(engine, RSA, ED25519, ELLIPTIC, RSA);
    where = server.endpoint().uri();
  }

  @AfterEach
  void noSessionIsLeft() {
    Waiting.until("the end of all sessions", () -> server.sessions() == 0);
  }

  @AfterAll
  void end() {
    connector.close();
    server.close();
    engine.close();
  }

  private byte[] ping(Endpoint endpoint, String privateKey, String hostKey)
      throws EngineCallException {
    EngineTarget target = new EngineTarget(endpoint, new Credential.Ssh(privateKey, hostKey));
    try (EngineConnection connection = connector.open(target, ConnectionLimits.DEFAULT)) {
      return connection.get(EngineRequest.ping());
    }
  }

  private byte[] ping(String privateKey, String hostKey) throws EngineCallException {
    return ping(server.endpoint(), privateKey, hostKey);
  }

  static Stream<Arguments> hostKeys() {
    return Stream.of(ED25519, ELLIPTIC, RSA)
        .flatMap(
            key ->
                Stream.of(
                    Arguments.of(TestKeys.publicKey(key)),
                    Arguments.of("[127.0.0.1]:22 " + TestKeys.publicKey(key)),
                    Arguments.of(TestKeys.fingerprint(key))));
  }

  @ParameterizedTest
  @MethodSource("hostKeys")
  @DisplayName("a server is known by any of its keys, however it is written")
  void known(String hostKey) throws Exception {
    assertThat(ping(TestKeys.openSsh(RSA), hostKey)).asString().isEqualTo("OK");
  }

  static Stream<Arguments> userKeys() {
    return Stream.of(
        Arguments.of(ED25519, TestKeys.openSsh(ED25519)),
        Arguments.of(ED25519, TestKeys.pkcs8(ED25519)),
        Arguments.of(ELLIPTIC, TestKeys.traditional(ELLIPTIC)),
        Arguments.of(RSA, TestKeys.traditional(RSA)));
  }

  @ParameterizedTest
  @MethodSource("userKeys")
  @DisplayName("keys of all kinds open a session")
  void userKey(KeyPair key, String text) throws Exception {
    try (TestSshServer other = TestSshServer.start(engine, key, RSA)) {
      assertThat(ping(other.endpoint(), text, TestKeys.publicKey(RSA))).asString().isEqualTo("OK");
    }
  }

  @Test
  @DisplayName("a host key of the same type that is another one")
  void wrongHostKey() {
    String expected = TestKeys.publicKey(TestKeys.ed25519());
    assertFails(() -> ping(TestKeys.openSsh(RSA), expected))
        .as(
            FailureCategory.AUTH,
            "The host key of %s does not match: it shows %s (ssh-ed25519)"
                .formatted(where, TestKeys.fingerprint(ED25519)))
        .during("connect");
  }

  @Test
  @DisplayName("a fingerprint that none of the server's keys has")
  void wrongFingerprint() {
    String expected = TestKeys.fingerprint(TestKeys.ed25519());
    assertFails(() -> ping(TestKeys.openSsh(RSA), expected))
        .as(
            FailureCategory.AUTH,
            "The host key of %s does not match: it shows %s (ssh-ed25519) and %s"
                    .formatted(where, TestKeys.fingerprint(ED25519), TestKeys.fingerprint(ELLIPTIC))
                + " (ecdsa-sha2-nistp256) and %s (ssh-rsa)".formatted(TestKeys.fingerprint(RSA)));
  }

  @Test
  @DisplayName("a host key of a type that the server does not have")
  void otherType() {
    try (TestSshServer other = TestSshServer.start(engine, RSA, RSA)) {
      assertFails(() -> ping(other.endpoint(), TestKeys.openSsh(RSA), TestKeys.publicKey(ED25519)))
          .like(FailureCategory.AUTH, "has no host key of the expected type");
    }
  }

  @Test
  @DisplayName("a key that the server does not let in")
  void keyRefused() {
    assertFails(() -> ping(TestKeys.openSsh(ELLIPTIC), TestKeys.publicKey(RSA)))
        .as(FailureCategory.AUTH, where + " does not accept the key");
  }

  @Test
  @DisplayName("a user that the server does not let in")
  void userRefused() {
    Endpoint.Ssh endpoint = server.endpoint();
    assertFails(
            () ->
                ping(
                    new Endpoint.Ssh("root", endpoint.host(), endpoint.port()),
                    TestKeys.openSsh(RSA),
                    TestKeys.publicKey(RSA)))
        .like(FailureCategory.AUTH, "does not accept the key");
  }

  @Test
  @DisplayName("a server without Docker says so")
  void noDocker() {
    try (TestSshServer other = TestSshServer.withoutDocker(RSA, RSA)) {
      assertFails(() -> ping(other.endpoint(), TestKeys.openSsh(RSA), TestKeys.publicKey(RSA)))
          .as(
              FailureCategory.UNREACHABLE,
              other.endpoint().uri()
                  + " has no engine to reach: `docker system dial-stdio` ended with status 127: sh:"
                  + " docker: command not found");
    }
  }

  @Test
  @DisplayName("no key, or one that cannot be read")
  void unreadable() {
    assertFails(
            () ->
                connector
                    .open(new EngineTarget(server.endpoint(), null), ConnectionLimits.DEFAULT)
                    .close())
        .as(FailureCategory.AUTH, "There is no key for " + where);
    assertFails(() -> ping(TestKeys.encryptedPkcs8(RSA), TestKeys.publicKey(RSA)))
        .like(
            FailureCategory.AUTH,
            "The credential for " + where + " cannot be used: it is encrypted");
  }
}
