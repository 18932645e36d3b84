package dev.plimsoll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DatabaseTest
class TestDatabaseTest {
  private final TestDatabase database;

  TestDatabaseTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  @DisplayName("A copy is migrated, and its role is no superuser")
  void migrated(DataSource dataSource) throws SQLException {
    assertThat(ask(dataSource, "SELECT count(*) > 0 FROM flyway_schema_history")).isEqualTo("t");
    assertThat(ask(dataSource, "SELECT usesuper FROM pg_user WHERE usename = current_user"))
        .isEqualTo("f");
  }

  @Test
  @DisplayName("What one copy holds, another does not see")
  void apart() throws SQLException {
    try (TestDatabase other = TestDatabase.create()) {
      execute(database.dataSource(), "CREATE TABLE only_here ()");

      String question = "SELECT to_regclass('only_here') IS NOT NULL";
      assertThat(ask(database.dataSource(), question)).isEqualTo("t");
      assertThat(ask(other.dataSource(), question)).isEqualTo("f");
    }
  }

  @Test
  @DisplayName("A closed copy is gone")
  void dropped() {
    TestDatabase other = TestDatabase.create();
    other.close();

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> ask(other.dataSource(), "SELECT 1"))
        .withMessageContaining("does not exist");
  }

  @Nested
  class Inside {
    @Test
    @DisplayName("A nested class has the database of the class around it")
    void shared(TestDatabase inner) {
      assertThat(inner.jdbcUrl()).isEqualTo(database.jdbcUrl());
    }
  }

  @Test
  @DisplayName("A stopped server refuses, and a started one has kept its data")
  void restart() throws SQLException {
    try (RestartableDatabase own = new RestartableDatabase()) {
      execute(own.dataSource(), "CREATE TABLE kept ()");

      own.stop();
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> ask(own.dataSource(), "SELECT 1"))
          .withMessageContaining("refused");

      own.start();
      assertThat(ask(own.dataSource(), "SELECT to_regclass('kept') IS NOT NULL")).isEqualTo("t");
    }
  }

  private static void execute(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}
