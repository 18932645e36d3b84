package dev.plimsoll.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.posture.CoverageTotals.Amount;
import dev.plimsoll.testing.CoverageFixture;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import java.time.Instant;
import java.util.List;
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
}
