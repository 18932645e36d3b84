package dev.plimsoll.testing;

import dev.plimsoll.home.postgres.PostgresBinaries;
import dev.plimsoll.home.postgres.PostgresServer;
import dev.plimsoll.home.postgres.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server for tests: fast and forgetful, below the module's {@code target}. It is gone
 * when the JVM ends; what a killed JVM left behind, the next one removes.
 */
final class TestPostgres {
  /** Owns the databases, and is no superuser: as in production. */
  static final String ROLE = "plimsoll";

  static final String PASSWORD = "for-tests-only";

  private static final Path ROOT = Path.of("target", "postgresql").toAbsolutePath();
  private static final Path SERVERS = ROOT.resolve("servers");
  private static final String TEMPLATE = "plimsoll_template";

  private final Path directory;
  private final PostgresSettings settings;
  private PostgresServer server;

  private TestPostgres(Path directory, PostgresSettings settings) {
    this.directory = directory;
    this.settings = settings;
    this.server = PostgresServer.start(binaries(), settings);
  }

  /** Starts a server and migrates its template database. */
  static TestPostgres start() {
    try {
      Files.createDirectories(SERVERS);
      removeLeftOvers();
      Path directory =
          Files.createTempDirectory(SERVERS, ProcessHandle.current().pid() + "-").toAbsolutePath();
      TestPostgres started =
          new TestPostgres(
              directory,
              new PostgresSettings(
                  directory.resolve("data"),
                  directory.resolve("log"),
                  freePort(),
                  PASSWORD,
                  300,
                  false));
      Runtime.getRuntime().addShutdownHook(new Thread(started::remove));
      started.execute(
          "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(ROLE, PASSWORD),
          "CREATE DATABASE %s OWNER %s".formatted(TEMPLATE, ROLE));
      Flyway.configure()
          .dataSource(started.dataSource(TEMPLATE))
          .locations("classpath:db/migration")
          .load()
          .migrate();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the migrated template. */
  void createDatabase(String name) {
    execute("CREATE DATABASE %s TEMPLATE %s OWNER %s".formatted(name, TEMPLATE, ROLE));
  }

  void dropDatabase(String name) {
    execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
  }

  String jdbcUrl(String database) {
    return settings.jdbcUrl(database);
  }

  DataSource dataSource(String database) {
    return dataSource(database, ROLE);
  }

  void stop() {
    server.close();
  }

  /** Starts again on the same port and data. */
  void startAgain() {
    server = PostgresServer.start(binaries(), settings);
  }

  void remove() {
    server.close();
    FileSystemUtils.deleteRecursively(directory.toFile());
  }

  private static PostgresBinaries binaries() {
    return PostgresBinaries.unpack(ROOT);
  }

  private DataSource dataSource(String database, String role) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(settings.jdbcUrl(database));
    dataSource.setUser(role);
    dataSource.setPassword(PASSWORD);
    return dataSource;
  }

  private void execute(String... statements) {
    try (Connection connection =
            dataSource("postgres", PostgresSettings.SUPERUSER).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The test database refused a statement", e);
    }
  }

  private static void removeLeftOvers() throws IOException {
    try (Stream<Path> servers = Files.list(SERVERS)) {
      for (Path left : servers.filter(TestPostgres::isLeftOver).toList()) {
        PostgresServer.stopOrphan(binaries(), left.resolve("data"));
        FileSystemUtils.deleteRecursively(left);
      }
    }
  }

  private static boolean isLeftOver(Path directory) {
    String pid = List.of(directory.getFileName().toString().split("-", 2)).getFirst();
    return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
