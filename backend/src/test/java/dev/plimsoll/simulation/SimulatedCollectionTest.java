package dev.plimsoll.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.collect.CollectionProbe;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.Intervals;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Simulated hosts in the real pipeline, from the socket to the score. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class SimulatedCollectionTest {
  private static final FleetPlan PLAN =
      new FleetPlan(5, 24, 15, LocalDate.of(2026, 1, 1), 0.2, false);

  @Autowired ApplicationContext portal;
  @Autowired DataSource dataSource;
  @TempDir Path directory;

  private JdbcClient jdbc;
  private SimulatedFleet fleet;

  @BeforeEach
  void start() {
    jdbc = JdbcClient.create(dataSource);
    fleet = SimulatedFleet.start(PLAN, directory);
  }

  @AfterEach
  void stop() {
    fleet.close();
    Intervals.assertWhole(dataSource);
  }

  @Test
  @DisplayName("A host of each release and store is collected whole, and scored")
  void collected() {
    Set<String> kinds = new java.util.HashSet<>();
    for (int index = 0; index < PLAN.hosts(); index++) {
      HostDay on = PLAN.at(index, 0);
      if (!kinds.add(on.release() + "/" + on.store())) {
        continue;
      }
      long host = add(index, PLAN.host(index).name());
      CollectionProbe.collect(portal, host);
      assertThat(
              jdbc.sql(
                      "select outcome, coalesce(error_detail, '') as detail, containers, images,"
                          + " volumes, networks from collection where host_id = ?")
                  .param(host)
                  .query()
                  .singleRow())
          .as(on.release().version())
          .isEqualTo(
              Map.of(
                  "outcome", "SUCCEEDED",
                  "detail", "",
                  "containers", on.containers().size(),
                  "images", on.images().size(),
                  "volumes", on.volumes().size(),
                  "networks", on.networks().size()));
      assertThat(
              jdbc.sql("select count(*) from score where scope = 'HOST' and scope_id = ?")
                  .param(host)
                  .query(Long.class)
                  .single())
          .isEqualTo(1);
    }
    assertThat(kinds).hasSizeGreaterThanOrEqualTo(EngineRelease.values().length);
  }

  @Test
  @DisplayName("A second collection of the same day finds nothing new, and of another day it does")
  void churn() {
    long host = add(0, "changing");
    CollectionProbe.collect(portal, host);
    CollectionProbe.collect(portal, host);
    fleet.day(3);
    CollectionProbe.collect(portal, host);
    assertThat(
            jdbc.sql("select documents_new > 0 from collection where host_id = ? order by id")
                .param(host)
                .query(Boolean.class)
                .list())
        .containsExactly(true, false, true);
  }

  private long add(int index, String name) {
    return jdbc.sql(
            "insert into host (name, endpoint, criticality, interval_seconds, created_at)"
                + " values (?, ?, 2, 900, now()) returning id")
        .param(name)
        .param(fleet.endpoint(index))
        .query(Long.class)
        .single();
  }
}
