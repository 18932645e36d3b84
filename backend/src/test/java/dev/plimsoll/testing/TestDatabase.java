package dev.plimsoll.testing;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A migrated, empty database of its own, copied from a template in well under a second. All copies
 * of a JVM lie in one PostgreSQL server, which is started when the first is asked for.
 *
 * <p>Most tests want {@link DatabaseTest} instead, which makes one for a test class.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** Copies the template; close what is returned to drop the copy. */
  public static TestDatabase create() {
    String name = "test_" + COUNT.incrementAndGet();
    Shared.SERVER.createDatabase(name);
    return new TestDatabase(name);
  }

  /** The copy's JDBC URL, without credentials. */
  public String jdbcUrl() {
    return Shared.SERVER.jdbcUrl(name);
  }

  /** The role that owns the copy; it is no superuser. */
  public String username() {
    return TestPostgres.ROLE;
  }

  /** The role's password. */
  public String password() {
    return TestPostgres.PASSWORD;
  }

  /** Opens a new connection for each call, as tests want it; not a pool. */
  public DataSource dataSource() {
    return Shared.SERVER.dataSource(name);
  }

  /** Drops the copy, and with it every connection that is still open. */
  @Override
  public void close() {
    Shared.SERVER.dropDatabase(name);
  }

  private static final class Shared {
    static final TestPostgres SERVER = TestPostgres.start();
  }
}
