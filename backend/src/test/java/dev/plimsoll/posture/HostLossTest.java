package dev.plimsoll.posture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.CoverageFixture;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DatabaseTest
class HostLossTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant BEFORE = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant LATELY = NOW.minusSeconds(7200);

  private final PostureFixture hosts;
  private final CoverageFixture fixture;
  private final HostLoss losses;
  private long host;

  HostLossTest(DataSource dataSource) {
    hosts = new PostureFixture(dataSource);
    fixture = new CoverageFixture(dataSource);
    losses = PostureServices.of(dataSource, new SettableClock(NOW)).hostLoss();
  }

  @BeforeEach
  void addHost() {
    hosts.clear();
    fixture.clear();
    host = hosts.addHost("db-1");
    hosts.read(host, NOW.minusSeconds(60));
  }

  @Test
  @DisplayName("Each piece of data has one fate, told by where its good backups lie")
  void fates() {
    volume("away", CoverageState.PROTECTED, DataShape.NAMED);
    backup("away", "HOST");
    volume("store", CoverageState.LATE, DataShape.NAMED);
    backup("store", "OBJECT_STORE");
    volume("here", CoverageState.PROTECTED, DataShape.NAMED);
    fixture.backup(host, DataKind.VOLUME, "here", LATELY).target("LOCAL").source("disk").add();
    volume("untold", CoverageState.PROTECTED, DataShape.NAMED);
    fixture.backup(host, DataKind.VOLUME, "untold", LATELY).target(null).add();
    volume("never", CoverageState.UNPROTECTED, DataShape.NAMED);
    volume("unread", CoverageState.UNKNOWN, DataShape.NAMED);
    volume("exempt", CoverageState.EXEMPT, DataShape.NAMED);
    volume("share", CoverageState.UNPROTECTED, DataShape.REMOTE);
    fixture.size(host, DataKind.VOLUME, "never", 500, BEFORE, null);

    Loss loss = losses.at(host, null, null);

    assertThat(loss.data())
        .extracting(Loss.LostData::name, Loss.LostData::fate)
        .containsExactly(
            tuple("here", Loss.Fate.LOST),
            tuple("never", Loss.Fate.LOST),
            tuple("unread", Loss.Fate.NOT_KNOWN),
            tuple("untold", Loss.Fate.NOT_KNOWN),
            tuple("exempt", Loss.Fate.LOST_AS_APPROVED),
            tuple("away", Loss.Fate.COMES_BACK),
            tuple("store", Loss.Fate.COMES_BACK),
            tuple("share", Loss.Fate.ELSEWHERE));
    assertThat(loss.amount(Loss.Fate.LOST)).isEqualTo(new CoverageTotals.Amount(2, 500, 1));
    assertThat(loss.worstWindow()).isEqualTo(Duration.ofHours(2));
    assertThat(loss.lostSources()).containsExactly("disk");
    assertThat(loss.unread()).isFalse();
  }

  @Test
  @DisplayName("A loss window ends at the instant asked for, with the backups that were there then")
  void asOf() {
    volume("orders", CoverageState.PROTECTED, DataShape.NAMED);
    fixture.backup(host, DataKind.VOLUME, "orders", BEFORE.plusSeconds(60)).snapshot("a").add();
    fixture.backup(host, DataKind.VOLUME, "orders", LATELY).snapshot("b").add();
    Instant then = BEFORE.plusSeconds(3660);

    Loss.LostData lost = losses.at(host, then, null).data().getFirst();

    assertThat(lost.window()).isEqualTo(Duration.ofHours(1));
    assertThat(lost.backup()).isNotNull().extracting(CoverageRow.Good::snapshotId).isEqualTo("a");
    assertThat(losses.at(host, BEFORE.minusSeconds(1), null).data()).isEmpty();
    assertThatExceptionOfType(NoSuchScope.class).isThrownBy(() -> losses.at(99_999, null, null));
  }

  @Test
  @DisplayName(
      "Its own drill tells how long a restore takes, else the drills of its source, else nothing")
  void restore() {
    for (String name : new String[] {"own", "source", "unknown"}) {
      volume(name, CoverageState.PROTECTED, DataShape.NAMED);
    }
    fixture.backup(host, DataKind.VOLUME, "own", LATELY).source("restic").add();
    fixture.backup(host, DataKind.VOLUME, "source", LATELY).source("restic").add();
    fixture.backup(host, DataKind.VOLUME, "unknown", LATELY).source("other").add();
    fixture.size(host, DataKind.VOLUME, "own", 3000, BEFORE, null);
    fixture.size(host, DataKind.VOLUME, "source", 500, BEFORE, null);
    fixture
        .restore(host, DataKind.VOLUME, "own", LATELY)
        .source("restic")
        .bytes(1000L)
        .took(10)
        .add();
    fixture.restore(host, DataKind.VOLUME, "own", NOW.minusSeconds(90)).took(1).failed().add();

    Loss loss = losses.at(host, null, null);

    assertThat(loss.data())
        .extracting(Loss.LostData::name, Loss.LostData::restore)
        .containsExactly(
            tuple("own", new Loss.Restore(30, Loss.Restore.Basis.OWN_DRILL)),
            tuple("source", new Loss.Restore(5, Loss.Restore.Basis.SOURCE_THROUGHPUT)),
            tuple("unknown", null));
    assertThat(loss.restoreSeconds()).isEqualTo(35, within(0.001));
    assertThat(loss.restoreNotKnown()).isEqualTo(1);
  }

  @Test
  @DisplayName("What runs stops, service by service, with the data that it used")
  void services() {
    for (String name : new String[] {"web-1", "web-2"}) {
      long web =
          hosts.subject(
              host, SubjectKind.CONTAINER, "id-" + name, name, "compose:shop/web", BEFORE);
      hosts.state(web, name, BEFORE, null, "{\"Id\":\"x\"}", "{\"state\":\"running\"}");
    }
    long old = hosts.subject(host, SubjectKind.CONTAINER, "id-old", "old", "old", BEFORE);
    hosts.state(old, "old", BEFORE, null, "{\"Id\":\"y\"}", "{\"state\":\"exited\"}");
    long data =
        fixture.keep(
            host,
            DataKind.VOLUME,
            "uploads",
            null,
            BEFORE,
            DataShape.NAMED,
            "[%s,%s]"
                .formatted(
                    CoverageFixture.user("web-1", true), CoverageFixture.user("old", false)));
    fixture.stands(data, CoverageState.UNPROTECTED, CoverageReason.NEVER, BEFORE);
    hosts.blindness(host, "image", NOW.minusSeconds(60), null);

    Loss loss = losses.at(host, null, null);

    assertThat(loss.services()).hasSize(1);
    Loss.Service service = loss.services().getFirst();
    assertThat(service.name()).isEqualTo("compose:shop/web");
    assertThat(service.containers()).containsExactly("web-1", "web-2");
    assertThat(service.misses())
        .containsExactly(new Loss.Missed(data, DataKind.VOLUME, "uploads", Loss.Fate.LOST));
    assertThat(loss.unread()).isFalse();
    hosts.blindness(host, "volume", NOW.minusSeconds(60), null);
    assertThat(losses.at(host, null, null).unread()).isTrue();
  }

  private void volume(String name, CoverageState state, DataShape shape) {
    long data = fixture.keep(host, DataKind.VOLUME, name, null, BEFORE, shape, "[]");
    fixture.stands(data, state, CoverageReason.OLD, BEFORE);
  }

  private void backup(String name, String target) {
    fixture.backup(host, DataKind.VOLUME, name, LATELY).target(target).add();
  }
}
