package dev.plimsoll.home.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  private static final String PASSWORD = "correct horse";

  @TempDir private Path directory;

  @AfterEach
  void stopWhatIsLeft() {
    PostgresServer.stopOrphan(binaries(), directory.resolve("data"));
  }

  @Test
  @DisplayName("Nobody comes in without the password, over TCP or a socket")
  void password() throws IOException, SQLException {
    PostgresSettings settings = settings(freePort());
    try (PostgresServer server = PostgresServer.start(binaries(), settings)) {
      assertThat(server.isRunning()).isTrue();
      assertThat(ask(settings, PASSWORD, "SELECT 1")).isEqualTo("1");
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> ask(settings, "wrong", "SELECT 1"))
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      assertThat(ask(settings, PASSWORD, "SHOW unix_socket_directories")).isEmpty();
      assertThat(ask(settings, PASSWORD, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(
              ask(
                  settings,
                  PASSWORD,
                  "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
    }
  }

  @Test
  @DisplayName("What is to last is written to disk, and the data directory is the owner's alone")
  void durable() throws IOException, SQLException {
    PostgresSettings settings = settings(freePort(), true);
    try (PostgresServer server = PostgresServer.start(binaries(), settings)) {
      assertThat(server.isRunning()).isTrue();
      assertThat(ask(settings, PASSWORD, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(settings, PASSWORD, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(ask(settings, PASSWORD, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(ask(settings, PASSWORD, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(Files.getPosixFilePermissions(settings.dataDirectory()))
          .allSatisfy(permission -> assertThat(permission.name()).startsWith("OWNER_"));
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("data", "log");
    }
  }

  @Test
  @DisplayName("A server that a killed portal left behind is replaced, and its data is kept")
  void orphan() throws IOException, SQLException {
    PostgresSettings before = settings(freePort());
    PostgresServer left = PostgresServer.start(binaries(), before);
    ask(before, PASSWORD, "CREATE TABLE kept AS SELECT 7 AS n");
    long firstPid = pid();

    PostgresSettings after = settings(freePort());
    try (PostgresServer server = PostgresServer.start(binaries(), after)) {
      assertThat(server.isRunning()).isTrue();
      assertThat(pid()).isNotEqualTo(firstPid);
      // A dead process that nobody has waited for yet still has a number, but no program.
      assertThat(ProcessHandle.of(firstPid).flatMap(process -> process.info().command())).isEmpty();
      assertThat(ask(after, PASSWORD, "SELECT n FROM kept")).isEqualTo("7");
    }
    assertThat(left.isRunning()).isFalse();
  }

  @Test
  @DisplayName("A process number left in postmaster.pid is not taken for a server when it is none")
  void reusedProcessNumber() throws IOException, SQLException {
    PostgresSettings settings = settings(freePort());
    PostgresServer.start(binaries(), settings).close();
    Files.writeString(
        directory.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");

    try (PostgresServer server = PostgresServer.start(binaries(), settings)) {
      assertThat(server.isRunning()).isTrue();
      assertThat(ask(settings, PASSWORD, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("A taken port is named with what the server says")
  void takenPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(PostgresException.class)
          .isThrownBy(() -> PostgresServer.start(binaries(), settings(taken.getLocalPort())))
          .withMessageContaining("Address already in use");
    }
  }

  @Test
  @DisplayName("Half a data directory, left by a killed first start, is made anew")
  void halfInitialised() throws IOException, SQLException {
    Files.createDirectories(directory.resolve("data.new/base"));
    PostgresSettings settings = settings(freePort());

    try (PostgresServer server = PostgresServer.start(binaries(), settings)) {
      assertThat(server.isRunning()).isTrue();
      assertThat(ask(settings, PASSWORD, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("Data of another major version is refused with both versions named")
  void otherVersion() throws IOException {
    PostgresSettings settings = settings(freePort());
    Files.createDirectories(settings.dataDirectory());
    Files.writeString(settings.dataDirectory().resolve("PG_VERSION"), "15\n");

    assertThatExceptionOfType(PostgresException.class)
        .isThrownBy(() -> PostgresServer.start(binaries(), settings))
        .withMessageContaining("written by PostgreSQL 15, and this is PostgreSQL 18");
  }

  private long pid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst().strip());
  }

  private PostgresSettings settings(int port) {
    return settings(port, false);
  }

  private PostgresSettings settings(int port, boolean durable) {
    return new PostgresSettings(
        directory.resolve("data"), directory.resolve("log"), port, PASSWORD, 20, durable);
  }

  private static PostgresBinaries binaries() {
    return PostgresBinaries.unpack(Path.of("target", "postgresql").toAbsolutePath());
  }

  private static String ask(PostgresSettings settings, String password, String sql)
      throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                settings.jdbcUrl("postgres"), PostgresSettings.SUPERUSER, password);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet result = statement.getResultSet()) {
        assertThat(result.next()).isTrue();
        return result.getString(1);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
