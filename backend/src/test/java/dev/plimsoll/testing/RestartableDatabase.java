package dev.plimsoll.testing;

import javax.sql.DataSource;

/**
 * A migrated database on a PostgreSQL server of its own, which a test may stop and start again on
 * the same port and data. Slower to get than a {@link TestDatabase}: for fault tests alone.
 */
public final class RestartableDatabase implements AutoCloseable {
  private static final String NAME = "plimsoll";

  private final TestPostgres server = TestPostgres.start();

  /** Starts the server. */
  public RestartableDatabase() {
    server.createDatabase(NAME);
  }

  /** Ends every connection and stops the server; connecting is refused from now on. */
  public void stop() {
    server.stop();
  }

  /** Starts the stopped server again. */
  public void start() {
    server.startAgain();
  }

  /** The database's JDBC URL, without credentials; the same before and after. */
  public String jdbcUrl() {
    return server.jdbcUrl(NAME);
  }

  /** The role that owns the database; it is no superuser. */
  public String username() {
    return TestPostgres.ROLE;
  }

  /** The role's password. */
  public String password() {
    return TestPostgres.PASSWORD;
  }

  /** Opens a new connection for each call; not a pool. */
  public DataSource dataSource() {
    return server.dataSource(NAME);
  }

  /** Stops the server and removes its data. */
  @Override
  public void close() {
    server.remove();
  }
}
