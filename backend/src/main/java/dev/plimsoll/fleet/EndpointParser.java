package dev.plimsoll.fleet;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one endpoint; see {@link Endpoint#parse(String, boolean)}. */
record EndpointParser(String text) {
  private static final int SSH_PORT = 22;

  /** {@code sun_path} of unix(7) holds 108 bytes, the last of them zero. */
  private static final int LONGEST_SOCKET = 107;

  private static final int LONGEST_NAME = 253;

  private static final Pattern SCHEME = Pattern.compile("(?s)([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[(?<v6>[^\\]]*)\\]|(?<name>[^:\\[\\]]*))(?::(?<port>[0-9]{1,5}))?");
  private static final Pattern NAME =
      Pattern.compile(
          "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*");
  private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?[0-9]+");
  private static final Pattern USER = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.\\\\-]{0,63}");

  private record Address(String host, int port) {}

  Endpoint parse(int tcpPort) {
    Matcher matcher = SCHEME.matcher(text);
    if (!matcher.matches()) {
      throw bad("has no scheme: write unix:///path, tcp://host:port or ssh://user@host");
    }
    String rest = matcher.group(2);
    return switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
      case "unix" -> unix(rest);
      case "tcp" -> tcp(rest, tcpPort);
      case "ssh" -> ssh(rest);
      default -> throw bad("has a scheme that is not supported: use unix, tcp or ssh");
    };
  }

  private Endpoint unix(String path) {
    if (!path.startsWith("/") || path.endsWith("/")) {
      throw bad("names no socket: write its whole path, as in unix:///var/run/docker.sock");
    }
    if (path.chars().anyMatch(c -> c < ' ' || c == '?' || c == '#')) {
      throw bad("has a character that no socket's path may have");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
      throw bad("is too long: a socket's path has at most " + LONGEST_SOCKET + " bytes");
    }
    return new Endpoint.Unix(path);
  }

  private Endpoint tcp(String rest, int defaultPort) {
    if (rest.indexOf('@') >= 0) {
      throw hidden("A tcp endpoint takes no user: write tcp://host:port");
    }
    Address address = address(rest, defaultPort);
    return new Endpoint.Tcp(address.host(), address.port());
  }

  private Endpoint ssh(String rest) {
    int at = rest.lastIndexOf('@');
    if (at < 0) {
      throw bad("names no user: write ssh://user@host");
    }
    String user = rest.substring(0, at);
    if (user.indexOf(':') >= 0) {
      throw hidden("An ssh endpoint takes no password, only a key: write ssh://user@host");
    }
    if (!USER.matcher(user).matches()) {
      throw bad("has a user name with characters that are not supported");
    }
    Address address = address(rest.substring(at + 1), SSH_PORT);
    return new Endpoint.Ssh(user, address.host(), address.port());
  }

  private Address address(String rest, int defaultPort) {
    if (rest.chars().anyMatch(c -> c == '/' || c == '?' || c == '#')) {
      throw bad("has a path or a query: only host and port can be given");
    }
    Matcher matcher = ADDRESS.matcher(rest);
    if (!matcher.matches()) {
      throw bad(
          "is not of the form host:port; an IPv6 address stands in brackets, as in [::1]:2376");
    }
    String port = matcher.group("port");
    int number = port == null ? defaultPort : Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw bad("has a port that is none: ports go from 1 to 65535");
    }
    String v6 = matcher.group("v6");
    return new Address(v6 != null ? v6(v6) : name(matcher.group("name")), number);
  }

  private String v6(String address) {
    if (address.indexOf('%') >= 0) {
      throw bad("has an IPv6 address with a zone, which means something on one machine only");
    }
    try {
      Inet6Address.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      throw bad("has an IPv6 address that is none");
    }
    return lower(address);
  }

  private String name(String typed) {
    String name = lower(typed);
    if (name.isEmpty()) {
      throw bad("names no host");
    }
    if (NUMERIC.matcher(name).matches()) {
      try {
        return Inet4Address.ofLiteral(name).getHostAddress();
      } catch (IllegalArgumentException e) {
        throw bad("has an IPv4 address that is none");
      }
    }
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw bad("has a host name that is none");
    }
    return name;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private IllegalArgumentException bad(String what) {
    String shown = text.length() > 120 ? text.substring(0, 120) + "…" : text;
    return new IllegalArgumentException("\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\" " + what);
  }

  /** For texts that may hold a password, which is not repeated. */
  private static IllegalArgumentException hidden(String what) {
    return new IllegalArgumentException(what);
  }
}
