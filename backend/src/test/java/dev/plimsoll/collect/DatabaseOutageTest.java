package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.RestartableDatabase;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.TestPortal;
import dev.plimsoll.testing.Waiting;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.CannotCreateTransactionException;

/** PostgreSQL goes away under a running portal, and comes back. */
@SpringBootTest(
    properties = {
      "spring.datasource.hikari.connection-timeout=1000",
      "db-scheduler.polling-interval=500ms",
      "plimsoll.local-engine=false"
    })
@DirtiesContext
@RequiresEngine
class DatabaseOutageTest {
  private static final RestartableDatabase DATABASE = new RestartableDatabase();

  @Autowired Hosts hosts;
  @Autowired Collections collections;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestPortal.properties().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("spring.datasource.url", DATABASE::jdbcUrl);
    registry.add("spring.datasource.username", DATABASE::username);
    registry.add("spring.datasource.password", DATABASE::password);
  }

  @AfterAll
  static void removeDatabase() {
    DATABASE.close();
  }

  @Test
  @DisplayName("After PostgreSQL was stopped and started, collecting goes on by itself")
  void outage() {
    JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
    try (TestEngine engine = TestEngine.start()) {
      engine.docker("create", "--name", "web", TestEngine.IMAGE);
      long host =
          SignedIn.administrator()
              .get(
                  () ->
                      hosts.add(
                          new HostDraft(
                              "outage",
                              engine.endpoint().uri(),
                              null,
                              null,
                              null,
                              2,
                              Map.of(),
                              3_600,
                              null)))
              .id();
      Waiting.until("the first collection", () -> succeeded(jdbc, host) == 1);

      DATABASE.stop();
      assertThatThrownBy(() -> SignedIn.administrator().get(() -> collections.collectNow(host)))
          .isInstanceOfAny(DataAccessException.class, CannotCreateTransactionException.class);
      DATABASE.start();

      engine.docker("create", "--name", "later", TestEngine.IMAGE);
      Waiting.until("the database to be reached again", () -> asked(host));
      Waiting.until("another collection", () -> succeeded(jdbc, host) >= 2);
      assertThat(
              jdbc.sql(
                      "select count(*) from state where kind = 'container' and valid_to ="
                          + " 'infinity'")
                  .query(Long.class)
                  .single())
          .isEqualTo(2);
      Intervals.assertWhole(DATABASE.dataSource());
    }
  }

  private boolean asked(long host) {
    try {
      SignedIn.administrator().run(() -> collections.collectNow(host));
      return true;
    } catch (DataAccessException | CannotCreateTransactionException e) {
      return false; // the pool still holds connections that died
    }
  }

  private static long succeeded(JdbcClient jdbc, long host) {
    return jdbc.sql("select count(*) from collection where host_id = ? and outcome = 'SUCCEEDED'")
        .param(host)
        .query(Long.class)
        .single();
  }
}
