package dev.plimsoll.posture;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DatabaseTest
class ScoreListTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Scope FLEET = new Scope.Fleet();

  private final PostureFixture fixture;
  private final ScoreList scores;

  ScoreListTest(DataSource dataSource) {
    fixture = new PostureFixture(dataSource);
    scores = PostureServices.of(dataSource, Clock.fixed(NOW, ZoneOffset.UTC)).scores();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
    fixture.jdbc().sql("truncate series_run, series, series_score").update();
  }

  @Test
  @DisplayName("The score in force is the last one that was published by then")
  void inForce() {
    Instant change = Instant.parse("2026-02-01T00:00:00Z");
    fixture.score("FLEET", 0, LONG_AGO, 40, "D");
    fixture.score("FLEET", 0, change, 60, "C");

    assertThat(scores.at(FLEET, change.minusNanos(1000)).score()).isEqualTo(40.0);
    assertThat(scores.at(FLEET, change).score()).isEqualTo(60.0);
    ScoreRow now = scores.at(FLEET, null);
    assertThat(now.at()).isEqualTo(change);
    assertThat(now.scoreHigh()).isEqualTo(61.0);
    assertThat(now.scoreAccepted()).isEqualTo(60.5);
    assertThat(now.confidence()).isEqualTo(0.875);
    assertThat(now.pointsFailed()).isEqualTo(12.5);
    assertThat(now.hosts()).isEqualTo(2);
    assertThat(now.profile()).isEqualTo("Everything");
  }

  @Test
  @DisplayName("A trend is told as published and under what counts now, with its breaks")
  void trend() {
    Instant change = Instant.parse("2026-02-01T06:00:00Z");
    fixture.score("FLEET", 0, LONG_AGO, 40, "D");
    fixture.score("FLEET", 0, change, 60, "C");
    assertThat(scores.trend(FLEET, null).retold()).isEmpty();
    assertThat(scores.trend(FLEET, null).breaks()).isEmpty();

    fixture
        .jdbc()
        .sql("insert into series_run (started_at, finished_at) values (now(), now())")
        .update();
    fixture
        .jdbc()
        .sql(
            """
            insert into series (run_id, scope, scope_id, ends_at, finished_at, profile,
              profile_version, catalogue_version)
            select max(id), 'FLEET', 0, :change, now(), 'Everything', 1, 1 from series_run
            """)
        .param("change", change.atOffset(ZoneOffset.UTC))
        .update();
    fixture
        .jdbc()
        .sql(
            """
            insert into series_score (series_id, at, score, score_high, score_accepted, grade,
              confidence, points_failed, points_unknown, points_accepted, hosts,
              hosts_with_critical, profile, profile_version, catalogue_version, checks_in_scope)
            select max(id), :since, 55000, 55000, 55000, 'C', 1000, 0, 0, 0, 2, 0, 'Everything', 1,
              1, 68 from series
            """)
        .param("since", LONG_AGO.atOffset(ZoneOffset.UTC))
        .update();

    ScoreTrend trend = scores.trend(FLEET, null);
    assertThat(trend.breaks()).containsExactly(change);
    assertThat(trend.published()).extracting(ScoreRow::score).contains(40.0, 60.0);
    assertThat(trend.retold()).hasSameSizeAs(trend.published());
    assertThat(trend.retold())
        .extracting(ScoreRow::score)
        .contains(55.0, 60.0)
        .doesNotContain(40.0);
    for (int i = 0; i < trend.retold().size(); i++) {
      if (!trend.retold().get(i).at().isBefore(change)) {
        assertThat(trend.retold().get(i)).isEqualTo(trend.published().get(i));
      }
    }
    assertThat(scores.trend(FLEET, Instant.parse("2026-02-20T00:00:00Z")).retold()).isEmpty();

    fixture.jdbc().sql("insert into series_run (started_at) values (now())").update();
    assertThat(scores.trend(FLEET, null).retold()).isEmpty();
  }

  @Test
  @DisplayName("Where there is nothing to score, there is no score")
  void empty() {
    long host = fixture.addHost("new");
    fixture.group("Retail/Payments", LONG_AGO);

    assertThat(scores.at(FLEET, null).score()).isNull();
    assertThat(scores.at(FLEET, null).grade()).isNull();
    assertThat(scores.at(new Scope.Group("retail"), null).score()).isNull();
    assertThat(scores.at(new Scope.Host(host), null).score()).isNull();
    assertThat(scores.history(FLEET, LONG_AGO, NOW)).isEmpty();
  }

  @Test
  @DisplayName("A host or group that there is not, or was not then, has no score to ask for")
  void unknownScope() {
    long host = fixture.addHost("h");
    fixture.group("Retail", NOW.minusSeconds(5));

    for (Scope scope :
        new Scope[] {new Scope.Group("None"), new Scope.Group("a\0b"), new Scope.Host(99)}) {
      assertThatExceptionOfType(NoSuchScope.class).isThrownBy(() -> scores.at(scope, null));
    }
    assertThatExceptionOfType(NoSuchScope.class)
        .isThrownBy(() -> scores.at(new Scope.Group("Retail"), NOW.minusSeconds(6)));
    assertThatExceptionOfType(NoSuchScope.class)
        .isThrownBy(() -> scores.at(new Scope.Host(host), LONG_AGO.minusSeconds(1)));
  }

  @Test
  @DisplayName("A host that fell silent scores 0, grade U, at the instant its freshness ended")
  void stale() {
    long host = fixture.addHost("silent");
    fixture.read(host, LONG_AGO);
    fixture.score("HOST", host, LONG_AGO, 90, "A");
    Instant due = LONG_AGO.plusSeconds(24 * 3600);

    assertThat(scores.at(new Scope.Host(host), due.minusNanos(1000)).grade()).isEqualTo("A");
    ScoreRow stale = scores.at(new Scope.Host(host), due);
    assertThat(stale.score()).isZero();
    assertThat(stale.scoreHigh()).isEqualTo(100.0);
    assertThat(stale.grade()).isEqualTo("U");
    assertThat(stale.confidence()).isZero();
    assertThat(stale.at()).isEqualTo(due);
    assertThat(stale.pointsFailed()).isZero();
    assertThat(stale.hostsWithCritical()).isEqualTo(1);
  }

  @Test
  @DisplayName("History is what changed in [from, to), led by what was in force at from")
  void history() {
    for (int day = 1; day <= 5; day++) {
      fixture.score("FLEET", 0, Instant.parse("2026-02-0" + day + "T00:00:00Z"), day, "D");
    }

    assertThat(
            scores.history(
                FLEET,
                Instant.parse("2026-02-02T12:00:00Z"),
                Instant.parse("2026-02-05T00:00:00Z")))
        .extracting(ScoreRow::score)
        .containsExactly(2.0, 3.0, 4.0);
    assertThat(scores.history(FLEET, Instant.MIN, Instant.MAX)).hasSize(5);
  }
}
