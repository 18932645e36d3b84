package dev.plimsoll.access;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets one transaction at a time change accounts, over all portal processes: rules such as "never
 * the last administrator" look at other rows than those they change.
 */
@Component
class PeopleLock {
  private static final long KEY = 0x706c6d_70656f70L;

  private final JdbcClient jdbc;

  PeopleLock(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Waits for the lock; it is held until the transaction ends. */
  void hold() {
    jdbc.sql("select pg_advisory_xact_lock(:key)").param("key", KEY).query().listOfRows();
  }
}
