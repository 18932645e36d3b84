package dev.plimsoll.posture;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.posture.CoverageTotals.Amount;
import dev.plimsoll.testing.CoverageFixture;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DatabaseTest
class CoverageSummaryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant BEFORE = Instant.parse("2026-02-01T00:00:00Z");
  private static final Scope FLEET = new Scope.Fleet();

  private final PostureFixture hosts;
  private final CoverageFixture fixture;
  private final SettableClock clock = new SettableClock(NOW);
  private final CoverageSummary summary;
  private long host;

  CoverageSummaryTest(DataSource dataSource) {
    hosts = new PostureFixture(dataSource);
    fixture = new CoverageFixture(dataSource);
    summary = PostureServices.of(dataSource, clock).coverageSummary();
  }

  @BeforeEach
  void addHost() {
    hosts.clear();
    fixture.clear();
    host = hosts.host("db-1").group("Retail").add();
    hosts.read(host, NOW.minusSeconds(60));
  }

  private long volume(String name, CoverageState state, CoverageReason reason, long bytes) {
    long data = fixture.volume(host, name, BEFORE);
    fixture.stands(data, state, reason, BEFORE);
    if (bytes > 0) {
      fixture.size(host, DataKind.VOLUME, name, bytes, BEFORE, null);
    }
    return data;
  }

  @Test
  @DisplayName("States are counted and weighed; the share leaves out what is exempt")
  void totals() {
    volume("a", CoverageState.PROTECTED, CoverageReason.FRESH, 300);
    volume("b", CoverageState.LATE, CoverageReason.OLD, 100);
    volume("c", CoverageState.UNPROTECTED, CoverageReason.NO_POLICY, 0);
    volume("d", CoverageState.EXEMPT, CoverageReason.EXEMPT, 1000);
    fixture.backup(host, DataKind.VOLUME, "a", NOW.minusSeconds(600)).target("LOCAL").add();

    CoverageTotals now = summary.at(FLEET, null, null);

    CoverageTotals.States all = now.all();
    assertThat(all.of(CoverageState.PROTECTED)).isEqualTo(new Amount(1, 300, 0));
    assertThat(all.of(CoverageState.UNPROTECTED)).isEqualTo(new Amount(1, 0, 1));
    assertThat(all.total()).isEqualTo(new Amount(4, 1400, 1));
    assertThat(all.percent()).isEqualTo(100.0 / 3);
    assertThat(all.percentOfBytes()).isEqualTo(75.0);
    assertThat(now.offHost()).isEqualTo(new CoverageTotals.OffHost(0, 1, 0));
  }

  @Test
  @DisplayName("The series says at each change what was known then, turns included")
  void series() {
    long data = fixture.volume(host, "a", BEFORE);
    fixture.size(host, DataKind.VOLUME, "a", 10, BEFORE, NOW.minusSeconds(500));
    fixture.size(host, DataKind.VOLUME, "a", 20, NOW.minusSeconds(500), null);
    fixture.standsUntil(data, BEFORE, NOW.minusSeconds(1000));

    List<CoverageTotals> series = summary.series(FLEET, BEFORE.minusSeconds(10), null, null);

    assertThat(series)
        .extracting(CoverageTotals::at)
        .containsExactly(
            BEFORE.minusSeconds(10), BEFORE, NOW.minusSeconds(1000), NOW.minusSeconds(500));
    assertThat(series.get(0).all().total().count()).isZero();
    assertThat(series.get(0).all().percent()).isNull();
    assertThat(series.get(1).all().of(CoverageState.PROTECTED)).isEqualTo(new Amount(1, 10, 0));
    assertThat(series.get(2).all().of(CoverageState.LATE)).isEqualTo(new Amount(1, 10, 0));
    assertThat(series.get(3).all().of(CoverageState.LATE)).isEqualTo(new Amount(1, 20, 0));
  }

  @Test
  @DisplayName("Late evidence counts in the series from when it was learned, not from its date")
  void diagonal() {
    long data = fixture.volume(host, "a", BEFORE);
    Instant learned = NOW.minusSeconds(1000);
    fixture.coverage(
        data, CoverageState.UNPROTECTED, CoverageReason.NEVER, BEFORE, null, BEFORE, learned, null);
    fixture.coverage(
        data, CoverageState.PROTECTED, CoverageReason.FRESH, BEFORE, null, learned, null, null);

    List<CoverageTotals> series = summary.series(FLEET, BEFORE, null, null);

    assertThat(series).extracting(CoverageTotals::at).containsExactly(BEFORE, learned);
    assertThat(count(series.get(0), CoverageState.UNPROTECTED)).isEqualTo(1);
    assertThat(count(series.get(1), CoverageState.PROTECTED)).isEqualTo(1);
    assertThat(series.get(1).all().total().count()).isEqualTo(1);
    // Nothing that was learned later
    assertThat(summary.series(FLEET, BEFORE, null, learned)).hasSize(1);
  }

  @Test
  @DisplayName("A host that moves takes its data from one group's series to the other's")
  void moves() {
    long data = fixture.volume(host, "a", BEFORE);
    fixture.stands(data, CoverageState.LATE, CoverageReason.OLD, BEFORE);
    hosts.group("Ops", LONG_AGO);
    Instant moved = NOW.minusSeconds(1000);
    hosts.rename(host, "db-1", "Ops", moved);

    List<CoverageTotals> before = summary.series(new Scope.Group("retail"), BEFORE, null, null);
    List<CoverageTotals> after = summary.series(new Scope.Group("Ops"), BEFORE, null, null);

    assertThat(before).extracting(CoverageTotals::at).containsExactly(BEFORE, moved);
    assertThat(before.get(1).all().total().count()).isZero();
    assertThat(after).extracting(CoverageTotals::at).containsExactly(BEFORE, moved);
    assertThat(after.get(0).all().total().count()).isZero();
    assertThat(count(after.get(1), CoverageState.LATE)).isEqualTo(1);
  }

  @Test
  @DisplayName("While a host is stale all of it is unknown, also before a job has written that")
  void stale() {
    long data = fixture.volume(host, "a", BEFORE);
    fixture.stands(data, CoverageState.PROTECTED, CoverageReason.FRESH, BEFORE);
    hosts.blindness(host, "stale", BEFORE.plusSeconds(100), BEFORE.plusSeconds(200));
    clock.advance(Duration.ofHours(30));
    Instant due = NOW.minusSeconds(60).plusSeconds(24 * 3600);

    List<CoverageTotals> series = summary.series(FLEET, BEFORE, null, null);

    assertThat(series)
        .extracting(CoverageTotals::at)
        .containsExactly(BEFORE, BEFORE.plusSeconds(100), BEFORE.plusSeconds(200), due);
    assertThat(count(series.get(1), CoverageState.UNKNOWN)).isEqualTo(1);
    assertThat(count(series.get(2), CoverageState.PROTECTED)).isEqualTo(1);
    assertThat(count(series.get(3), CoverageState.UNKNOWN)).isEqualTo(1);
    assertThat(count(summary.at(FLEET, null, null), CoverageState.UNKNOWN)).isEqualTo(1);
  }

  @Test
  @DisplayName("At every instant the series says what the totals as of it say")
  void agrees() {
    Random random = new Random(7);
    hosts.group("Ops", LONG_AGO);
    long span = NOW.getEpochSecond() - BEFORE.getEpochSecond();
    for (int i = 0; i < 12; i++) {
      long on = hosts.host("h" + i).group(i % 2 == 0 ? "Ops" : "Retail").add();
      for (long at = BEFORE.getEpochSecond(); at < NOW.getEpochSecond(); at += 40_000) {
        hosts.read(on, Instant.ofEpochSecond(at));
      }
      hosts.read(on, NOW.minusSeconds(60));
      for (int v = 0; v < 4; v++) {
        Instant from = BEFORE.plusSeconds(random.nextLong(span / 2));
        Instant turn = from.plusSeconds(1 + random.nextLong(span / 4));
        Instant changed = turn.plusSeconds(random.nextLong(1000));
        long data = fixture.volume(on, "v" + v, from);
        fixture.standsUntil(data, from, turn);
        fixture.turns(data, CoverageState.FAILED, CoverageReason.ATTEMPT_FAILED, changed);
        fixture.size(
            on,
            DataKind.VOLUME,
            "v" + v,
            random.nextLong(1000),
            from,
            v == 0 ? null : from.plusSeconds(span / 3));
        if (v == 2) {
          fixture.gone(data, changed.plusSeconds(500));
        }
      }
      if (i % 3 == 0) {
        Instant blind = BEFORE.plusSeconds(random.nextLong(span / 2));
        hosts.blindness(on, i % 2 == 0 ? "stale" : "volume", blind, blind.plusSeconds(span / 5));
      }
      if (i % 4 == 0) {
        hosts.rename(on, "h" + i, "Retail", BEFORE.plusSeconds(random.nextLong(span)));
      }
    }
    for (Scope scope : List.of(FLEET, new Scope.Group("Retail"), new Scope.Group("Ops"))) {
      List<CoverageTotals> series = summary.series(scope, BEFORE, null, null);
      assertThat(series).hasSizeGreaterThan(20);
      for (CoverageTotals entry : series) {
        assertThat(summary.at(scope, entry.at(), null).kinds())
            .as("%s at %s", scope, entry.at())
            .isEqualTo(entry.kinds());
      }
    }
  }

  @Test
  @DisplayName("Of a great many changes a few hundred entries are told, the last one always")
  void thinned() {
    for (int i = 0; i < 900; i++) {
      long data = fixture.volume(host, "v" + i, BEFORE.plusSeconds(i * 60L));
      fixture.stands(data, CoverageState.LATE, CoverageReason.OLD, BEFORE.plusSeconds(i * 60L));
    }

    List<CoverageTotals> series = summary.series(FLEET, BEFORE, null, null);

    assertThat(series).hasSizeBetween(2, 401);
    assertThat(series.getFirst().at()).isEqualTo(BEFORE);
    assertThat(series.getFirst().all().total().count()).isEqualTo(1);
    assertThat(series.getLast().at()).isEqualTo(BEFORE.plusSeconds(899 * 60L));
    assertThat(series.getLast().all().total().count()).isEqualTo(900);
  }

  @Test
  @DisplayName("An empty scope has no share, and one that is not there is said to be missing")
  void empty() {
    CoverageTotals.States none = summary.at(FLEET, null, null).all();

    assertThat(none.percent()).isNull();
    assertThat(none.percentOfBytes()).isNull();
    assertThatExceptionOfType(NoSuchScope.class)
        .isThrownBy(() -> summary.at(new Scope.Group("Nowhere"), null, null));
  }

  private static long count(CoverageTotals totals, CoverageState state) {
    return totals.all().of(state).count();
  }
}
