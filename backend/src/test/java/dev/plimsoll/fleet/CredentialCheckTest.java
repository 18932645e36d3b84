package dev.plimsoll.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.testing.TestCertificates;
import dev.plimsoll.testing.TestCertificates.Issued;
import dev.plimsoll.testing.TestKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialCheckTest {
  private static final KeyPair RSA = TestKeys.rsa();
  private static final KeyPair ELLIPTIC = TestKeys.elliptic();
  private static final KeyPair ED25519 = TestKeys.ed25519();
  private static final TestCertificates AUTHORITY = TestCertificates.create();
  private static final Issued CLIENT = AUTHORITY.client();

  @AfterAll
  static void deleteFiles() {
    AUTHORITY.close();
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of("RSA, PKCS#1", RSA, TestKeys.traditional(RSA)),
        Arguments.of("RSA, PKCS#8", RSA, TestKeys.pkcs8(RSA)),
        Arguments.of("RSA, OpenSSH", RSA, TestKeys.openSsh(RSA)),
        Arguments.of("elliptic, SEC1", ELLIPTIC, TestKeys.traditional(ELLIPTIC)),
        Arguments.of("elliptic, PKCS#8", ELLIPTIC, TestKeys.pkcs8(ELLIPTIC)),
        Arguments.of("elliptic, OpenSSH", ELLIPTIC, TestKeys.openSsh(ELLIPTIC)),
        Arguments.of("Ed25519, PKCS#8", ED25519, TestKeys.pkcs8(ED25519)),
        Arguments.of("Ed25519, OpenSSH", ED25519, TestKeys.openSsh(ED25519)),
        Arguments.of("with lines of Windows", RSA, TestKeys.pkcs8(RSA).replace("\n", "\r\n")),
        Arguments.of("with space around", RSA, "\n  " + TestKeys.pkcs8(RSA) + "\n\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  @DisplayName("private keys are read in all their forms")
  void keys(String form, KeyPair key, String text) throws Exception {
    KeyPair read = PemKeys.parse(text);
    assertThat(read.getPublic().getEncoded()).isEqualTo(key.getPublic().getEncoded());
    assertThat(signs(read)).isTrue();
  }

  /** Whether the private half is that of the public one. */
  private static boolean signs(KeyPair key) throws GeneralSecurityException {
    String algorithm =
        switch (key.getPrivate().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key.getPrivate());
    byte[] signed = signature.sign();
    signature.initVerify(key.getPublic());
    return signature.verify(signed);
  }

  static Stream<Arguments> badKeys() {
    return Stream.of(
        Arguments.of("encrypted PKCS#1", TestKeys.encryptedTraditional(RSA), "is encrypted"),
        Arguments.of("encrypted SEC1", TestKeys.encryptedTraditional(ELLIPTIC), "is encrypted"),
        Arguments.of("encrypted PKCS#8", TestKeys.encryptedPkcs8(RSA), "is encrypted"),
        Arguments.of("encrypted OpenSSH", TestKeys.encryptedOpenSsh(ED25519), "is encrypted"),
        Arguments.of("cut off", TestKeys.pkcs8(RSA).substring(0, 500), "incomplete"),
        Arguments.of("damaged", damaged(TestKeys.pkcs8(RSA)), "is damaged or incomplete"),
        Arguments.of("damaged OpenSSH", damaged(TestKeys.openSsh(ED25519)), "is damaged"),
        Arguments.of("public", TestKeys.publicKey(RSA), "is a public key"),
        Arguments.of("a certificate", CLIENT.certificate(), "holds no private key"),
        Arguments.of("several", TestKeys.pkcs8(RSA) + TestKeys.pkcs8(ELLIPTIC), "several keys"),
        Arguments.of("words", "hunter2", "holds no private key"),
        Arguments.of("nothing", "", "holds no private key"));
  }

  private static String damaged(String pem) {
    int line = pem.indexOf('\n', pem.indexOf('\n') + 1);
    return pem.substring(0, line - 20) + pem.substring(line);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badKeys")
  @DisplayName("a key that cannot be used is described and not repeated")
  void badKeys(String name, String text, String reason) {
    assertThatThrownBy(() -> PemKeys.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  @DisplayName("a credential in good order has no errors")
  void good() {
    assertThat(
            CredentialCheck.errors(
                new Credential.Tls(AUTHORITY.ca(), CLIENT.certificate(), CLIENT.key())))
        .isEmpty();
    assertThat(CredentialCheck.errors(new Credential.Tls(AUTHORITY.ca(), null, null))).isEmpty();
    assertThat(
            CredentialCheck.errors(
                new Credential.Ssh(TestKeys.openSsh(ED25519), TestKeys.publicKey(RSA))))
        .isEmpty();
  }

  @Test
  @DisplayName("every bad field is named")
  void tlsErrors() {
    assertThat(CredentialCheck.errors(new Credential.Tls("nothing", "nothing", "nothing")))
        .extracting(FieldError::field)
        .containsExactly("tls.ca", "tls.cert", "tls.key");
    assertThat(
            CredentialCheck.errors(new Credential.Tls(AUTHORITY.ca(), CLIENT.certificate(), null)))
        .containsExactly(new FieldError("tls.key", "is missing: it goes with tls.cert"));
    assertThat(CredentialCheck.errors(new Credential.Tls(AUTHORITY.ca(), null, CLIENT.key())))
        .containsExactly(new FieldError("tls.cert", "is missing: it goes with tls.key"));
    assertThat(CredentialCheck.errors(new Credential.Tls(CLIENT.key(), null, null)))
        .containsExactly(
            new FieldError("tls.ca", "has a private key where only certificates belong"));
    assertThat(
            CredentialCheck.errors(
                new Credential.Tls(AUTHORITY.ca(), CLIENT.certificate(), AUTHORITY.client().key())))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("tls.key");
              assertThat(error.message()).startsWith("does not belong to the first certificate");
            });
  }

  @Test
  @DisplayName("a host key that is missing names the rule: no trust on first use")
  void noTrustOnFirstUse() {
    assertThat(CredentialCheck.errors(new Credential.Ssh(TestKeys.pkcs8(RSA), " ")))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("ssh.hostKey");
              assertThat(error.message()).contains("no trust on first use");
            });
  }

  static final Map<String, String> HOST_KEY_FORMS =
      Map.of(
          "type base64", "%s",
          "with a comment", "%s root@host",
          "known_hosts", "host.example.com,10.0.0.5 %s",
          "known_hosts, port", "[host]:2222 %s\n",
          "known_hosts, hashed", "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= %s");

  static Stream<Arguments> hostKeys() {
    return HOST_KEY_FORMS.entrySet().stream()
        .flatMap(
            form ->
                Stream.of(RSA, ELLIPTIC, ED25519)
                    .map(
                        key ->
                            Arguments.of(
                                form.getKey(),
                                form.getValue().formatted(TestKeys.publicKey(key)),
                                TestKeys.publicKey(key).split(" ")[0],
                                TestKeys.fingerprint(key))));
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("hostKeys")
  @DisplayName("host keys are read in all their forms")
  void hostKey(String form, String text, String type, String fingerprint) {
    assertThat(SshHostKey.parse(text)).isEqualTo(new SshHostKey(Optional.of(type), fingerprint));
  }

  @Test
  @DisplayName("a fingerprint is a host key of any type")
  void fingerprint() {
    String fingerprint = TestKeys.fingerprint(ED25519);
    assertThat(SshHostKey.parse(" " + fingerprint + "=\n"))
        .isEqualTo(new SshHostKey(Optional.empty(), fingerprint));
  }

  static final Map<String, String> BAD_HOST_KEYS =
      Map.of(
          "SHA256:short", "43 characters",
          "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48", "is no host key",
          "", "is no host key",
          "ssh-ed25519", "is no host key",
          "ssh-dss AAAA", "is no host key",
          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZq60Vgz43O9UbYFQ9J", "is damaged",
          "ssh-ed25519 ****", "is damaged",
          "@cert-authority *.example.com ssh-ed25519 AAAA", "@cert-authority");

  static Stream<Arguments> badHostKeys() {
    return BAD_HOST_KEYS.entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badHostKeys")
  @DisplayName("what is no host key is described")
  void badHostKey(String text, String reason) {
    assertThatThrownBy(() -> SshHostKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  @DisplayName("a key of another type than it says is damaged")
  void mislabelled() {
    String rsa = TestKeys.publicKey(RSA).split(" ")[1];
    assertThatThrownBy(() -> SshHostKey.parse("ssh-ed25519 " + rsa))
        .hasMessageContaining("is damaged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----",
        "-----BEGIN X509 CRL-----\nTUlJ\n-----END X509 CRL-----",
      })
  @DisplayName("what is no certificate is described")
  void badCertificates(String text) {
    assertThatThrownBy(() -> PemCertificates.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("a chain of certificates keeps its order")
  void chain() {
    assertThat(PemCertificates.parse(CLIENT.certificate() + "\ntext\n" + AUTHORITY.ca()))
        .hasSize(2)
        .first()
        .satisfies(
            own -> assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=client"));
  }
}
