package dev.plimsoll.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.CoverageFixture;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DatabaseTest
class CoverageListTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant BEFORE = Instant.parse("2026-02-01T00:00:00Z");
  private static final long DAY = 86_400;

  private final PostureFixture hosts;
  private final CoverageFixture fixture;
  private final SettableClock clock = new SettableClock(NOW);
  private final CoverageList coverage;
  private long host;

  CoverageListTest(DataSource dataSource) {
    hosts = new PostureFixture(dataSource);
    fixture = new CoverageFixture(dataSource);
    coverage = PostureServices.of(dataSource, clock).coverage();
  }

  @BeforeEach
  void addHost() {
    hosts.clear();
    fixture.clear();
    host = hosts.host("db-1").group("Retail").add();
    hosts.read(host, NOW.minusSeconds(60));
  }

  @Test
  @DisplayName("A row tells how data stands, what was promised, what shows it, who uses it")
  void complete() {
    long subject = hosts.subject(host, SubjectKind.VOLUME, "orders", "orders", BEFORE);
    long data =
        fixture.keep(
            host,
            DataKind.VOLUME,
            "orders",
            subject,
            BEFORE,
            DataShape.NAMED,
            "[" + CoverageFixture.user("db", true) + "]");
    fixture.promise(data, 7, "Databases", DAY, true, BEFORE);
    Instant backup = NOW.minusSeconds(3600);
    fixture.backup(host, DataKind.VOLUME, "orders", backup).snapshot("abc").add();
    fixture.backup(host, DataKind.VOLUME, "orders", backup.plusSeconds(600)).failed().add();
    fixture.restore(host, DataKind.VOLUME, "orders", BEFORE).hashesEqual(true).add();
    fixture.standsUntil(data, backup, backup.plusSeconds(DAY));
    fixture.size(host, DataKind.VOLUME, "orders", 4096, BEFORE, null);

    CoverageRow row = coverage.get(data, null, null).orElseThrow();

    assertThat(row.state()).isEqualTo(CoverageState.PROTECTED);
    assertThat(row.reason()).isEqualTo(CoverageReason.FRESH);
    assertThat(row.since()).isEqualTo(backup);
    assertThat(row.turnsAt()).isEqualTo(backup.plusSeconds(DAY));
    assertThat(row.turnsTo()).isEqualTo(CoverageState.LATE);
    assertThat(row.host()).isEqualTo(new HostRef(host, "db-1"));
    assertThat(row.group()).isEqualTo("Retail");
    assertThat(row.subjectId()).isEqualTo(subject);
    assertThat(row.promise())
        .isEqualTo(new CoverageRow.Promised(7L, "Databases", DAY, 2_592_000L, true));
    assertThat(row.backups().good())
        .isEqualTo(
            new CoverageRow.Good(1, backup, backup.plusSeconds(60), "nightly", "abc", 1000L, true));
    assertThat(row.backups().lastFailure()).isEqualTo(backup.plusSeconds(660));
    assertThat(row.backups().lastRestoreTest()).isEqualTo(BEFORE.plusSeconds(60));
    assertThat(row.bytes()).isEqualTo(4096);
    assertThat(row.bytesSince()).isEqualTo(BEFORE);
    assertThat(row.usedBy()).extracting(KeptData.User::container).containsExactly("db");
    assertThat(row.intents())
        .containsExactly(new KeptData.Intent("dev.plimsoll.backup", "true", "web"));
  }
}
