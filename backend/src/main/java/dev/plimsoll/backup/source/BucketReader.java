package dev.plimsoll.backup.source;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Lists the archives that lie in an S3-style bucket; none is opened. A key goes to the server that
 * the location names and, as redirects are not followed, to no other.
 */
final class BucketReader implements SnapshotReader {
  private static final int MOST_OBJECTS = 200_000;
  private static final int MOST_PAGE_BYTES = 8 << 20;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration READ_LIMIT = Duration.ofMinutes(30);
  private static final String USUAL_REGION = "us-east-1";
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,64})</Code>");
  private static final Pattern REGION = Pattern.compile("<Region>([A-Za-z0-9-]{1,64})</Region>");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final Clock clock;
  private final Duration pageLimit;

  /** Reads with a limit for each page of the list. */
  BucketReader(Clock clock, Duration pageLimit) {
    this.clock = clock;
    this.pageLimit = pageLimit;
  }

  @Override
  public void read(Access access, Consumer<Snapshot> each) throws SourceFailure {
    Bucket bucket = Bucket.of(access.location());
    SignatureV4 signature = signature(access);
    Instant end = clock.instant().plus(READ_LIMIT);
    String token = null;
    int seen = 0;
    do {
      BucketPage page = page(access, bucket.page(token), signature);
      seen += page.objects().size();
      if (seen > MOST_OBJECTS) {
        throw new SourceFailure(
            SourceFault.UNREADABLE,
            "It holds more than "
                + MOST_OBJECTS
                + " objects. Give the directory of the archives as the location's end.");
      }
      for (BucketPage.Entry object : page.objects()) {
        Snapshot snapshot = snapshot(bucket, object);
        if (snapshot != null) {
          each.accept(snapshot);
        }
      }
      token = page.next();
      if (token != null && clock.instant().isAfter(end)) {
        throw new SourceFailure(
            SourceFault.TIMEOUT,
            "Its list took longer than "
                + READ_LIMIT.toMinutes()
                + " minutes. See how large the bucket is.");
      }
    } while (token != null);
  }

  @Override
  public OptionalLong bytes(Access access, String snapshotId) {
    return OptionalLong.empty();
  }

  /** The archive that an object is; null if it is none. */
  private static @Nullable Snapshot snapshot(Bucket bucket, BucketPage.Entry object)
      throws SourceFailure {
    if (!object.key().startsWith(bucket.prefix())) {
      throw new SourceFailure(
          SourceFault.UNREADABLE,
          "It lists an object that does not lie there. See whether its server is an S3-style one.");
    }
    String name = object.key().substring(bucket.prefix().length());
    if (name.isEmpty() || name.endsWith("/") || !ArchiveName.isArchive(name)) {
      return null;
    }
    return new Snapshot(
        name, null, object.written(), null, List.of(), List.of(), name, object.bytes(), null);
  }

  private static @Nullable SignatureV4 signature(Access access) throws SourceFailure {
    String keyId = access.environment().get("AWS_ACCESS_KEY_ID");
    String secretKey = access.environment().get("AWS_SECRET_ACCESS_KEY");
    if (keyId == null && secretKey == null) {
      return null;
    }
    if (keyId == null || secretKey == null) {
      throw new SourceFailure(
          SourceFault.WRONG_PASSWORD,
          "Of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY one is missing. Give both, or none for a"
              + " bucket that anybody may list.");
    }
    return new SignatureV4(
        keyId,
        secretKey,
        access.environment().get("AWS_SESSION_TOKEN"),
        access.environment().getOrDefault("AWS_DEFAULT_REGION", USUAL_REGION));
  }

  private BucketPage page(Access access, URI uri, @Nullable SignatureV4 signature)
      throws SourceFailure {
    HttpResponse<byte[]> response = answer(access, request(uri, signature));
    if (response.statusCode() != 200) {
      throw refused(access, response);
    }
    try {
      return BucketPage.parse(response.body());
    } catch (XMLStreamException e) {
      throw new SourceFailure(
          SourceFault.UNREADABLE,
          uri.getHost()
              + " answered what is no list of a bucket. See whether it is an S3-style server.",
          e);
    }
  }

  private HttpRequest request(URI uri, @Nullable SignatureV4 signature) throws SourceFailure {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(pageLimit);
    if (signature != null) {
      try {
        signature.headers(uri, clock.instant()).forEach(request::header);
      } catch (IllegalArgumentException e) { // repeats the header, which is secret
        throw new SourceFailure(
            SourceFault.WRONG_PASSWORD,
            "Its keys or its region have a character that no such key has. Give them anew.");
      }
    }
    return request.build();
  }

  private HttpResponse<byte[]> answer(Access access, HttpRequest request) throws SourceFailure {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new BoundedBody(MOST_PAGE_BYTES));
    try {
      // The request's own limit ends with the answer's head.
      return answer.get(pageLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw broken(access, request.uri(), e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw late(request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceFailure(SourceFault.TIMEOUT, "It was stopped before it ended.", e);
    } finally {
      answer.cancel(true);
    }
  }

  private SourceFailure broken(Access access, URI uri, Throwable cause) {
    if (cause instanceof HttpTimeoutException) {
      return late(uri, cause);
    }
    if (cause instanceof BoundedBody.TooLong) {
      return new SourceFailure(
          SourceFault.UNREADABLE,
          uri.getHost()
              + " answered more than a page of a list. See whether it is an S3-style server.",
          cause);
    }
    if (cause instanceof IOException) {
      String told = cause.getMessage() == null ? "" : Diagnoses.told(cause.getMessage(), access);
      return new SourceFailure(
          SourceFault.UNREACHABLE,
          uri.getAuthority()
              + " cannot be reached, or broke off. See whether the portal's machine reaches it."
              + (told.isEmpty() ? "" : " It was: " + told),
          cause);
    }
    return new SourceFailure(
        SourceFault.UNREADABLE, uri.getAuthority() + " could not be asked.", cause);
  }

  private SourceFailure late(URI uri, Throwable cause) {
    return new SourceFailure(
        SourceFault.TIMEOUT,
        uri.getAuthority()
            + " did not answer within "
            + pageLimit.toSeconds()
            + " seconds. See whether it is well.",
        cause);
  }

  private static SourceFailure refused(Access access, HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    String code = first(CODE, body);
    String region =
        response.headers().firstValue("x-amz-bucket-region").orElseGet(() -> first(REGION, body));
    return switch (response.statusCode()) {
      case 401, 403 -> wrongKeys(access, code);
      case 404 ->
          said(
              SourceFault.GONE,
              "There is no such bucket. Bring it back, or remove this source.",
              access,
              code);
      case 301, 302, 303, 307, 308 -> elsewhere(access, response, region);
      case 400 ->
          switch (code) {
            case "ExpiredToken", "InvalidToken" -> wrongKeys(access, code);
            case "AuthorizationHeaderMalformed" -> elsewhere(access, response, region);
            default -> unreadable(access, 400, code);
          };
      default -> unreadable(access, response.statusCode(), code);
    };
  }

  private static SourceFailure wrongKeys(Access access, String code) {
    return said(
        SourceFault.WRONG_PASSWORD,
        access.environment().containsKey("AWS_ACCESS_KEY_ID")
            ? "Its keys do not open the bucket. Give keys that may list it (s3:ListBucket)."
            : "Nobody may list the bucket without keys. Give AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY.",
        access,
        code);
  }

  /** Names where the bucket lies; the portal does not go there by itself. */
  private static SourceFailure elsewhere(
      Access access, HttpResponse<byte[]> response, String region) {
    String address = response.headers().firstValue("Location").orElse("").replaceFirst("\\?.*", "");
    StringBuilder sentence = new StringBuilder("The bucket is not to be had at this address");
    if (!region.isEmpty()) {
      sentence.append(", its region is ").append(Unmappable.shown(region));
    }
    if (!address.isEmpty()) {
      sentence.append(", it is sent to ").append(Unmappable.shown(Diagnoses.told(address, access)));
    }
    sentence.append(". Give AWS_DEFAULT_REGION and the address of its region.");
    return new SourceFailure(SourceFault.UNREACHABLE, sentence.toString());
  }

  private static SourceFailure unreadable(Access access, int status, String code) {
    return said(
        SourceFault.UNREADABLE,
        "Its server answered with status " + status + " instead of a list. See whether it is well.",
        access,
        code);
  }

  private static SourceFailure said(
      SourceFault fault, String sentence, Access access, String code) {
    return new SourceFailure(
        fault, code.isEmpty() ? sentence : sentence + " It said: " + Diagnoses.told(code, access));
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
