package dev.plimsoll.home;

import dev.plimsoll.home.postgres.PostgresBinaries;
import dev.plimsoll.home.postgres.PostgresException;
import dev.plimsoll.home.postgres.PostgresServer;
import dev.plimsoll.home.postgres.PostgresSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The portal's own PostgreSQL below its home, for where no other was given. One portal at a time
 * may have it open.
 */
final class EmbeddedDatabase implements AutoCloseable {
  /** Of the database, and of the role that owns it and nothing else. */
  static final String NAME = "plimsoll";

  private static final int MAX_CONNECTIONS = 100;

  private final HomeLock lock;
  private final PostgresServer server;
  private final String jdbcUrl;
  private final String password;

  private EmbeddedDatabase(HomeLock lock, PostgresServer server, String jdbcUrl, String password) {
    this.lock = lock;
    this.server = server;
    this.jdbcUrl = jdbcUrl;
    this.password = password;
  }

  /**
   * Starts PostgreSQL and makes the portal's role and database where they are missing.
   *
   * @throws StartupRefusal if another portal runs on this home, or PostgreSQL does not start
   */
  static EmbeddedDatabase start(PlimsollHome home) {
    HomeLock lock = HomeLock.take(home);
    try {
      DatabaseCredentials credentials = DatabaseCredentials.of(home);
      PostgresSettings settings =
          new PostgresSettings(
              home.resolve("database"),
              home.resolve("database.log"),
              freePort(),
              credentials.superuser(),
              MAX_CONNECTIONS,
              true);
      PostgresServer server =
          PostgresServer.start(PostgresBinaries.unpack(home.resolve("programs")), settings);
      try {
        prepare(settings, credentials);
      } catch (SQLException e) {
        server.close();
        throw e;
      }
      return new EmbeddedDatabase(lock, server, settings.jdbcUrl(NAME), credentials.portal());
    } catch (PostgresException | SQLException | IOException e) {
      lock.close();
      throw new StartupRefusal(
          "The embedded database in %s does not start: %s"
              .formatted(home.directory(), e.getMessage()),
          e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  /** The URL of an embedded database that listens on a port, without credentials. */
  static String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, NAME);
  }

  /** Owns its database and nothing else. */
  String username() {
    return NAME;
  }

  String password() {
    return password;
  }

  /** Stops PostgreSQL in good order and lets another portal have the home. */
  @Override
  public void close() {
    try {
      server.close();
    } finally {
      lock.close();
    }
  }

  private static void prepare(PostgresSettings settings, DatabaseCredentials credentials)
      throws SQLException {
    PGSimpleDataSource superuser = new PGSimpleDataSource();
    superuser.setUrl(settings.jdbcUrl("postgres"));
    superuser.setUser(PostgresSettings.SUPERUSER);
    superuser.setPassword(credentials.superuser());
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?")) {
        statement.execute("CREATE ROLE %s LOGIN".formatted(NAME));
      }
      // The password is base64 and holds no quote.
      statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(NAME, credentials.portal()));
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?")) {
        statement.execute("CREATE DATABASE %1$s OWNER %1$s".formatted(NAME));
      }
    }
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, NAME);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
