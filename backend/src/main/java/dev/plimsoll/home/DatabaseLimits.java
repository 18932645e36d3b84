package dev.plimsoll.home;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds on what one portal process asks of the database.
 *
 * @param web of pages and the API
 * @param work of collections and the portal's own jobs
 */
@ConfigurationProperties("plimsoll.database")
record DatabaseLimits(@DefaultValue Web web, @DefaultValue Work work) {

  /**
   * Bounds of one lane.
   *
   * @param connections most at once
   * @param statement longest time for one statement
   * @param lock longest wait for one lock
   * @param idleInTransaction longest pause within a transaction, after which it is rolled back
   */
  record Lane(int connections, Duration statement, Duration lock, Duration idleInTransaction) {}

  /** As {@link Lane}; nobody waits for a page that takes longer. */
  record Web(
      @DefaultValue("12") int connections,
      @DefaultValue("30s") Duration statement,
      @DefaultValue("20s") Duration lock,
      @DefaultValue("60s") Duration idleInTransaction) {
    Lane lane() {
      return new Lane(connections, statement, lock, idleInTransaction);
    }
  }

  /** As {@link Lane}; a process that freezes within a transaction holds others up no longer. */
  record Work(
      @DefaultValue("12") int connections,
      @DefaultValue("120s") Duration statement,
      @DefaultValue("60s") Duration lock,
      @DefaultValue("60s") Duration idleInTransaction) {
    Lane lane() {
      return new Lane(connections, statement, lock, idleInTransaction);
    }
  }
}
