package dev.plimsoll.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.collect.connect.ConnectionLimits;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineConnector;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.collect.read.HostRead;
import dev.plimsoll.collect.read.ReadOrder;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.RequiresProgram;
import dev.plimsoll.testing.ResticRepository;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A real engine whose volumes a real restic backed up, left out, or backed up long ago: each stands
 * as what was really done says, and turns at the right instant.
 */
@RequiresEngine
@RequiresProgram("restic")
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class BackedUpEngineTest {
  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));

  private static final Duration TICK = Duration.ofNanos(1_000);

  @Autowired Publishing publishing;
  @Autowired BackupSources sources;
  @Autowired SourceRun run;
  @Autowired BackupPolicies policies;
  @Autowired SecretMasking masking;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;

  @TestBean(name = "publishClock")
  Clock clock;

  @TempDir private Path home;

  static Clock clock() {
    return CLOCK;
  }

  @Test
  @DisplayName("What was really backed up is protected; what was left out or is old is not")
  void truth() throws Exception {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    // The engine and restic go by the machine's clock.
    CLOCK.advance(Duration.between(CLOCK.instant(), Clock.systemUTC().instant()));
    try (TestEngine engine = TestEngine.start()) {
      volume(engine, "db", "daily");
      volume(engine, "left-out", "daily");
      volume(engine, "uploads", "weekly");
      volume(engine, "orders", "hourly");
      volume(engine, "nobody-asked", null);
      ResticRepository repository = ResticRepository.init(home, "correct horse");
      Instant monthAgo = CLOCK.instant().minus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
      backup(repository, engine, "db", null);
      backup(repository, engine, "orders", null);
      backup(repository, engine, "nobody-asked", null);
      backup(repository, engine, "uploads", monthAgo);

      long host = new PostureFixture(dataSource).host("backed-up").add();
      collect(host, engine, jdbc);
      policy("daily", Duration.ofDays(1));
      policy("weekly", Duration.ofDays(7));
      policy("hourly", Duration.ofHours(1));
      SignedIn.administrator()
          .run(
              () ->
                  sources.create(
                      new SourceDraft(
                          "nightly",
                          SourceType.RESTIC,
                          repository.location(),
                          repository.password(),
                          Map.of(),
                          null,
                          null,
                          3_600,
                          null)));
      CLOCK.advance(Duration.ofMinutes(5));
      run.run(0);
      run.run(1);
      CLOCK.advance(Duration.ofMillis(1));

      Instant now = CLOCK.instant();
      assertThat(standing(jdbc, host, now))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "db", "PROTECTED",
                  "left-out", "UNPROTECTED",
                  "uploads", "LATE",
                  "orders", "PROTECTED",
                  "nobody-asked", "UNPROTECTED"));

      Instant ordersUntil = started(jdbc, host, "orders").plus(Duration.ofHours(1));
      Instant dbUntil = started(jdbc, host, "db").plus(Duration.ofDays(1));
      CLOCK.advance(Duration.ofDays(3));
      publishing.applyDueTurns(host);
      assertThat(standing(jdbc, host, ordersUntil)).containsEntry("orders", "PROTECTED");
      assertThat(standing(jdbc, host, ordersUntil.plus(TICK)))
          .containsEntry("orders", "LATE")
          .containsEntry("db", "PROTECTED");
      assertThat(standing(jdbc, host, dbUntil)).containsEntry("db", "PROTECTED");
      assertThat(standing(jdbc, host, dbUntil.plus(TICK))).containsEntry("db", "LATE");
      assertThat(standing(jdbc, host, now))
          .as("the past is what it was")
          .containsEntry("db", "PROTECTED");
    }
    Intervals.assertWhole(dataSource);
  }

  private static void volume(TestEngine engine, String name, @Nullable String policy) {
    if (policy == null) {
      engine.docker("volume", "create", name);
    } else {
      engine.docker("volume", "create", "--label", "backup.policy=" + policy, name);
    }
  }

  private static void backup(
      ResticRepository repository, TestEngine engine, String volume, @Nullable Instant at)
      throws Exception {
    Path data =
        Path.of(engine.docker("volume", "inspect", "-f", "{{.Mountpoint}}", volume).strip());
    Files.writeString(data.resolve("data.bin"), "the data of " + volume);
    repository.backup(data, at, "backed-up", "volume=" + volume);
  }

  private void collect(long host, TestEngine engine, JdbcClient jdbc) throws Exception {
    long collection =
        jdbc.sql(
                "insert into collection (host_id, outcome, started_at, finished_at, worker)"
                    + " values (?, 'SUCCEEDED', now(), now(), 'test') returning id")
            .param(host)
            .query(Long.class)
            .single();
    Clock real = Clock.systemUTC();
    try (EngineConnector connector = new EngineConnector(real);
        EngineConnection connection =
            connector.open(new EngineTarget(engine.endpoint(), null), ConnectionLimits.DEFAULT)) {
      HostSighting found =
          new HostRead(real, masking)
              .read(
                  connection, new ReadOrder(HostFacts.Transport.UNIX, Set.of(), Set.of(), Map::of));
      transaction.executeWithoutResult(status -> publishing.publish(host, collection, found));
    }
  }

  private void policy(String label, Duration rpo) {
    Selector selector =
        new Selector(
            Set.of(),
            null,
            null,
            List.of(),
            Map.of(),
            Map.of("backup.policy", label),
            List.of(),
            null,
            null);
    SignedIn.administrator()
        .run(() -> policies.create(new PolicyDraft(label, selector, rpo, null, false, null, null)));
    CLOCK.advance(Duration.ofMillis(1));
  }

  private static Map<String, String> standing(JdbcClient jdbc, long host, Instant at) {
    Map<String, String> states = new TreeMap<>();
    jdbc.sql(
            """
            select d.name, case when c.turns_at <= :at then c.turns_to else c.state end state
            from coverage c join kept_data d on d.id = c.data_id
            where c.host_id = :host and c.valid_from <= :at and c.valid_to > :at
              and c.known_from <= :at and c.known_to > :at
            """)
        .param("host", host)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              states.put(row.getString("name"), row.getString("state"));
            });
    return states;
  }

  private static Instant started(JdbcClient jdbc, long host, String volume) {
    return jdbc.sql("select started_at from backup_record where host_id = ? and name = ?")
        .param(host)
        .param(volume)
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }
}
