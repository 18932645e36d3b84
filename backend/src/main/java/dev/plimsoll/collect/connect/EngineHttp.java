package dev.plimsoll.collect.connect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP to one engine, bounded in time, size and parallelism, on the sockets of a {@link Dialer}.
 *
 * <p>docker-java's ready-made client is not used above its sockets: it follows redirects to any
 * address that an engine names, repeats requests and has no limit on a whole answer, and offers no
 * switch for any of them.
 */
final class EngineHttp implements AutoCloseable {
  /** Enough for an engine's error message, and little enough to read from a stranger. */
  private static final int ERROR_BYTES = 64 << 10;

  private static final int PIECE_BYTES = 8 << 10;
  private static final int HEADER_LINES = 200;
  private static final int HEADER_LINE_CHARS = 16 << 10;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpHost host;
  private final ConnectionLimits limits;
  private final FailureTranslation failures;
  private final Dialer dialer;
  private final BoundedWork work = new BoundedWork();
  private final Semaphore permits;
  private final CloseableHttpClient client;
  private volatile boolean closed;

  /** A 200 answer. */
  static final class Answer {
    private final Optional<String> apiVersion;
    private final byte[] body;

    private Answer(Optional<String> apiVersion, byte[] body) {
      this.apiVersion = apiVersion;
      this.body = body;
    }

    /** The header {@code Api-Version}, which engines send with every answer. */
    Optional<String> apiVersion() {
      return apiVersion;
    }

    byte[] body() {
      return body;
    }
  }

  EngineHttp(HttpHost host, Dialer dialer, ConnectionLimits limits, FailureTranslation failures) {
    this.host = host;
    this.dialer = dialer;
    this.limits = limits;
    this.failures = failures;
    this.permits = new Semaphore(limits.parallel(), true);
    this.client = client(dialer, limits);
  }

  /**
   * Sends a request and reads its answer to the end.
   *
   * @param uri path and query as the engine sees them
   * @throws EngineCallException for every answer but a 200 that is whole and not too large
   */
  Answer send(EngineRequest request, String uri) throws EngineCallException {
    return within(limits.call(), request, uri, this::whole);
  }

  /**
   * Sends a request and reads its answer as it comes.
   *
   * @param uri path and query as the engine sees them
   * @param limit longest time for all of it
   * @throws EngineCallException for every answer but a 200 that is read as far as the reader wants
   */
  <T> T stream(
      EngineRequest request, String uri, Duration limit, EngineConnection.BodyReader<T> reader)
      throws EngineCallException {
    return within(limit, request, uri, (get, call) -> streamed(get, call, reader));
  }

  /** One exchange, from the request to the end of its answer. */
  private interface Exchange<T> {
    T run(HttpGet get, String call) throws IOException, EngineCallException;
  }

  private <T> T within(Duration limit, EngineRequest request, String uri, Exchange<T> exchange)
      throws EngineCallException {
    String call = request.call();
    enter(call);
    HttpGet get = new HttpGet(URI.create(uri));
    try {
      return within(limit, get, call, () -> exchange.run(get, call));
    } finally {
      permits.release();
    }
  }

