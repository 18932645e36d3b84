package dev.plimsoll.backup.source;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bucket, or the directory of one, in which archives lie: {@code
 * s3:https://HOST/BUCKET/PREFIX}. Without TLS only on the portal's own machine, as a session's
 * token would be there for all to see.
 *
 * @param endpoint address of the server, without a path
 * @param name of the bucket
 * @param prefix of the keys of what lies in it: empty, or ending with a slash
 */
record Bucket(URI endpoint, String name, String prefix) {
  private static final int MOST_KEYS = 1000;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern FORM =
      Pattern.compile(
          "s3:(?<endpoint>(?:https://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])"
              + "|http://(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]))(?::(?<port>[0-9]{1,5}))?)"
              + "/(?<bucket>[A-Za-z0-9][A-Za-z0-9._-]{1,254})(?:/(?<prefix>.*))?");

  /** Whether a text is a bucket's location. */
  static boolean takes(String text) {
    return parse(text) != null;
  }

  /**
   * Reads a location that {@link #takes} took.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Bucket of(String location) {
    Bucket bucket = parse(location);
    if (bucket == null) {
      throw new IllegalArgumentException("It is no location of a bucket");
    }
    return bucket;
  }

  /** The address of a page of its list; the token is null for the first one. */
  URI page(@Nullable String token) {
    Map<String, String> query = new TreeMap<>();
    query.put("list-type", "2");
    query.put("max-keys", String.valueOf(MOST_KEYS));
    query.put("prefix", prefix);
    if (token != null) {
      query.put("continuation-token", token);
    }
    return URI.create(endpoint + "/" + name + "?" + SignatureV4.query(query));
  }

  private static @Nullable Bucket parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String port = matcher.group("port");
    URI endpoint;
    try {
      endpoint = URI.create(matcher.group("endpoint"));
    } catch (IllegalArgumentException e) {
      return null; // such as an IPv6 address that is none
    }
    if (endpoint.getHost() == null || (port != null && !isPort(Integer.parseInt(port)))) {
      return null;
    }
    String typed = matcher.group("prefix");
    String prefix = typed == null ? "" : typed;
    boolean complete = prefix.isEmpty() || prefix.endsWith("/");
    return new Bucket(endpoint, matcher.group("bucket"), complete ? prefix : prefix + "/");
  }

  private static boolean isPort(int number) {
    return number > 0 && number <= HIGHEST_PORT;
  }
}
