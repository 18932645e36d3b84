package dev.plimsoll.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.backup.HeartbeatPing.Facts;
import dev.plimsoll.backup.HeartbeatStatus.State;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.checklist.BackupRecord.Method;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.SignedIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
@DisplayName("A heartbeat")
class HeartbeatsTest {
  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Autowired Heartbeats heartbeats;
  @Autowired BackupPolicies policies;
  @Autowired Publishing publishing;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;
  @Autowired JdbcClient jdbc;

  @TestBean(name = "publishClock")
  Clock clock;

  private KeepingHost host;
  private Heartbeats.Issued issued;

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void setUp() {
    CLOCK.advance(HOUR);
    host =
        new KeepingHost("keeper-" + System.nanoTime(), dataSource, transaction, publishing, CLOCK);
    issued = create("nightly " + System.nanoTime(), DataRef.volume("data"));
  }

  @AfterEach
  void tearDown() {
    jdbc.sql("update host set decommissioned_at = now()").update();
    jdbc.sql("delete from host_publication").update();
    jdbc.sql("delete from backup_policy").update();
  }

  @Test
  @DisplayName("that ends well protects its data from when the run began, and silence turns it")
  void protects() {
    host.volume("data").publish();
    CLOCK.advance(HOUR);
    policy();
    assertThat(standing()).isEqualTo("UNPROTECTED NEVER");
    assertThat(status()).isEqualTo(State.NEW);

    Instant began = ping(HeartbeatPing.start(null, null)).at();
    assertThat(status()).isEqualTo(State.RUNNING);
    assertThat(standing()).as("a start is no evidence").isEqualTo("UNPROTECTED NEVER");
    CLOCK.advance(MINUTE);
    ping(HeartbeatPing.success(null, null, Facts.NONE));

    assertThat(status()).isEqualTo(State.UP);
    assertThat(standing()).isEqualTo("PROTECTED FRESH");
    CLOCK.advance(Duration.ofDays(3));
    assertThat(host.standing("data", began.plus(DAY))).isEqualTo("PROTECTED FRESH");
    assertThat(host.standing("data", began.plus(DAY).plusNanos(1000))).isEqualTo("LATE OLD");
    assertThat(status()).isEqualTo(State.DOWN);
    assertThat(statusAt(began.plus(HOUR))).isEqualTo(State.UP);
    assertThat(statusAt(began.plus(DAY).plus(MINUTE).plus(MINUTE))).isEqualTo(State.LATE);
  }

  @Test
  @DisplayName("that ends badly leaves a failed record with its exit status and what was printed")
  void fails() {
    host.volume("data").publish();
    CLOCK.advance(HOUR);
    policy();
    CLOCK.advance(MINUTE);
    ping(HeartbeatPing.exited(3, null, "disk full\nPGPASSWORD=planted-7c1f\0", Facts.NONE));

    assertThat(standing()).isEqualTo("FAILED NEVER_SUCCEEDED");
    assertThat(status()).isEqualTo(State.DOWN);
    assertThat(records())
        .singleElement()
        .asString()
        .startsWith("FAILED")
        .contains("Exit status 3.\ndisk full")
        .doesNotContain("planted-7c1f");
    assertThat(jdbc.sql("select detail from heartbeat_ping").query(String.class).list())
        .noneMatch(detail -> detail != null && detail.contains("planted-7c1f"));

    CLOCK.advance(MINUTE);
    ping(HeartbeatPing.fail(null, null, Facts.NONE));
    assertThat(records()).hasSize(2);
    CLOCK.advance(MINUTE);
    ping(HeartbeatPing.exited(0, null, null, Facts.NONE));
    assertThat(standing()).isEqualTo("PROTECTED FRESH");
  }

