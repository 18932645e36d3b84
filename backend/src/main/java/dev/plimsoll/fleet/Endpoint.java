package dev.plimsoll.fleet;

/**
 * Where an engine listens, and how it is reached.
 *
 * <p>Written as {@code unix:///var/run/docker.sock}, {@code tcp://host:2375} or {@code
 * ssh://user@host:22}; whether a TCP endpoint speaks TLS follows from its credential.
 */
public sealed interface Endpoint {

  /** The endpoint as people write it, port always named. */
  String uri();

  /**
   * Reads an endpoint whose TCP port, if absent, is 2375.
   *
   * @throws IllegalArgumentException with a sentence that names the text and the remedy
   */
  static Endpoint parse(String text) {
    return parse(text, false);
  }

  /**
   * Reads an endpoint.
   *
   * @param tls whether it is reached with TLS: a TCP port that is absent is then 2376, else 2375
   * @throws IllegalArgumentException with a sentence that names the text and the remedy
   */
  static Endpoint parse(String text, boolean tls) {
    return new EndpointParser(text.strip()).parse(tls ? 2376 : 2375);
  }

  /** A socket on the portal's own machine. */
  record Unix(String path) implements Endpoint {
    @Override
    public String uri() {
      return "unix://" + path;
    }
  }

  /** A TCP port; port 2376 by convention with TLS, 2375 without. */
  record Tcp(String host, int port) implements Endpoint {
    @Override
    public String uri() {
      return "tcp://" + bracketed(host) + ":" + port;
    }
  }

  /** An SSH server whose user may run {@code docker system dial-stdio}. */
  record Ssh(String user, String host, int port) implements Endpoint {
    @Override
    public String uri() {
      return "ssh://" + user + "@" + bracketed(host) + ":" + port;
    }
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }
}