  /** Waits until another call may be under way. */
  private void enter(String call) throws EngineCallException {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      throw failures.interrupted(call, e);
    }
  }

  /** Runs a part of an exchange, which is over if the part fails or takes too long. */
  private <T> T within(Duration limit, HttpGet get, String call, Callable<T> part)
      throws EngineCallException {
    try {
      return work.within(limit, part);
    } catch (TimeoutException e) {
      get.cancel();
      throw failures.late(call, limit, e);
    } catch (InterruptedException e) {
      get.cancel();
      throw failures.interrupted(call, e);
    } catch (RejectedExecutionException e) {
      throw failures.closed(call, e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() != null ? e.getCause() : e;
      if (cause instanceof EngineCallException known) {
        throw known;
      }
      throw closed ? failures.closed(call, cause) : failures.during(call, cause);
    }
  }

  /**
   * Sends a request whose answer has no end, and returns once its first bytes are there. Until the
   * answer is closed it counts as a call under way.
   *
   * @param uri path and query as the engine sees them
   * @throws EngineCallException for every answer but a 200
   */
  EngineLines lines(EngineRequest request, String uri) throws EngineCallException {
    String call = request.call();
    enter(call);
    HttpGet get = new HttpGet(URI.create(uri));
    boolean open = false;
    try {
      InputStream body = within(limits.call(), get, call, () -> opened(get, call));
      open = true;
      return new HttpLines(body, new OpenExchange(get, call));
    } finally {
      if (!open) {
        permits.release();
      }
    }
  }

  /** The body of an answer that is still arriving. */
  private InputStream opened(HttpGet get, String call) throws IOException, EngineCallException {
    ClassicHttpResponse response = client.executeOpen(host, get, null);
    HttpEntity entity = response.getEntity();
    if (response.getCode() == 200 && entity != null) {
      return entity.getContent();
    }
    try {
      byte[] said = body(entity, ERROR_BYTES);
      throw failures.refused(call, response.getCode(), errorMessage(said));
    } finally {
      get.cancel();
    }
  }

  /** One answer without end. */
  private final class OpenExchange implements HttpLines.Exchange {
    private final HttpGet get;
    private final String call;
    private final AtomicBoolean ended = new AtomicBoolean();

    OpenExchange(HttpGet get, String call) {
      this.get = get;
      this.call = call;
    }

    @Override
    public EngineLines.Line within(Duration limit, HttpLines.LineRead read)
        throws EngineCallException {
      EngineLines.Line line = EngineHttp.this.within(limit, get, call, read::read);
      if (ended.get()) {
        // Whatever came then is no end that the engine made
        throw failures.closed(call, new CancellationException(call));
      }
      return line;
    }

    @Override
    public void end() {
      if (ended.compareAndSet(false, true)) {
        get.cancel(); // closing would first read the rest, and there is no end to it
        permits.release();
      }
    }
  }

  /** Who the engine showed itself to be; empty without TLS. */
  Optional<PeerCertificate> peerCertificate() {
    return dialer.peerCertificate();
  }

  @Override
  public void close() {
    closed = true;
    work.close();
    client.close(CloseMode.IMMEDIATE);
    dialer.close();
  }

  private Answer whole(HttpGet get, String call) throws IOException, EngineCallException {
    ClassicHttpResponse response = client.executeOpen(host, get, null);
    boolean whole = false;
    try {
      boolean ok = response.getCode() == 200;
      long limit = ok ? limits.maxBytes() : ERROR_BYTES;
      byte[] body = body(response.getEntity(), limit);
      whole = body.length <= limit;
      if (!ok) {
        throw failures.refused(call, response.getCode(), errorMessage(body));
      }
      if (!whole) {
        throw failures.tooLarge(call, limit);
      }
      return new Answer(header(response, "Api-Version"), body);
    } finally {
      if (whole) {
        response.close(); // the connection serves the next call
      } else {
        get.cancel(); // closing would first read the rest, however long it is
      }
    }
  }

  // The connection is given up rather than drained, as below.
  @SuppressWarnings("resource")
  private <T> T streamed(HttpGet get, String call, EngineConnection.BodyReader<T> reader)
      throws IOException, EngineCallException {
    ClassicHttpResponse response = client.executeOpen(host, get, null);
    try {
      if (response.getCode() != 200) {
        byte[] body = body(response.getEntity(), ERROR_BYTES);
        throw failures.refused(call, response.getCode(), errorMessage(body));
      }
      HttpEntity entity = response.getEntity();
      return reader.read(entity == null ? InputStream.nullInputStream() : entity.getContent());
    } finally {
      get.cancel();
    }
  }

  /** The body, or as much of it as shows that it is over the limit. */
  // The stream is not closed here: that too would read the rest.
  @SuppressWarnings("resource")
  private byte[] body(@Nullable HttpEntity entity, long limit) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    InputStream content = entity.getContent();
    ByteArrayOutputStream body = new ByteArrayOutputStream(PIECE_BYTES);
    byte[] piece = new byte[PIECE_BYTES];
    while (body.size() <= limit) {
      int most = (int) Math.min(piece.length, limit + 1 - body.size());
      int read = content.read(piece, 0, most);
      if (read < 0) {
        break;
      }
      limits.room().take(read);
      body.write(piece, 0, read);
    }
    return body.toByteArray();
  }

  /** What the engine says about its refusal; empty if it says nothing that can be shown. */
  private static String errorMessage(byte[] body) {
    try {
      return JSON.readTree(body).path("message").asString("");
    } catch (JacksonException e) {
      String text = new String(body, StandardCharsets.UTF_8);
      return text.stripLeading().startsWith("<") ? "" : text; // no page for browsers
    }
  }

  private static Optional<String> header(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? Optional.empty() : Optional.ofNullable(header.getValue());
  }

  private static CloseableHttpClient client(Dialer dialer, ConnectionLimits limits) {
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(
            new DialingOperator(dialer),
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxHeaderCount(HEADER_LINES)
                        .setMaxLineLength(HEADER_LINE_CHARS)
                        .build())
                .build());
    connections.setMaxTotal(limits.parallel());
    connections.setDefaultMaxPerRoute(limits.parallel());
    connections.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            // The probe for a stale connection blocks for ever on a UNIX socket.
            .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
            .build());
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(timeout(limits.call()))
                .setAuthenticationEnabled(false)
                .build())
        .setUserAgent("Plimsoll")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .addRequestInterceptorLast(
            (request, entity, context) ->
                AllowList.check(request.getMethod(), request.getRequestUri()))
        .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.ofMilliseconds(Math.max(1, duration.toMillis()));
  }

  /** Gives the client the dialer's sockets, TLS or a tunnel already inside. */
  private record DialingOperator(Dialer dialer) implements HttpClientConnectionOperator {

    @Override
    public void connect(
        ManagedHttpClientConnection connection,
        HttpHost ignoredHost,
        @Nullable InetSocketAddress localAddress,
        TimeValue connectTimeout,
        SocketConfig socketConfig,
        HttpContext context)
        throws IOException {
      try {
        connection.bind(dialer.dial());
      } catch (IOException e) {
        throw new DialException(e);
      }
    }

    @Override
    public void upgrade(
        ManagedHttpClientConnection connection, HttpHost ignoredHost, HttpContext context) {
      throw new UnsupportedOperationException("no connection to an engine is ever upgraded");
    }
  }
}
