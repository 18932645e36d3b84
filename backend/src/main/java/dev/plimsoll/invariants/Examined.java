package dev.plimsoll.invariants;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The snapshot of a database that is checked. SQL may use the parameter {@code host}, which is null
 * for all of them, and {@code horizon}, as of which and later the past is kept whole.
 *
 * @param hostId null for all
 * @param horizon the first instant of which everything is kept
 * @param now of the database, when the snapshot was taken
 */
record Examined(JdbcClient jdbc, @Nullable Long hostId, Instant horizon, Instant now) {
  /** Rows fetched at once: what is checked may be larger than memory. */
  private static final int FETCH = 1000;

  static JdbcClient streaming(DataSource dataSource) {
    JdbcTemplate template = new JdbcTemplate(dataSource);
    template.setFetchSize(FETCH);
    return JdbcClient.create(template);
  }

  /** The condition that a row is of the hosts that are checked. */
  static String ofHost(String column) {
    return "(cast(:host as bigint) is null or " + column + " = :host)";
  }

  /** The number that a query counts. */
  long count(String sql) {
    return query(sql).query(Long.class).single();
  }

  /**
   * Every row of a query is a violation: its first column says which row, its second what is wrong.
   */
  void each(String table, String sql, Consumer<Violation> violations) {
    query(sql)
        .query(
            row -> {
              violations.accept(new Violation(table, row.getString(1), row.getString(2)));
            });
  }

  /** The hosts that were ever published. */
  List<Long> publishedHosts() {
    return query("select host_id from host_publication where " + ofHost("host_id") + " order by 1")
        .query(Long.class)
        .list();
  }

  /**
   * Computes something of every host that was ever published. Where a host cannot be computed, that
   * is a violation, and the others are computed all the same.
   *
   * @param compute how many rows were checked, by host ID
   */
  long eachHost(ToLongFunction<Long> compute, Consumer<Violation> violations) {
    long rows = 0;
    for (long host : publishedHosts()) {
      try {
        rows += compute.applyAsLong(host);
      } catch (DataAccessException e) {
        throw e; // the snapshot itself cannot be read
      } catch (RuntimeException e) {
        violations.accept(
            new Violation("host", Long.toString(host), "it cannot be computed: " + e.getMessage()));
      }
    }
    return rows;
  }

  private JdbcClient.StatementSpec query(String sql) {
    return jdbc.sql(sql).param("host", hostId).param("horizon", horizon.atOffset(ZoneOffset.UTC));
  }
}
