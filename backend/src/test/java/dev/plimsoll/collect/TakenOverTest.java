package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.home.WorkerName;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.FakeEngine;
import dev.plimsoll.testing.FakeEngine.Behaviour;
import dev.plimsoll.testing.SignedIn;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process that was frozen, taken for dead, and wakes in the middle of its work. */
@DatabaseTest
@SpringBootTest(properties = "db-scheduler.enabled=false")
class TakenOverTest {
  @Autowired Hosts hosts;
  @Autowired CollectionRun run;
  @Autowired JdbcClient jdbc;
  @Autowired Clock clock;

  @Test
  @DisplayName("What was read for a collection that another process took over is not published")
  void read() {
    try (FakeEngine engine = FakeEngine.start()) {
      long host = add("read", engine);
      AtomicLong others = new AtomicLong();
      engine.when(
          "/containers/json",
          exchange -> {
            others.set(other().begin(host));
            return Behaviour.json("[]").answer(exchange);
          });

      run.run(host);

      assertTakenOver(host, others.get());
      assertThat(count("select count(*) from host_publication where host_id = ?", host)).isZero();
    }
  }

  @Test
  @DisplayName("How a taken-over collection failed is not told in the other's place")
  void failed() {
    try (FakeEngine engine = FakeEngine.start()) {
      long host = add("failed", engine);
      AtomicLong others = new AtomicLong();
      engine.when(
          "/_ping",
          exchange -> {
            others.set(other().begin(host));
            return Behaviour.reset().answer(exchange);
          });

      run.run(host);

      assertTakenOver(host, others.get());
      assertThat(count("select count(*) from host_publication where host_id = ?", host)).isZero();
    }
  }

  private Attempts other() {
    return new Attempts(jdbc, clock, WorkerName.fresh());
  }

  private void assertTakenOver(long host, long others) {
    assertThat(
            jdbc.sql(
                    "select id, outcome, error_detail, worker from collection where host_id = ?"
                        + " order by id")
                .param(host)
                .query(
                    (row, n) ->
                        List.of(
                            row.getLong("id") == others,
                            row.getString("outcome"),
                            String.valueOf(row.getString("error_detail"))))
                .list())
        .containsExactly(
            List.of(false, "FAILED", "The portal process ended before this collection did."),
            List.of(true, "RUNNING", "null"));
  }

  private long count(String query, long host) {
    return jdbc.sql(query).param(host).query(Long.class).single();
  }

  private long add(String name, FakeEngine engine) {
    return SignedIn.administrator()
        .get(
            () ->
                hosts.add(
                    new HostDraft(
                        name, engine.endpoint().uri(), null, null, null, 2, Map.of(), 3_600, null)))
        .id();
  }
}
