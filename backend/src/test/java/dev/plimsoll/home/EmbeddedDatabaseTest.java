package dev.plimsoll.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  @TempDir private Path directory;

  @Test
  @DisplayName(
      "While one portal runs, a second is refused; once it was killed, the next finds its data")
  void oneAtATime() throws IOException, InterruptedException, SQLException {
    PlimsollHome home = PlimsollHome.open(directory);
    try (EmbeddedDatabase first = EmbeddedDatabase.start(home)) {
      ask(first, "CREATE TABLE kept AS SELECT 7 AS n");
    }

    try (PortalProcess other = PortalProcess.start(directory)) {
      assertThatExceptionOfType(StartupRefusal.class)
          .isThrownBy(() -> EmbeddedDatabase.start(home))
          .withMessage(
              "Another portal already runs on %s: stop it, or give this one a PLIMSOLL_HOME of its own.",
              directory)
          .satisfies(refusal -> assertThat(refusal.getExitCode()).isEqualTo(2));
      other.kill();
    }

    try (EmbeddedDatabase next = EmbeddedDatabase.start(home)) {
      assertThat(ask(next, "SELECT n FROM kept")).isEqualTo("7");
    }
  }

  @Test
  @DisplayName("The portal's role owns its database and is no superuser")
  void role() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(PlimsollHome.open(directory))) {
      assertThat(
              ask(
                  database,
                  "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("f");
      assertThat(
              ask(
                  database,
                  "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
          .isEqualTo("plimsoll");
    }
  }

  private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
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
}
