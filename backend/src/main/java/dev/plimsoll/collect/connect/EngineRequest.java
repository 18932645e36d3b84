package dev.plimsoll.collect.connect;

import java.util.regex.Pattern;

/**
 * A request that may be sent to an engine. Its factories are the allow-list: nothing else can be
 * asked, so nothing on a host can be changed, and the key that unlocks a swarm is never read.
 *
 * @param path path and query below the version prefix, such as {@code /containers/json?all=true}
 */
public record EngineRequest(String path) {
  private static final String PING = "/_ping";

  /**
   * Checks the path against the allow-list.
   *
   * @throws IllegalArgumentException if it is not on it
   */
  public EngineRequest {
    AllowList.check("GET", path);
  }

  /** Whether an engine answers; the only request that no version prefix precedes. */
  public static EngineRequest ping() {
    return new EngineRequest(PING);
  }

  /** The engine's version and the API versions that it speaks. */
  public static EngineRequest version() {
    return new EngineRequest("/version");
  }

  /** The engine's own account of itself. */
  public static EngineRequest info() {
    return new EngineRequest("/info");
  }

  /** All containers, those that do not run included. */
  public static EngineRequest containers() {
    return new EngineRequest("/containers/json?all=true");
  }

  /**
   * One container.
   *
   * @param id ID or name, without a leading slash
   */
  public static EngineRequest container(String id) {
    return new EngineRequest("/containers/" + container(id, "container ID") + "/json");
  }

  /**
   * One container, with the size of its own layer.
   *
   * @param id as for {@link #container}
   */
  public static EngineRequest containerWithSize(String id) {
    return new EngineRequest("/containers/" + container(id, "container ID") + "/json?size=1");
  }

  /**
   * The processes of one running container: number, user as the host numbers it, and command.
   *
   * @param id as for {@link #container}
   */
  public static EngineRequest processes(String id) {
    return new EngineRequest(
        "/containers/" + container(id, "container ID") + "/top?ps_args=-eo%20pid,uid,comm");
  }

  /**
   * What one container changed in its own layer.
   *
   * @param id as for {@link #container}
   */
  public static EngineRequest changes(String id) {
    return new EngineRequest("/containers/" + container(id, "container ID") + "/changes");
  }

  /** All images, intermediate layers left out. */
  public static EngineRequest images() {
    return new EngineRequest("/images/json");
  }

  /**
   * One image.
   *
   * @param id {@code sha256:} and hexadecimal digits; the prefix may be absent
   */
  public static EngineRequest image(String id) {
    return new EngineRequest("/images/" + valid(AllowList.IMAGE, id, "image ID") + "/json");
  }

  /**
   * How one image was built.
   *
   * @param id as for {@link #image}
   */
  public static EngineRequest imageHistory(String id) {
    return new EngineRequest("/images/" + valid(AllowList.IMAGE, id, "image ID") + "/history");
  }

  /**
   * All files of one image as a tar archive; to be read as a stream.
   *
   * @param id as for {@link #image}
   */
  public static EngineRequest imageFiles(String id) {
    return new EngineRequest("/images/" + valid(AllowList.IMAGE, id, "image ID") + "/get");
  }

  /** Whether a text is the ID of an image, as requests take it. */
  public static boolean isImageId(String text) {
    return AllowList.IMAGE.matcher(text).matches();
  }

  /** All volumes, each with its details. */
  public static EngineRequest volumes() {
    return new EngineRequest("/volumes");
  }

  /** All networks. */
  public static EngineRequest networks() {
    return new EngineRequest("/networks");
  }

  /** One network, with the containers on it. */
  public static EngineRequest network(String id) {
    return new EngineRequest("/networks/" + valid(AllowList.NETWORK, id, "network ID"));
  }

  /** Managed plugins, those that are off included. */
  public static EngineRequest plugins() {
    return new EngineRequest("/plugins");
  }

  /** The swarm, as a manager shows it. The answer holds join tokens: keep none of it as it is. */
  public static EngineRequest swarm() {
    return new EngineRequest("/swarm");
  }

  /** All nodes of the swarm, as a manager shows them. */
  public static EngineRequest nodes() {
    return new EngineRequest("/nodes");
  }

  /** All services of the swarm, as a manager shows them. */
  public static EngineRequest services() {
    return new EngineRequest("/services");
  }

  /**
   * A file of a container as a tar archive.
   *
   * @param id container ID or name
   * @param file {@code /etc/passwd} or {@code /etc/group}
   */
  public static EngineRequest archive(String id, String file) {
    return new EngineRequest(
        "/containers/" + container(id, "container ID") + "/archive?path=" + file);
  }

  /**
   * What happened to containers and volumes since an instant, as far as the engine remembers, and
   * whatever happens from now on; the answer has no end.
   *
   * @param sinceNanos by the engine's clock, in nanoseconds since 1970; 0 for all that it remembers
   */
  public static EngineRequest events(long sinceNanos) {
    long since = Math.max(0, sinceNanos);
    return new EngineRequest(
        "%s%d.%09d".formatted(AllowList.EVENTS, since / 1_000_000_000, since % 1_000_000_000));
  }

  /**
   * One exec: as whom it ran and whether it was privileged.
   *
   * @param id 64 hexadecimal digits
   */
  public static EngineRequest exec(String id) {
    return new EngineRequest("/exec/" + valid(AllowList.EXEC, id, "exec ID") + "/json");
  }

  /** API from which on {@link #diskUsageOfData} is understood. */
  public static final String DISK_USAGE_BY_TYPE = "1.42";

  /** How large everything on the engine is; may take it minutes, and is to be read as a stream. */
  public static EngineRequest diskUsage() {
    return new EngineRequest("/system/df");
  }

  /** The same of volumes and containers alone. */
  public static EngineRequest diskUsageOfData() {
    return new EngineRequest("/system/df?type=volume&type=container");
  }

  /** The request as people read it, such as {@code GET /info}. */
  public String call() {
    return "GET " + (path.startsWith("/events?") ? "/events" : path);
  }

  /** What follows the request line's method. */
  String uri(ApiVersion version) {
    return path.equals(PING) ? path : "/v" + version + path;
  }

  /** Whether the answer is a JSON document. */
  boolean answersJson() {
    return !path.equals(PING) && !path.contains("/archive?") && !path.endsWith("/get");
  }

  private static String container(String id, String field) {
    return valid(AllowList.CONTAINER, id, field);
  }

  private static String valid(Pattern pattern, String value, String field) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "The %s %s is none: it must match %s"
              .formatted(field, Sentences.quoted(value), pattern.pattern()));
    }
    return value;
  }
}
