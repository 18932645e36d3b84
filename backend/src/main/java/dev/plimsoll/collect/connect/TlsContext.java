package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.PemKeys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes the JDK's TLS trust the given authorities and no others, those of the JDK included. */
final class TlsContext {
  private static final char[] NO_PASSWORD = {};

  private TlsContext() {}

  /**
   * A context for one engine.
   *
   * @param chain the client's certificate, followed by those of its issuers; empty for none
   * @param key its key as text; not read if the chain is empty
   * @throws IllegalArgumentException if the key cannot be read
   */
  static SSLContext of(List<X509Certificate> authorities, List<X509Certificate> chain, String key) {
    try {
      KeyStore trusted = emptyStore();
      for (int i = 0; i < authorities.size(); i++) {
        trusted.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);

      KeyStore own = emptyStore();
      if (!chain.isEmpty()) {
        own.setKeyEntry(
            "client",
            PemKeys.parse(key).getPrivate(),
            NO_PASSWORD,
            chain.toArray(new X509Certificate[0]));
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, NO_PASSWORD);

      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("certificate and key cannot be used together", e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