  @Test
  @DisplayName("keeps what the job says of its backup")
  void facts() {
    ping(
        HeartbeatPing.success(
            null, "done", new Facts("a1b2", 5_000_000_000L, "sha256:77", 2, Method.DUMP)));
    assertThat(
            jdbc.sql(
                    "select snapshot_id || ' ' || bytes || ' ' || checksum || ' ' || warnings"
                        + " || ' ' || method || ' ' || detail || ' ' || reporter"
                        + " from backup_record where source_id = ?")
                .param(issued.id())
                .query(String.class)
                .list())
        .containsExactly("a1b2 5000000000 sha256:77 2 DUMP done plimsoll");
  }

  @Test
  @DisplayName("takes for the begin of a run only a start of the last day that has no end")
  void beginnings() {
    Instant first = ping(HeartbeatPing.start(null, null)).at();
    CLOCK.advance(HOUR);
    ping(HeartbeatPing.success(null, "one", Facts.NONE));
    CLOCK.advance(HOUR);
    Instant second = ping(HeartbeatPing.success(null, "two", Facts.NONE)).at();
    ping(HeartbeatPing.start(null, null));
    CLOCK.advance(DAY.plus(MINUTE));
    Instant third = ping(HeartbeatPing.success(null, "three", Facts.NONE)).at();

    assertThat(beginnings(issued.id())).containsExactly(first, second, third);
  }

  @Test
  @DisplayName("pairs runs that overlap by the name that the job gives them")
  void overlapping() {
    Instant a = ping(HeartbeatPing.start("a", null)).at();
    CLOCK.advance(MINUTE);
    Instant b = ping(HeartbeatPing.start("b", null)).at();
    CLOCK.advance(MINUTE);
    ping(HeartbeatPing.success("a", null, Facts.NONE));
    CLOCK.advance(MINUTE);
    ping(HeartbeatPing.success("b", null, Facts.NONE));
    assertThat(beginnings(issued.id())).containsExactly(a, b);
  }

  @Test
  @DisplayName("whose start is overtaken by its end is not taken to be running")
  void outOfOrder() {
    ping(HeartbeatPing.success("a", null, Facts.NONE));
    CLOCK.advance(Duration.ofSeconds(1));
    ping(HeartbeatPing.start("a", null));
    assertThat(status()).isEqualTo(State.UP);
    assertThat(records()).hasSize(1);

    CLOCK.advance(Duration.ofDays(2));
    ping(HeartbeatPing.start("a", null));
    assertThat(status()).as("a day later a name may be taken anew").isEqualTo(State.RUNNING);
  }

  @Test
  @DisplayName("that started and never ended is down once its grace has passed")
  void neverEnded() {
    ping(HeartbeatPing.success(null, null, Facts.NONE));
    CLOCK.advance(MINUTE);
    ping(HeartbeatPing.start(null, null));
    CLOCK.advance(HOUR.minusSeconds(1));
    assertThat(status()).isEqualTo(State.RUNNING);
    CLOCK.advance(Duration.ofSeconds(1));
    assertThat(status()).isEqualTo(State.DOWN);
    assertThat(heartbeat().status().reason()).contains("never ended");
  }

  @Test
  @DisplayName("counts once what a job repeats because no answer reached it")
  void repeated() {
    HeartbeatPing success = HeartbeatPing.success(null, "ok", Facts.NONE);
    assertThat(ping(success).repeated()).isFalse();
    CLOCK.advance(Duration.ofSeconds(10));
    assertThat(ping(success).repeated()).isTrue();
    assertThat(ping(HeartbeatPing.success(null, "other", Facts.NONE)).repeated()).isFalse();
    CLOCK.advance(MINUTE);
    assertThat(ping(HeartbeatPing.success(null, "other", Facts.NONE)).repeated())
        .as("a minute later it is another run")
        .isFalse();
    assertThat(records()).hasSize(3);

    assertThat(ping(HeartbeatPing.success("r", "ok", Facts.NONE)).repeated()).isFalse();
    CLOCK.advance(HOUR);
    assertThat(ping(HeartbeatPing.success("r", "ok, again", Facts.NONE)).repeated())
        .as("a run with a name ends once")
        .isTrue();
    assertThat(records()).hasSize(4);
  }

