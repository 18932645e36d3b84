package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.PemCertificates;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Reaches an engine over TLS 1.2 or 1.3: the engine's certificate must chain to the given authority
 * and be for the endpoint's host (RFC 9110, 4.3.4), and the client shows its own.
 */
final class TlsDialer implements Dialer {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final TcpDialer tcp;
  private final Endpoint.Tcp endpoint;
  private final Duration limit;
  private final SSLContext context;
  private volatile @Nullable PeerCertificate peer;

  /**
   * Reads the credential.
   *
   * @param now when the client's certificate must be valid
   * @throws IllegalArgumentException if the credential cannot be read, naming the field
   * @throws SSLException if the client's certificate is expired or not valid yet: some engines say
   *     so less clearly
   */
  TlsDialer(Endpoint.Tcp endpoint, Credential.Tls credential, Duration limit, Instant now)
      throws SSLException {
    this.endpoint = endpoint;
    this.limit = limit;
    this.tcp = new TcpDialer(endpoint, limit, CorkedSocket::new);
    List<X509Certificate> chain =
        credential.cert() == null ? List.of() : PemCertificates.parse(credential.cert());
    if (!chain.isEmpty()) {
      TlsFailures.checkValid(chain.getFirst(), now);
    }
    this.context =
        TlsContext.of(
            PemCertificates.parse(credential.ca()),
            chain,
            credential.key() == null ? "" : credential.key());
  }

  @Override
  public Optional<PeerCertificate> peerCertificate() {
    return Optional.ofNullable(peer);
  }

  @Override
  public Socket dial() throws IOException {
    Socket plain = tcp.dial();
    try {
      SSLSocket tls =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, endpoint.host(), endpoint.port(), true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setProtocols(PROTOCOLS);
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      plain.setSoTimeout((int) Math.max(1, limit.toMillis()));
      tls.startHandshake();
      if (tls.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf) {
        peer = PeerCertificate.of(leaf);
      }
      plain.setSoTimeout(0); // from here on a call's own limit holds
      return tls;
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }
}
