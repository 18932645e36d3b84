package dev.plimsoll.home.postgres;

import java.nio.file.Path;

/**
 * How one server runs. It listens on 127.0.0.1 alone, opens no UNIX socket, and lets nobody in
 * without a password (SCRAM-SHA-256, RFC 7677).
 *
 * @param dataDirectory created on the first start; nothing else may lie in it
 * @param log the server's own log; started anew once it is larger than 10 MB
 * @param port a free TCP port
 * @param superuserPassword of the role {@code postgres}; counts on the first start
 * @param maxConnections 10 or more
 * @param durable false trades safety in a power cut for speed: for tests alone
 */
public record PostgresSettings(
    Path dataDirectory,
    Path log,
    int port,
    String superuserPassword,
    int maxConnections,
    boolean durable) {

  /** The role that {@code initdb} creates and that owns the server. */
  public static final String SUPERUSER = "postgres";

  /** A JDBC URL for a database of this server, without credentials. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  String serverConfiguration() {
    return """
    # Written anew at every start.
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    password_encryption = 'scram-sha-256'
    max_connections = %d
    shared_buffers = '128MB'
    timezone = 'UTC'
    log_timezone = 'UTC'
    log_line_prefix = '%%m [%%p] '
    fsync = %s
    full_page_writes = %s
    synchronous_commit = %s
    """
        .formatted(port, maxConnections, onOff(durable), onOff(durable), onOff(durable));
  }

  String hostBasedAuthentication() {
    return """
    # Written anew at every start.
    host all all 127.0.0.1/32 scram-sha-256
    """;
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }

  /** Without the password, so that a log never holds it. */
  @Override
  public String toString() {
    return "PostgresSettings[dataDirectory=%s, port=%d]".formatted(dataDirectory, port);
  }
}
