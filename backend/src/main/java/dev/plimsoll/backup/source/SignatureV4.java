package dev.plimsoll.backup.source;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs GET requests without a body to an S3-style store, by AWS Signature Version 4 in its form
 * with an Authorization header. Never printed: it holds the secret key.
 */
final class SignatureV4 {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String SERVICE = "s3";
  private static final String REQUEST = "aws4_request";
  private static final String EMPTY_BODY = hash("");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

  private final String keyId;
  private final String secretKey;
  private final @Nullable String sessionToken;
  private final String region;

  SignatureV4(String keyId, String secretKey, @Nullable String sessionToken, String region) {
    this.keyId = keyId;
    this.secretKey = secretKey;
    this.sessionToken = sessionToken;
    this.region = region;
  }

  /**
   * The headers that make a request a signed one.
   *
   * @param uri its query as {@link #query} writes it
   */
  Map<String, String> headers(URI uri, Instant at) {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("x-amz-content-sha256", EMPTY_BODY);
    headers.put("x-amz-date", TIME.format(at));
    if (sessionToken != null) {
      headers.put("x-amz-security-token", sessionToken);
    }
    headers.put("Authorization", authorization(uri, headers, at));
    return headers;
  }

  /**
   * The header that signs a request with these headers and its host.
   *
   * @param headers their names in lower case, without the host
   */
  String authorization(URI uri, Map<String, String> headers, Instant at) {
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("host", host(uri));
    String names = String.join(";", signed.keySet());
    String canonical =
        "GET\n"
            + (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
            + "\n"
            + (uri.getRawQuery() == null ? "" : uri.getRawQuery())
            + "\n"
            + signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining())
            + "\n"
            + names
            + "\n"
            + EMPTY_BODY;
    String scope = String.join("/", DAY.format(at), region, SERVICE, REQUEST);
    String toSign = String.join("\n", ALGORITHM, TIME.format(at), scope, hash(canonical));
    return ALGORITHM
        + " Credential="
        + keyId
        + "/"
        + scope
        + ",SignedHeaders="
        + names
        + ",Signature="
        + HexFormat.of().formatHex(hmac(signingKey(at), toSign));
  }

  /** A query in the one form that can be signed: sorted by name, all but unreserved escaped. */
  static String query(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(parameter -> escaped(parameter.getKey()) + "=" + escaped(parameter.getValue()))
            .collect(Collectors.joining("&"));
  }

  @Override
  public String toString() {
    return "SignatureV4[secret]";
  }

  private byte[] signingKey(Instant at) {
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    return hmac(hmac(hmac(hmac(key, DAY.format(at)), region), SERVICE), REQUEST);
  }

  /** As the client sends it: the port of the scheme is left out. */
  private static String host(URI uri) {
    int usual = "https".equals(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    return uri.getPort() == -1 || uri.getPort() == usual
        ? uri.getHost()
        : uri.getHost() + ":" + uri.getPort();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || "-._~".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
