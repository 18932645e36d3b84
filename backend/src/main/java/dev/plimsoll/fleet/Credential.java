package dev.plimsoll.fleet;

import org.jspecify.annotations.Nullable;

/** What proves the collector to an engine, and the engine to the collector. Never printed. */
public sealed interface Credential {

  /**
   * Mutual TLS, all PEM text.
   *
   * @param ca certificates that the engine's must chain to
   * @param cert client certificate, followed by its chain; null where the engine asks for none
   * @param key its unencrypted key: PKCS#1, PKCS#8 or SEC1; null with {@code cert}
   */
  record Tls(String ca, @Nullable String cert, @Nullable String key) implements Credential {
    @Override
    public String toString() {
      return "Tls[secret]";
    }
  }

  /**
   * SSH by key.
   *
   * @param privateKey unencrypted, in OpenSSH, PKCS#1, PKCS#8 or SEC1 form
   * @param hostKey the server's key: {@code type base64}, a known_hosts line, or {@code SHA256:…}
   */
  record Ssh(String privateKey, String hostKey) implements Credential {
    @Override
    public String toString() {
      return "Ssh[secret]";
    }
  }
}
