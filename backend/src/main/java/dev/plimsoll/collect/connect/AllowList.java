package dev.plimsoll.collect.connect;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Everything that may ever be asked of an engine: GET alone, each path with exactly the query it
 * needs. The patterns admit no percent sign, no slash and no question mark inside an ID, so that
 * what is checked here is what the engine understands.
 */
final class AllowList {
  /** Names as moby accepts them ({@code daemon/names}); IDs are a subset. */
  static final Pattern CONTAINER = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}");

  static final Pattern IMAGE = Pattern.compile("(sha256:)?[0-9a-f]{12,64}");
  static final Pattern NETWORK = Pattern.compile("[a-zA-Z0-9]{12,64}");

  /** An exec's ID. */
  static final Pattern EXEC = Pattern.compile("[0-9a-f]{64}");

  /** Events of containers and volumes, <code>{"type":["container","volume"]}</code>. */
  static final String EVENTS =
      "/events?filters=%7B%22type%22%3A%5B%22container%22%2C%22volume%22%5D%7D&since=";

  private static final Pattern VERSION = Pattern.compile("/v[0-9]{1,2}\\.[0-9]{1,3}(?=/)");

  private static final List<Pattern> PATHS =
      List.of(
          Pattern.compile("/_ping"),
          Pattern.compile("/version"),
          Pattern.compile("/info"),
          Pattern.compile("/containers/json\\?all=true"),
          Pattern.compile("/containers/" + CONTAINER + "/json"),
          Pattern.compile("/containers/" + CONTAINER + "/json\\?size=1"),
          Pattern.compile("/containers/" + CONTAINER + "/changes"),
          Pattern.compile("/containers/" + CONTAINER + "/top\\?ps_args=-eo%20pid,uid,comm"),
          Pattern.compile("/containers/" + CONTAINER + "/archive\\?path=/etc/(passwd|group)"),
          Pattern.compile("/images/json"),
          Pattern.compile("/images/" + IMAGE + "/json"),
          Pattern.compile("/images/" + IMAGE + "/history"),
          Pattern.compile("/images/" + IMAGE + "/get"),
          Pattern.compile("/volumes"),
          Pattern.compile("/networks"),
          Pattern.compile("/networks/" + NETWORK),
          Pattern.compile("/plugins"),
          Pattern.compile("/swarm"),
          Pattern.compile("/nodes"),
          Pattern.compile("/services"),
          Pattern.compile("/system/df"),
          Pattern.compile("/system/df\\?type=volume&type=container"),
          Pattern.compile("/exec/" + EXEC + "/json"),
          Pattern.compile(Pattern.quote(EVENTS) + "[0-9]{1,10}\\.[0-9]{9}"));

  private AllowList() {}

  /** Whether a path and its query, without a version prefix, may be asked. */
  static boolean permits(String path) {
    return PATHS.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  /**
   * The wall before the wire: nothing else leaves, whoever wrote the caller.
   *
   * @param requestUri path and query, with or without a version prefix
   * @throws IllegalArgumentException for another method or path
   */
  static void check(String method, String requestUri) {
    if (!"GET".equals(method) || !permits(VERSION.matcher(requestUri).replaceFirst(""))) {
      throw new IllegalArgumentException(
          "Plimsoll only reads: %s %s is not on its list".formatted(method, requestUri));
    }
  }
}
