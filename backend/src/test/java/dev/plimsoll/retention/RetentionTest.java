package dev.plimsoll.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SettableClock;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-07-15T10:00:00Z");
  private static final SettableClock CLOCK = new SettableClock(NOW);
  private static final Retention.Kept KEPT = new Retention(25, 13, 3, Duration.ofHours(24)).at(NOW);

  @Autowired RetentionRun run;
  @Autowired MonthPartitions months;
  @Autowired Horizon horizon;
  @Autowired DataSource dataSource;

  @TestBean(name = "publishClock")
  Clock clock;

  private JdbcClient jdbc;

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void empty() {
    jdbc = JdbcClient.create(dataSource);
    jdbc.sql("truncate state, coverage, collection, score, subject, history_horizon").update();
  }

  @Test
  @DisplayName("Whole months are kept: those that ended before go, with all their rows")
  void months() {
    state(1, "2024-05-31T23:59:59.999999Z");
    state(2, "2024-06-01T00:00:00Z");
    state(3, "2026-07-01T00:00:00Z");
    state(4, "infinity");
    months.settle(new Retention.Kept(NOW, Instant.EPOCH, Instant.EPOCH, NOW, NOW));
    assertThat(partitions("state")).contains("state_2024_05", "state_2024_06", "state_2026_07");

    run.run();

    assertThat(subjects()).containsExactly(2L, 3L, 4L);
    assertThat(partitions("state"))
        .doesNotContain("state_2024_05")
        .contains("state_2024_06", "state_2026_07");
    assertThat(horizon.keptFrom()).contains(Instant.parse("2024-06-01T00:00:00Z"));
  }

  @Test
  @DisplayName("Rows that lie in no month are brought into theirs, or go if it is not kept")
  void strays() {
    state(1, "2020-01-01T00:00:00Z");
    state(2, "2025-02-03T00:00:00Z");
    state(3, "2025-02-28T00:00:00Z");
    assertThat(rows("state_rest")).isEqualTo(3);

    assertThat(months.settle(KEPT)).isEqualTo(3);

    assertThat(rows("state_rest")).isZero();
    assertThat(rows("state_2025_02")).isEqualTo(2);
    assertThat(subjects()).containsExactly(2L, 3L);
    assertThat(months.settle(KEPT)).isZero();
  }

  @Test
  @DisplayName("A month whose rows came before its partition can still be made")
  void lateMonth() {
    state(1, "2029-04-10T00:00:00Z");
    jdbc.sql("select ensure_month_partitions('state', '2029-04-01Z', 1)")
        .query(Integer.class)
        .single();
    assertThat(rows("state_2029_04")).isEqualTo(1);
    state(2, "2029-04-11T00:00:00Z");
    assertThat(rows("state_2029_04")).isEqualTo(2);
    jdbc.sql("drop table state_2029_04").update();
  }

  @Test
  @DisplayName(
      "Dropping a month gives way to who reads, and readers that come never queue for long")
  void readers() throws Exception {
    state(1, "2024-01-10T00:00:00Z");
    state(2, "infinity");
    months.settle(new Retention.Kept(NOW, Instant.EPOCH, Instant.EPOCH, NOW, NOW));
    try (Connection reading = dataSource.getConnection();
        Statement statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      statement.executeQuery("select * from state").close();
      CompletableFuture<List<String>> drop = CompletableFuture.supplyAsync(() -> months.drop(KEPT));
      for (int i = 0; i < 50; i++) {
        try (Connection other = dataSource.getConnection();
            Statement more = other.createStatement()) {
          // Whoever queues behind somebody that waits for the first reader gets this error.
          more.execute("set lock_timeout = '5s'");
          more.executeQuery("select count(*) from state").close();
          more.execute("reset lock_timeout");
        }
      }
      assertThat(drop).isNotDone();
      reading.rollback();
      assertThat(drop.get(1, TimeUnit.MINUTES)).containsExactly("state_2024_01");
    }
    assertThat(subjects()).containsExactly(2L);
  }

  @Test
  @DisplayName("Of days long past the last score stays, and one in force where history begins")
  void scores() {
    for (String at :
        List.of(
            "2023-01-05T01:00:00Z",
            "2024-05-01T08:00:00Z",
            "2024-05-01T09:00:00Z",
            "2025-03-01T08:00:00Z",
            "2025-03-01T23:00:00Z",
            "2025-03-02T00:00:00Z",
            "2026-07-01T08:00:00Z",
            "2026-07-01T09:00:00Z")) {
      score(at);
    }

    run.run();

    assertThat(
            jdbc.sql("select at from score order by at")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant().toString())
                .list())
        .containsExactly(
            "2024-05-01T09:00:00Z",
            "2025-03-01T23:00:00Z",
            "2025-03-02T00:00:00Z",
            "2026-07-01T08:00:00Z",
            "2026-07-01T09:00:00Z");
  }

  @Test
  @DisplayName("A subject goes when no state of it is kept")
  void subjectsGo() {
    long gone = subject("gone");
    long kept = subject("kept");
    state(kept, "infinity");

    run.run();

    assertThat(jdbc.sql("select id from subject").query(Long.class).list())
        .contains(kept)
        .doesNotContain(gone);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1, PT24H", "2, 3, 1, PT24H", "2, 1, 3, PT24H", "25, 13, 3, PT59M"})
  @DisplayName("What would lose history in use is refused")
  void refused(int months, int collections, int scores, Duration grace) {
    assertThatThrownBy(() -> new Retention(months, collections, scores, grace))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("plimsoll.retention: ");
  }

  private long subject(String name) {
    return jdbc.sql(
            "insert into subject (host_id, kind, docker_id, name, lineage, first_seen)"
                + " values (1, 'volume', ?, 'v', 'v', '2020-01-01Z') returning id")
        .param(name)
        .query(Long.class)
        .single();
  }

  private void state(long subject, String to) {
    jdbc.sql(
            "insert into state (subject_id, host_id, kind, valid_from, valid_to, name, document,"
                + " collection_id) values (?, 1, 'volume', '2019-01-01Z', ?::timestamptz, 'v', ?, 1)")
        .params(subject, to, new byte[32])
        .update();
  }

  private void score(String at) {
    jdbc.sql(
            "insert into score (scope, scope_id, at, confidence, points_failed, points_unknown,"
                + " points_accepted, hosts, hosts_with_critical, profile, profile_version,"
                + " catalogue_version, checks_in_scope)"
                + " values ('HOST', 1, ?, 0, 0, 0, 0, 1, 0, 'Everything', 1, 1, 0)")
        .param(Instant.parse(at).atOffset(ZoneOffset.UTC))
        .update();
  }

  private List<Long> subjects() {
    return jdbc.sql("select subject_id from state order by 1").query(Long.class).list();
  }

  private long rows(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  private List<String> partitions(String table) {
    return jdbc.sql(
            "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass")
        .param(table)
        .query(String.class)
        .list();
  }
}
