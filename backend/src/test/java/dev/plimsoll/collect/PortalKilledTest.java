package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.BackendTestApplication;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestDatabase;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.TestPortal;
import dev.plimsoll.testing.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A portal that dies by SIGKILL while it collects, and the one that is started after it. */
@DatabaseTest
@RequiresEngine
class PortalKilledTest {
  private static final int KILLS = 3;
  private static final int CONTAINERS = 30;

  @TempDir Path directory;

  @Test
  @DisplayName("A killed portal leaves nothing half written, and the next one goes on")
  void killed(TestDatabase database) throws Exception {
    Random random = new Random(20261124);
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    try (TestEngine engine = TestEngine.start()) {
      for (int i = 0; i < CONTAINERS; i++) {
        engine.docker("create", "--name", "c" + i, TestEngine.IMAGE);
      }
      jdbc.sql(
              "insert into host (name, endpoint, criticality, interval_seconds, created_at)"
                  + " values ('killed', ?, 2, 60, now())")
          .param(engine.endpoint().uri())
          .update();

      for (int kill = 0; kill < KILLS; kill++) {
        long before = attempts(jdbc);
        Process portal = start(database, kill);
        try {
          Waiting.until("a collection to begin", () -> attempts(jdbc) > before);
          Thread.sleep(random.nextInt(400)); // the moment of death is what varies
        } finally {
          portal.destroyForcibly();
          assertThat(portal.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        Intervals.assertWhole(database.dataSource());
        engine.docker("create", "--name", "later" + kill, TestEngine.IMAGE);
      }

      Process portal = start(database, KILLS);
      try {
        Waiting.until("everything to be seen", () -> present(jdbc) == CONTAINERS + KILLS);
        Waiting.until("no collection to be stuck", () -> running(jdbc) == 0);
      } finally {
        portal.destroy();
        assertThat(portal.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      Intervals.assertWhole(database.dataSource());
      assertThat(
              jdbc.sql("select count(*) from score where scope = 'HOST' and grade <> 'U'")
                  .query(Long.class)
                  .single())
          .isPositive();
    }
  }

  private Process start(TestDatabase database, int number) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:TieredStopAtLevel=1");
    TestPortal.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-Dplimsoll.home=" + directory.resolve("home"));
    command.add("-Dplimsoll.local-engine=false");
    command.add("-Dspring.datasource.url=" + database.jdbcUrl());
    command.add("-Dspring.datasource.username=" + database.username());
    command.add("-Dspring.datasource.password=" + database.password());
    command.add("-Dserver.port=0");
    command.add("-Ddb-scheduler.heartbeat-interval=1s");
    command.add("-Ddb-scheduler.polling-interval=1s");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(BackendTestApplication.class.getName());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("portal-" + number + ".log").toFile())
        .start();
  }

  private static long attempts(JdbcClient jdbc) {
    return count(jdbc, "select count(*) from collection");
  }

  private static long running(JdbcClient jdbc) {
    return count(jdbc, "select count(*) from collection where outcome = 'RUNNING'");
  }

  private static long present(JdbcClient jdbc) {
    return count(
        jdbc, "select count(*) from state where kind = 'container' and valid_to = 'infinity'");
  }

  private static long count(JdbcClient jdbc, String query) {
    return jdbc.sql(query).query(Long.class).single();
  }
}
