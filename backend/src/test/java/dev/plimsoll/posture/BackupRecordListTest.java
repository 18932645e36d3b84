package dev.plimsoll.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.backup.RecordType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.testing.CoverageFixture;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DatabaseTest
class BackupRecordListTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant BEFORE = Instant.parse("2026-02-01T00:00:00Z");

  private final PostureFixture hosts;
  private final CoverageFixture fixture;
  private final BackupRecordList records;
  private long host;

  BackupRecordListTest(DataSource dataSource) {
    hosts = new PostureFixture(dataSource);
    fixture = new CoverageFixture(dataSource);
    records = PostureServices.of(dataSource, new SettableClock(NOW)).backupRecords();
  }

  @BeforeEach
  void addHost() {
    hosts.clear();
    fixture.clear();
    host = hosts.host("db-1").group("Retail").add();
  }

  @Test
  @DisplayName("A record tells all that was reported, and which data it belongs to")
  void complete() {
    long data = fixture.volume(host, "orders", BEFORE);
    long id =
        fixture
            .restore(host, DataKind.VOLUME, "orders", BEFORE.plusSeconds(60))
            .target("OBJECT_STORE")
            .took(12.5)
            .hashesEqual(true)
            .snapshot("abc")
            .add();

    BackupRecordRow row = records.get(id, null, null).orElseThrow();

    assertThat(row.host()).isEqualTo(new HostRef(host, "db-1"));
    assertThat(row.data()).isEqualTo(DataRef.volume("orders"));
    assertThat(row.dataId()).isEqualTo(data);
    assertThat(row.type()).isEqualTo(RecordType.RESTORE_TEST);
    assertThat(row.succeeded()).isTrue();
    assertThat(row.startedAt()).isEqualTo(BEFORE.plusSeconds(60));
    assertThat(row.finishedAt()).isEqualTo(BEFORE.plusSeconds(120));
    assertThat(row.learnedAt()).isEqualTo(BEFORE.plusSeconds(120));
    assertThat(row.goneAt()).isNull();
    assertThat(row.target()).isEqualTo(TargetType.OBJECT_STORE);
    assertThat(row.durationSeconds()).isEqualTo(12.5);
    assertThat(row.hashesEqual()).isTrue();
    assertThat(row.warnings()).isNull();
    assertThat(row.snapshotId()).isEqualTo("abc");
    assertThat(row.documentSha256()).hasSize(64);
  }

  @Test
  @DisplayName("What belongs to no data, or to what had the name before, is listed all the same")
  void unmatched() {
    long data = fixture.volume(host, "orders", BEFORE);
    fixture.recordsFrom(data, BEFORE);
    fixture.backup(host, DataKind.VOLUME, "orders", BEFORE.minusSeconds(9)).source("old").add();
    fixture.backup(host, DataKind.VOLUME, "orders", BEFORE).source("own").add();
    fixture.backup(host, DataKind.VOLUME, "unknown", BEFORE).source("unknown").add();
    fixture.keep(host, DataKind.DIRECTORY, "/srv/files", null, BEFORE, DataShape.DIRECTORY, "[]");
    fixture.backup(host, DataKind.DIRECTORY, "/srv", BEFORE).source("above").add();
    fixture.backup(host, DataKind.DIRECTORY, "/srv/f", BEFORE).source("beside").add();

    assertThat(sources(matched(true))).containsExactlyInAnyOrder("own", "above");
    assertThat(sources(matched(false))).containsExactlyInAnyOrder("old", "unknown", "beside");
    assertThat(sources(BackupRecordQuery.ofData(data, null, null, null))).containsExactly("own");
  }

  @Test
  @DisplayName("As of an instant there is what was known then; later knowledge adds to it")
  void bothTimes() {
    Instant learned = BEFORE.plusSeconds(9000);
    long late = fixture.backup(host, DataKind.VOLUME, "orders", BEFORE).learnedAt(learned).add();
    long gone =
        fixture
            .backup(host, DataKind.VOLUME, "orders", BEFORE)
            .goneAt(BEFORE.plusSeconds(5000))
            .add();
    Instant then = BEFORE.plusSeconds(1000);

    assertThat(ids(at(then, null))).containsExactly(gone);
    assertThat(ids(at(then, learned))).containsExactlyInAnyOrder(late, gone);
    assertThat(ids(at(BEFORE.plusSeconds(30), learned))).isEmpty();
    assertThat(records.get(late, then, null)).isEmpty();
    assertThat(records.get(gone, then, null).orElseThrow().goneAt()).isNull();
    assertThat(records.get(gone, null, null).orElseThrow().goneAt())
        .isEqualTo(BEFORE.plusSeconds(5000));
  }

  @Test
  @DisplayName("The list narrows by each filter and goes on by key, newest first")
  void filters() {
    long other = hosts.addHost("web-1");
    for (int i = 0; i < 5; i++) {
      fixture
          .backup(host, DataKind.VOLUME, "orders", BEFORE.plusSeconds(i / 2))
          .source("s" + i)
          .add();
    }
    fixture.backup(other, DataKind.LAYER, "web", BEFORE).failed().source("failed").add();
    fixture.restore(other, DataKind.SWARM, "swarm", BEFORE).ahead().source("ahead").add();

    assertThat(sources(query(host, null, Set.of(), null, null, null)))
        .containsExactly("s4", "s2", "s3", "s0", "s1");
    assertThat(sources(query(null, "retail", Set.of(), null, null, null))).hasSize(5);
    assertThat(sources(query(null, null, Set.of(DataKind.LAYER, DataKind.SWARM), null, null, null)))
        .containsExactlyInAnyOrder("failed", "ahead");
    assertThat(sources(query(null, null, Set.of(), RecordType.RESTORE_TEST, null, null)))
        .containsExactly("ahead");
    assertThat(sources(query(null, null, Set.of(), null, false, null))).containsExactly("failed");
    assertThat(sources(query(null, null, Set.of(), null, null, true))).containsExactly("ahead");
    List<String> paged = new ArrayList<>();
    @Nullable String after = null;
    do {
      Page<BackupRecordRow> page =
          records.list(BackupRecordQuery.ALL, new PageRequest(2, after, true));
      assertThat(page.count()).isEqualTo(7);
      page.items().forEach(row -> paged.add(row.source()));
      after = page.next();
    } while (after != null);
    assertThat(paged).containsExactlyElementsOf(sources(BackupRecordQuery.ALL));
  }

  private List<String> sources(BackupRecordQuery query) {
    return records.list(query, PageRequest.FIRST).items().stream()
        .map(BackupRecordRow::source)
        .toList();
  }

  private List<Long> ids(BackupRecordQuery query) {
    return records.list(query, PageRequest.FIRST).items().stream()
        .map(BackupRecordRow::id)
        .toList();
  }

  private static BackupRecordQuery matched(boolean matched) {
    return new BackupRecordQuery(
        null, null, null, Set.of(), null, null, null, null, null, matched, null, null, null);
  }

  private static BackupRecordQuery at(Instant asOf, @Nullable Instant knownAt) {
    return new BackupRecordQuery(
        null, null, null, Set.of(), null, null, null, null, null, null, null, asOf, knownAt);
  }

  private static BackupRecordQuery query(
      @Nullable Long host,
      @Nullable String group,
      Set<DataKind> kinds,
      @Nullable RecordType type,
      @Nullable Boolean succeeded,
      @Nullable Boolean ahead) {
    return new BackupRecordQuery(
        host, group, null, kinds, null, null, null, type, succeeded, null, ahead, null, null);
  }
}
