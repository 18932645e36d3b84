package dev.plimsoll.collect.connect;

import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import java.net.Socket;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reaches engines over UNIX sockets, TCP, TLS and SSH. */
@Component
public final class EngineConnector implements Connector, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final SshSessions sshSessions = new SshSessions();
  private final Clock clock;

  /**
   * A connector.
   *
   * @param clock by which client certificates must be valid
   */
  public EngineConnector(Clock clock) {
    this.clock = clock;
  }

  @Override
  public EngineConnection open(EngineTarget target, ConnectionLimits asked)
      throws EngineCallException {
    ConnectionLimits limits =
        target.endpoint() instanceof Endpoint.Ssh ? asked.atMost(SshDialer.MAX_CHANNELS) : asked;
    FailureTranslation failures = new FailureTranslation(where(target.endpoint()));
    Dialer dialer = dialer(target, limits, failures);
    EngineHttp http = new EngineHttp(host(target.endpoint()), dialer, limits, failures);
    try {
      return new NegotiatedConnection(http, failures, agree(http, failures));
    } catch (EngineCallException e) {
      http.close();
      throw dialer instanceof TlsDialer ? failures.afterHandshake(e) : e;
    } catch (RuntimeException e) {
      http.close();
      throw e;
    }
  }

  /** Ends what connections share. */
  @Override
  public void close() {
    sshSessions.close();
  }

  private Dialer dialer(EngineTarget target, ConnectionLimits limits, FailureTranslation failures)
      throws EngineCallException {
    return switch (target.endpoint()) {
      case Endpoint.Unix unix -> new UnixDialer(unix.path());
      case Endpoint.Tcp tcp ->
          target.credential() instanceof Credential.Tls tls
              ? tls(tcp, tls, limits, failures)
              : new TcpDialer(tcp, limits.connect(), Socket::new);
      case Endpoint.Ssh ssh -> ssh(ssh, target.credential(), limits, failures);
    };
  }

  private Dialer tls(
      Endpoint.Tcp endpoint,
      Credential.Tls credential,
      ConnectionLimits limits,
      FailureTranslation failures)
      throws EngineCallException {
    try {
      return new TlsDialer(endpoint, credential, limits.connect(), clock.instant());
    } catch (IllegalArgumentException e) {
      throw failures.unusable(FailureCategory.TLS, e);
    } catch (SSLException e) {
      throw failures.connecting(e);
    }
  }

  private Dialer ssh(
      Endpoint.Ssh endpoint,
      @Nullable Credential credential,
      ConnectionLimits limits,
      FailureTranslation failures)
      throws EngineCallException {
    if (!(credential instanceof Credential.Ssh key)) {
      throw new EngineCallException(
          FailureCategory.AUTH,
          FailureTranslation.CONNECT,
          0,
          "There is no key for " + failures.where(),
          null);
    }
    try {
      ClientSession session = sshSessions.open(endpoint, key, limits.connect(), failures);
      return new SshDialer(session, endpoint, limits.connect());
    } catch (IllegalArgumentException e) {
      throw failures.unusable(FailureCategory.AUTH, e);
    }
  }

  /**
   * The newest API version that both sides speak. Engines tell their newest with every answer, and
   * their oldest in {@code /version}, which is asked only where it can matter.
   */
  private static ApiVersion agree(EngineHttp http, FailureTranslation failures)
      throws EngineCallException {
    EngineRequest ping = EngineRequest.ping();
    Optional<String> header = http.send(ping, ping.path()).apiVersion();
    ApiVersion newest =
        header
            .flatMap(ApiVersion::parse)
            .orElseThrow(
                () ->
                    new EngineCallException(
                        FailureCategory.PROTOCOL,
                        ping.call(),
                        200,
                        failures.where() + " names no API version; is it a Docker engine?",
                        null));
    if (newest.compareTo(ApiVersion.OLDEST) < 0) {
      throw declined(
          ping,
          "The engine at %s speaks API %s at most; Plimsoll needs %s (Engine 20.10) or newer"
              .formatted(failures.where(), newest, ApiVersion.OLDEST));
    }
    if (newest.compareTo(ApiVersion.NEWEST) <= 0) {
      return newest;
    }
    EngineRequest version = EngineRequest.version();
    ApiVersion oldest = oldest(http.send(version, version.path()).body(), failures);
    if (oldest.compareTo(ApiVersion.NEWEST) > 0) {
      throw declined(
          version,
          "The engine at %s demands API %s or newer; this Plimsoll speaks %s at most"
              .formatted(failures.where(), oldest, ApiVersion.NEWEST));
    }
    return ApiVersion.NEWEST;
  }

  private static ApiVersion oldest(byte[] version, FailureTranslation failures)
      throws EngineCallException {
    try {
      return ApiVersion.parse(JSON.readTree(version).path("MinAPIVersion").asString(""))
          .orElse(ApiVersion.OLDEST);
    } catch (JacksonException e) {
      throw failures.notJson(EngineRequest.version().call());
    }
  }

  private static EngineCallException declined(EngineRequest request, String sentence) {
    return new EngineCallException(FailureCategory.REFUSED, request.call(), 200, sentence, null);
  }

  private static HttpHost host(Endpoint endpoint) {
    return endpoint instanceof Endpoint.Tcp tcp
        ? new HttpHost("http", tcp.host(), tcp.port())
        : new HttpHost("http", "localhost");
  }

  /** The endpoint as it stands in sentences. */
  private static String where(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Unix unix -> unix.path();
      case Endpoint.Tcp tcp -> tcp.uri().substring("tcp://".length());
      case Endpoint.Ssh ssh -> ssh.uri();
    };
  }
}
