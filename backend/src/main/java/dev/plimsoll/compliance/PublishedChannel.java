package dev.plimsoll.compliance;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears in every portal process what any of them published, by PostgreSQL's NOTIFY, and says it as
 * a {@link Published} event. Whatever is said while the connection is down is lost; after it is
 * back, one event for host 0 says that anything may have changed.
 */
@Component
class PublishedChannel implements SmartLifecycle {
  static final String NAME = "plimsoll_published";

  private static final Logger LOG = LoggerFactory.getLogger(PublishedChannel.class);
  private static final int WAIT_MILLIS = 1_000;

  /** A connection that a fallen network left half-open tells nothing: it has to be asked. */
  private static final Duration ASKED_EVERY = Duration.ofSeconds(15);

  private static final int ANSWER_MILLIS = 10_000;
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final DataSource dataSource;
  private final ApplicationEventPublisher events;
  private volatile boolean running;

  /**
   * A channel.
   *
   * @param dataSource outside the pools, for the connection is kept for good
   */
  PublishedChannel(
      @Qualifier("ownConnections") DataSource dataSource, ApplicationEventPublisher events) {
    this.dataSource = dataSource;
    this.events = events;
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("published-channel").start(this::listen);
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void listen() {
    boolean missed = false;
    while (running) {
      try (Connection connection = dataSource.getConnection()) {
        connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
        try (Statement statement = connection.createStatement()) {
          statement.execute("set application_name = 'plimsoll listener'");
          statement.execute("listen " + NAME);
        }
        if (missed) {
          events.publishEvent(new Published(0, 0));
          missed = false;
        }
        hear(connection);
      } catch (SQLException e) {
        if (running) {
          missed = true;
          LOG.warn("No live updates until the database answers again: {}", e.getMessage());
          pause();
        }
      }
    }
  }

  private void hear(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    long asked = System.nanoTime();
    while (running) {
      PGNotification[] heard = postgres.getNotifications(WAIT_MILLIS);
      if (System.nanoTime() - asked > ASKED_EVERY.toNanos()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("select 1");
        }
        asked = System.nanoTime();
      }
      if (heard == null) {
        continue;
      }
      for (PGNotification notification : heard) {
        deliver(notification.getParameter());
      }
    }
  }

  private void deliver(String parameter) {
    int colon = parameter.indexOf(':');
    try {
      events.publishEvent(
          new Published(
              Long.parseLong(parameter.substring(0, colon)),
              Long.parseLong(parameter.substring(colon + 1))));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      LOG.warn("Not a notification of ours: {}", parameter);
    } catch (RuntimeException e) {
      // One listener's fault must not silence the others for good.
      LOG.error("A listener failed on a publication", e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }
}