  @Test
  @DisplayName("called by many at once loses nothing and doubles nothing")
  void atOnce() throws Exception {
    int runs = 20;
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Heartbeats.Heard>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2 * runs; i++) {
        String run = "run-" + i / 2;
        calls.add(
            threads.submit(
                () -> {
                  go.await();
                  return ping(HeartbeatPing.success(run, null, Facts.NONE));
                }));
      }
      go.countDown();
    }
    int repeated = 0;
    for (Future<Heartbeats.Heard> call : calls) {
      repeated += call.get().repeated() ? 1 : 0;
    }
    assertThat(repeated).isEqualTo(runs);
    assertThat(records()).hasSize(runs);
  }

  @Test
  @DisplayName("called more often than any job would refuses, and goes on a minute later")
  void tooOften() {
    IntStream.range(0, Heartbeats.MOST_PINGS)
        .forEach(i -> ping(HeartbeatPing.start("run-" + i, null)));
    assertThatThrownBy(() -> ping(HeartbeatPing.start("one more", null)))
        .isInstanceOf(TooManyPings.class);
    assertThat(ping(HeartbeatPing.start("run-0", null)).repeated()).isTrue();
    CLOCK.advance(MINUTE.plusSeconds(1));
    assertThat(ping(HeartbeatPing.start("one more", null)).repeated()).isFalse();
  }

  @Test
  @DisplayName("goes by its newest token alone, and by none once it is removed")
  void tokens() {
    String old = issued.token();
    Heartbeats.Issued next = admin().get(() -> heartbeats.rotate(issued.id()));
    assertThatThrownBy(() -> heartbeats.ping(old, HeartbeatPing.start(null, null)))
        .isInstanceOf(NoSuchHeartbeat.class);
    heartbeats.ping(next.token(), HeartbeatPing.success(null, null, Facts.NONE));
    admin().run(() -> heartbeats.remove(issued.id()));
    assertThatThrownBy(() -> heartbeats.ping(next.token(), HeartbeatPing.start(null, null)))
        .isInstanceOf(NoSuchHeartbeat.class);
    assertThatThrownBy(() -> heartbeats.ping("x".repeat(10_000), HeartbeatPing.start(null, null)))
        .isInstanceOf(NoSuchHeartbeat.class);
    assertThat(admin().get(() -> heartbeats.find(issued.id(), null))).isEmpty();
    assertThat(records()).as("what it told stays").hasSize(1);
    assertThat(
            jdbc.sql("select token_hash from backup_source where id = ?")
                .param(issued.id())
                .query()
                .singleRow()
                .get("token_hash"))
        .isNull();
    assertThatThrownBy(() -> admin().run(() -> heartbeats.rotate(issued.id())))
        .isInstanceOf(NoSuchHeartbeat.class);
    assertThat(
            jdbc.sql(
                    "select action || ' ' || detail::text from audit_entry where subject like ?"
                        + " order by id")
                .param("backup-source:" + issued.id() + " %")
                .query(String.class)
                .list())
        .hasSize(3)
        .noneMatch(entry -> entry.contains(old) || entry.contains(next.token()));
  }

  @Test
  @DisplayName("is set up with a name of its own, for data that can be, by those who may")
  void refused() {
    assertThatThrownBy(
            () ->
                admin()
                    .get(
                        () ->
                            heartbeats.create(
                                new HeartbeatDraft(
                                    " ",
                                    host.id,
                                    DataRef.directory("relative"),
                                    null,
                                    Duration.ofSeconds(59),
                                    Duration.ofSeconds(-1)))))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            e ->
                assertThat(e.errors())
                    .extracting(InvalidInput.FieldError::field)
                    .containsExactly("name", "periodSeconds", "graceSeconds", "path"));
    String taken = heartbeat().name().toUpperCase(Locale.ROOT);
    assertThatThrownBy(() -> create(taken, DataRef.SWARM)).isInstanceOf(NameTaken.class);
    assertThatThrownBy(
            () -> SignedIn.as("an", Role.ANALYST).run(() -> heartbeats.remove(issued.id())))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(
            () -> ping(HeartbeatPing.success(" ", null, new Facts("a\0", -1L, "c\n", -2, null))))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            e ->
                assertThat(e.errors())
                    .extracting(InvalidInput.FieldError::field)
                    .containsExactly("run", "snapshotId", "checksum"));
    assertThatThrownBy(
            () -> ping(HeartbeatPing.success(null, null, new Facts(null, -1L, null, -2, null))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("bytes");
    assertThat(heartbeat().lastPing()).as("nothing is half done").isNull();
  }

  @Test
  @DisplayName("speaks of a directory, a container or a swarm as well")
  void kinds() {
    for (DataRef data :
        List.of(DataRef.directory("/srv/shop"), DataRef.layer("web"), DataRef.SWARM)) {
      Heartbeats.Issued one = create("of " + data.kind() + System.nanoTime(), data);
      heartbeats.ping(one.token(), HeartbeatPing.success(null, null, Facts.NONE));
      assertThat(admin().get(() -> heartbeats.find(one.id(), null)).orElseThrow().data())
          .isEqualTo(data);
      assertThat(
              jdbc.sql("select kind || ' ' || name from backup_record where source_id = ?")
                  .param(one.id())
                  .query(String.class)
                  .list())
          .containsExactly(data.kind() + " " + data.name());
    }
  }

  @Test
  @DisplayName("with much to say keeps the end of it in its record, secrets masked")
  void longDetail() {
    String printed = "PGPASSWORD=planted-3e5a " + "x ".repeat(960) + "the end";
    ping(HeartbeatPing.fail(null, printed, Facts.NONE));
    assertThat(records())
        .singleElement()
        .asString()
        .endsWith("the end")
        .doesNotContain("planted-3e5a");
  }

  private Heartbeats.Heard ping(HeartbeatPing ping) {
    return heartbeats.ping(issued.token(), ping);
  }

  private Heartbeats.Issued create(String name, DataRef data) {
    return admin()
        .get(() -> heartbeats.create(new HeartbeatDraft(name, host.id, data, null, DAY, HOUR)));
  }

  /** How the data stands a moment later: evidence is learned after all that is published. */
  private String standing() {
    return host.standing("data", CLOCK.instant().plusMillis(1));
  }

  private void policy() {
    admin()
        .get(
            () ->
                policies.create(
                    new PolicyDraft(
                        "daily",
                        new Selector(
                            Set.of(DataKind.VOLUME),
                            null,
                            null,
                            List.of(),
                            Map.of(),
                            Map.of(),
                            List.of(),
                            null,
                            null),
                        DAY,
                        null,
                        false,
                        null,
                        null)));
    host.turn();
  }

  private Heartbeat heartbeat() {
    return admin().get(() -> heartbeats.find(issued.id(), null)).orElseThrow();
  }

  private State status() {
    return heartbeat().status().state();
  }

  private State statusAt(Instant at) {
    return admin().get(() -> heartbeats.find(issued.id(), at)).orElseThrow().status().state();
  }

  private List<String> records() {
    return jdbc.sql(
            "select outcome || ' ' || coalesce(detail, '') from backup_record"
                + " where source_id = ? order by id")
        .param(issued.id())
        .query(String.class)
        .list();
  }

  private List<Instant> beginnings(long source) {
    return jdbc.sql("select started_at from backup_record where source_id = ? order by id")
        .param(source)
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .list();
  }

  private static SignedIn admin() {
    return SignedIn.administrator();
  }
}
