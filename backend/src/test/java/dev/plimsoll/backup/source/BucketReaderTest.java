package dev.plimsoll.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.backup.SourceType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class BucketReaderTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String KEY_ID = "AKIDTHEIRS";
  private static final String SECRET_KEY = "very/secret+key";
  private static final String TOKEN = "sessiontoken";
  private static final Map<String, String> KEYS =
      Map.of(
          "AWS_ACCESS_KEY_ID",
          KEY_ID,
          "AWS_SECRET_ACCESS_KEY",
          SECRET_KEY,
          "AWS_SESSION_TOKEN",
          TOKEN);

  private final Queue<URI> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Map<String, List<String>>> headers = new ConcurrentLinkedQueue<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  /** What the server does with a request. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.add(exchange.getRequestURI());
            headers.add(Map.copyOf(exchange.getRequestHeaders()));
            Answer answer = answers.poll();
            if (answer != null) {
              answer.to(exchange);
            }
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  @DisplayName("All pages of a directory: archives as files are; nothing else that lies there")
  void pages() throws SourceFailure {
    answers.add(
        page(
            "<IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>a+b/c=</NextContinuationToken>"
                + object("web 1/", "2026-03-01T02:00:00.000Z", 0)
                + object("web 1/backup-2026-03-01.tar.gz", "2026-03-01T02:00:00.000Z", 6)
                + object("web 1/backup-2026-03-01.tar.gz.sha256", "2026-03-01T02:00:00Z", 64)
                + object("web 1/.hidden", "2026-03-01T02:00:00.000Z", 6)));
    answers.add(
        page(
            "<IsTruncated>false</IsTruncated><CommonPrefixes><Prefix>x</Prefix></CommonPrefixes>"
                + object("web 1/empty&amp;.tar.gz", "2026-03-02T02:00:00.000Z", 0)
                + object("web 1/sub/", "2026-03-02T02:00:00.000Z", 0)
                + object("web 1/sub/b.tar", "2026-03-02T02:00:00.123Z", 5_000_000_000L)));

    assertThat(read("/web 1", Map.of()))
        .extracting(
            Snapshot::id,
            Snapshot::archive,
            Snapshot::bytes,
            Snapshot::finishedAt,
            Snapshot::checksum)
        .containsExactly(
            tuple(
                "backup-2026-03-01.tar.gz",
                "backup-2026-03-01.tar.gz",
                6L,
                Instant.parse("2026-03-01T02:00:00Z"),
                null),
            tuple(
                "empty&.tar.gz", "empty&.tar.gz", 0L, Instant.parse("2026-03-02T02:00:00Z"), null),
            tuple(
                "sub/b.tar",
                "sub/b.tar",
                5_000_000_000L,
                Instant.parse("2026-03-02T02:00:00.123Z"),
                null));
    assertThat(asked)
        .map(URI::toString)
        .containsExactly(
            "/bucket?list-type=2&max-keys=1000&prefix=web%201%2F",
            "/bucket?continuation-token=a%2Bb%2Fc%3D&list-type=2&max-keys=1000&prefix=web%201%2F");
    assertThat(headers).noneMatch(sent -> sent.containsKey("Authorization"));
  }

  @Test
  @DisplayName("With keys each request is signed for the host and the query that are sent")
  void signed() throws SourceFailure {
    answers.add(page(""));
    read("", KEYS);

    Map<String, List<String>> sent = headers.remove();
    String host = "127.0.0.1:" + server.getAddress().getPort();
    assertThat(sent).containsEntry("Host", List.of(host));
    assertThat(sent).containsEntry("X-amz-security-token", List.of(TOKEN));
    assertThat(sent)
        .containsEntry(
            "Authorization",
            List.of(
                new SignatureV4(KEY_ID, SECRET_KEY, TOKEN, "us-east-1")
                    .authorization(
                        URI.create("http://" + host + asked.remove()),
                        Map.of(
                            "x-amz-content-sha256",
                            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                            "x-amz-date",
                            "20260302T120000Z",
                            "x-amz-security-token",
                            TOKEN),
                        NOW)));
  }

  @ParameterizedTest
  @CsvSource({
    "401, '', WRONG_PASSWORD, s3:ListBucket",
    "403, AccessDenied, WRONG_PASSWORD, AccessDenied",
    "400, ExpiredToken, WRONG_PASSWORD, ExpiredToken",
    "404, NoSuchBucket, GONE, Bring it back",
    "400, InvalidArgument, UNREADABLE, InvalidArgument",
    "500, InternalError, UNREADABLE, 500",
    "204, '', UNREADABLE, 204",
    "403, very/secret+key, WRONG_PASSWORD, s3:ListBucket",
    "403, AKIDTHEIRS, WRONG_PASSWORD, ***",
  })
  @DisplayName("What the server refuses is told apart, with a remedy and no secret")
  void refused(int status, String code, SourceFault fault, String told) {
    answers.add(
        exchange ->
            send(exchange, status, "<Error><Code>" + code + "</Code>" + TOKEN + "</Error>"));
    failed(fault, told);
  }

  @Test
  @DisplayName("Nobody's keys: they are asked for; half of them are never sent")
  void keys() {
    answers.add(exchange -> send(exchange, 403, ""));
    assertThat(failure(Map.of()).sentence()).contains("Give AWS_ACCESS_KEY_ID");
    SourceFailure half = failure(Map.of("AWS_SECRET_ACCESS_KEY", SECRET_KEY));
    assertThat(half.fault()).isEqualTo(SourceFault.WRONG_PASSWORD);
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307})
  @DisplayName("A redirect is not followed; where the bucket lies is said")
  void redirect(int status) {
    answers.add(
        exchange -> {
          exchange.getResponseHeaders().add("x-amz-bucket-region", "eu-west-1");
          exchange
              .getResponseHeaders()
              .add("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/else?x=y");
          send(exchange, status, "");
        });
    failed(SourceFault.UNREACHABLE, "eu-west-1");
    assertThat(asked).hasSize(1);
  }

  @Test
  @DisplayName("A signature for the wrong region: the right one is said")
  void region() {
    answers.add(
        exchange ->
            send(
                exchange,
                400,
                "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>"));
    failed(SourceFault.UNREACHABLE, "eu-west-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE ListBucketResult><ListBucketResult/>",
        "<!DOCTYPE l [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
            + "<ListBucketResult><NextContinuationToken>&e;</NextContinuationToken>"
            + "</ListBucketResult>",
        "<ListBucketResult><Contents><Key>&e;</Key></Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Key>a.tar</Key>",
        "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        "<ListBucketResult><Contents><Key>a.tar</Key><Size>1</Size></Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Key>a.tar</Key><Size>-1</Size>"
            + "<LastModified>2026-03-01T02:00:00Z</LastModified></Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Key>a.tar</Key><Size>1</Size>"
            + "<LastModified>+999999-03-01T02:00:00Z</LastModified></Contents></ListBucketResult>",
        "<html><body>Hello</body></html>",
        "{}",
        "",
      })
  @DisplayName("What is no list, or a hostile one, is not read")
  void hostile(String body) {
    answers.add(exchange -> send(exchange, 200, body));
    failed(SourceFault.UNREADABLE, "no list of a bucket");
  }

  @Test
  @DisplayName("An object that does not lie in the directory is not believed")
  void elsewhere() {
    answers.add(page(object("other/a.tar", "2026-03-01T02:00:00Z", 1)));
    assertThat(catchThrowableOfType(SourceFailure.class, () -> read("/web", Map.of())).fault())
        .isEqualTo(SourceFault.UNREADABLE);
  }

  @Test
  @DisplayName("An answer that breaks off is no list, and no empty bucket")
  void truncated() {
    answers.add(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange
              .getResponseBody()
              .write("<ListBucketResult></ListBucketResult>".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
        });
    failed(SourceFault.UNREACHABLE, "broke off");
  }

  @Test
  @DisplayName("An answer that does not end is not read on")
  void endless() {
    answers.add(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] some = new byte[1 << 16];
          try {
            while (over.getCount() > 0) {
              exchange.getResponseBody().write(some);
            }
          } catch (IOException e) {
            assertThat(over.getCount()).isOne(); // the reader has hung up
          }
        });
    failed(SourceFault.UNREADABLE, "more than a page");
  }

  @Test
  @DisplayName("More objects than a source may hold are not read on")
  void tooMany() {
    String full = object("a.tar", "2026-03-01T02:00:00Z", 1).repeat(20_000);
    for (int i = 0; i < 11; i++) {
      answers.add(
          page(
              "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
                  + full));
    }
    failed(SourceFault.UNREADABLE, "200000");
    assertThat(asked).hasSize(11);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("A server that says nothing, or begins and goes silent, is not waited for")
  void late(boolean begins) {
    answers.add(
        exchange -> {
          if (begins) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('<');
            exchange.getResponseBody().flush();
          }
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    SourceFailure failure =
        catchThrowableOfType(
            SourceFailure.class,
            () ->
                new BucketReader(CLOCK, Duration.ofMillis(500))
                    .read(access("", KEYS), snapshot -> {}));
    over.countDown();
    assertThat(failure.fault()).isEqualTo(SourceFault.TIMEOUT);
  }

  @Test
  @DisplayName("No server: it cannot be reached")
  void noServer() {
    Access access = access("", KEYS);
    server.stop(0);
    SourceFailure failure =
        catchThrowableOfType(SourceFailure.class, () -> reader().read(access, snapshot -> {}));
    assertThat(failure.fault()).isEqualTo(SourceFault.UNREACHABLE);
  }

  @Test
  @DisplayName("A source's mapping gives what a bucket holds to data, as a directory's")
  void mapped() throws Exception {
    answers.add(page(object("db-orders-2026-03-01.tar.gz", "2026-03-01T02:10:00.000Z", 6)));
    Mapping mapping =
        Mapping.parse(
            SourceType.ARCHIVES,
            new JsonMapper()
                .readTree(
                    "{\"host\":\"web\",\"rules\":[{\"archive\":\"db-{volume}-{time}.tar.gz\"}]}"));
    HostNames hosts = new HostNames(List.of(new HostNames.Named(7, "web", "engine")));
    Mapped mapped = mapping.map(read("", Map.of()).getFirst(), hosts);

    assertThat(mapped.pieces())
        .singleElement()
        .satisfies(
            piece -> {
              assertThat(piece.hostId()).isEqualTo(7);
              assertThat(piece.data().name()).isEqualTo("orders");
              assertThat(piece.namedTime()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
            });
  }

  private void failed(SourceFault fault, String told) {
    SourceFailure failure = failure(KEYS);
    assertThat(failure.fault()).as(failure.sentence()).isEqualTo(fault);
    assertThat(failure.sentence())
        .contains(told)
        .doesNotContain(KEY_ID, SECRET_KEY, TOKEN, "Signature");
  }

  private SourceFailure failure(Map<String, String> keys) {
    return catchThrowableOfType(SourceFailure.class, () -> read("", keys));
  }

  private List<Snapshot> read(String directory, Map<String, String> keys) throws SourceFailure {
    List<Snapshot> shown = new ArrayList<>();
    reader().read(access(directory, keys), shown::add);
    return shown;
  }

  private static SnapshotReader reader() {
    return new ArchivesReader(new BucketReader(CLOCK, Duration.ofMinutes(1)));
  }

  private Access access(String directory, Map<String, String> keys) {
    return new Access(
        "s3:http://127.0.0.1:" + server.getAddress().getPort() + "/bucket" + directory, null, keys);
  }

  private static Answer page(String inner) {
    return exchange ->
        send(
            exchange,
            200,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "<Name>bucket</Name>"
                + inner
                + "</ListBucketResult>");
  }

  private static String object(String key, String written, long bytes) {
    return "<Contents><Key>"
        + key
        + "</Key><LastModified>"
        + written
        + "</LastModified><ETag>&quot;x&quot;</ETag><Size>"
        + bytes
        + "</Size><Owner><ID>1</ID></Owner></Contents>\n";
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 || status == 204 ? -1 : bytes.length);
    if (bytes.length > 0 && status != 204) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
