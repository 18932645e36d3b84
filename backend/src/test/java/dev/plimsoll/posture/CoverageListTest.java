package dev.plimsoll.posture;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.testing.CoverageFixture;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @Test
  @DisplayName("Late evidence changes the corrected view of the past, never what was known then")
  void bothTimes() {
    long data = fixture.volume(host, "orders", BEFORE);
    Instant learned = BEFORE.plusSeconds(5 * DAY);
    Instant then = BEFORE.plusSeconds(2 * DAY);
    fixture.coverage(
        data, CoverageState.UNPROTECTED, CoverageReason.NEVER, BEFORE, null, BEFORE, learned, null);
    fixture.coverage(
        data, CoverageState.PROTECTED, CoverageReason.FRESH, BEFORE, null, learned, null, null);
    fixture.promise(data, 7, "Databases", 30 * DAY, false, BEFORE);
    fixture.backup(host, DataKind.VOLUME, "orders", BEFORE).learnedAt(learned).add();

    assertThat(state(data, then, null)).isEqualTo(CoverageState.UNPROTECTED);
    assertThat(state(data, then, learned.minusSeconds(1))).isEqualTo(CoverageState.UNPROTECTED);
    assertThat(state(data, then, learned)).isEqualTo(CoverageState.PROTECTED);
    assertThat(state(data, learned, null)).isEqualTo(CoverageState.PROTECTED);
    assertThat(state(data, null, null)).isEqualTo(CoverageState.PROTECTED);
    assertThat(coverage.get(data, then, null).orElseThrow().backups().good()).isNull();
    assertThat(coverage.get(data, then, learned).orElseThrow().backups().good()).isNotNull();
    assertThat(coverage.get(data, BEFORE.minusSeconds(1), null)).isEmpty();
  }

  @Test
  @DisplayName("What is known before it holds, or in the future, is asked for in vain")
  void knownTooEarly() {
    for (Instant known : List.of(BEFORE.minusSeconds(1), NOW.plusSeconds(1))) {
      assertThatExceptionOfType(InvalidInput.class)
          .isThrownBy(() -> coverage.list(CoverageQuery.ALL.at(BEFORE, known), PageRequest.FIRST))
          .withMessageStartingWith("knownAt: " + known);
    }
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () -> coverage.list(CoverageQuery.ALL.at(NOW.plusSeconds(1), null), PageRequest.FIRST))
        .withMessageStartingWith("asOf: ");
  }

  @Test
  @DisplayName("A state turns at its instant though no job has written that yet")
  void turns() {
    long data = fixture.volume(host, "orders", BEFORE);
    Instant turn = NOW.plusSeconds(60);
    fixture.standsUntil(data, BEFORE, turn);

    assertThat(state(data, null, null)).isEqualTo(CoverageState.PROTECTED);
    clock.advance(Duration.ofSeconds(60).minusNanos(1000));
    assertThat(state(data, null, null)).isEqualTo(CoverageState.PROTECTED);
    clock.advance(Duration.ofNanos(1000));
    CoverageRow late = coverage.get(data, null, null).orElseThrow();
    assertThat(late.state()).isEqualTo(CoverageState.LATE);
    assertThat(late.reason()).isEqualTo(CoverageReason.OLD);
    assertThat(late.since()).isEqualTo(turn);
    assertThat(late.turnsAt()).isNull();
    assertThat(list(query(CoverageState.LATE))).containsExactly("orders");
    assertThat(list(query(CoverageState.PROTECTED))).isEmpty();
    assertThat(state(data, NOW, null)).isEqualTo(CoverageState.PROTECTED);
  }

  @Test
  @DisplayName("Of a host whose list of volumes broke, its volumes are unknown, nothing else")
  void unreadList() {
    long volume = fixture.volume(host, "orders", BEFORE);
    fixture.stands(volume, CoverageState.PROTECTED, CoverageReason.FRESH, BEFORE);
    long directory =
        fixture.keep(
            host, DataKind.DIRECTORY, "/srv/files", null, BEFORE, DataShape.DIRECTORY, "[]");
    fixture.stands(directory, CoverageState.LATE, CoverageReason.OLD, BEFORE);
    hosts.blindness(host, "volume", NOW.minusSeconds(30), null);

    CoverageRow row = coverage.get(volume, null, null).orElseThrow();

    assertThat(row.state()).isEqualTo(CoverageState.UNKNOWN);
    assertThat(row.reason()).isEqualTo(CoverageReason.HOST_UNREAD);
    assertThat(row.whenLastSeen()).isEqualTo(CoverageState.PROTECTED);
    assertThat(row.since()).isEqualTo(NOW.minusSeconds(30));
    assertThat(state(volume, NOW.minusSeconds(31), null)).isEqualTo(CoverageState.PROTECTED);
    assertThat(state(directory, null, null)).isEqualTo(CoverageState.LATE);
  }

  @Test
  @DisplayName("A host that was not read for too long knows nothing, though no job wrote that yet")
  void stale() {
    long volume = fixture.volume(host, "orders", BEFORE);
    fixture.stands(volume, CoverageState.PROTECTED, CoverageReason.FRESH, BEFORE);

    clock.advance(Duration.ofHours(24));

    assertThat(state(volume, null, null)).isEqualTo(CoverageState.UNKNOWN);
    assertThat(list(query(CoverageState.UNKNOWN))).containsExactly("orders");
    assertThat(state(volume, NOW, null)).isEqualTo(CoverageState.PROTECTED);
  }

  @Test
  @DisplayName(
      "A good backup is of this incarnation, there, whole, not empty and not of the future")
  void good() {
    long data = fixture.volume(host, "orders", BEFORE);
    fixture.promise(data, 7, "Databases", DAY, false, BEFORE);
    fixture.stands(data, CoverageState.LATE, CoverageReason.OLD, BEFORE);
    fixture.recordsFrom(data, BEFORE);
    Instant good = BEFORE.plusSeconds(60);
    fixture.backup(host, DataKind.VOLUME, "orders", good).source("good").target(null).add();
    Instant later = good.plusSeconds(600);
    fixture.backup(host, DataKind.VOLUME, "orders", BEFORE.minusSeconds(1)).add();
    fixture.backup(host, DataKind.VOLUME, "orders", later).goneAt(NOW.minusSeconds(5)).add();
    fixture.backup(host, DataKind.VOLUME, "orders", later).bytes(0L).add();
    fixture.backup(host, DataKind.VOLUME, "orders", later).ahead().add();
    fixture.backup(host, DataKind.VOLUME, "orders", later).failed().add();
    fixture.backup(host, DataKind.VOLUME, "invoices", later).add();
    fixture.backup(host, DataKind.VOLUME, "orders", later).snapshot("bad").add();
    fixture.restore(host, DataKind.VOLUME, "orders", later).snapshot("bad").failed().add();

    CoverageRow.Good found = coverage.get(data, null, null).orElseThrow().backups().good();

    assertThat(found).isNotNull().extracting(CoverageRow.Good::source).isEqualTo("good");
    assertThat(found).extracting(CoverageRow.Good::offHost).isNull();
    // The one that is gone was there then
    assertThat(coverage.get(data, NOW.minusSeconds(6), null).orElseThrow().backups().good())
        .isNotNull()
        .extracting(CoverageRow.Good::startedAt)
        .isEqualTo(later);
  }

  @Test
  @DisplayName("Where the policy wants backups off the host, an older one there counts first")
  void offHost() {
    long data = fixture.volume(host, "orders", BEFORE);
    fixture.promise(data, 7, "Databases", DAY, true, BEFORE);
    fixture.stands(data, CoverageState.LATE, CoverageReason.OLD, BEFORE);
    fixture.backup(host, DataKind.VOLUME, "orders", NOW.minusSeconds(60)).target("LOCAL").add();
    assertThat(list(query(CoverageQuery.OffHost.FALSE))).containsExactly("orders");

    fixture.backup(host, DataKind.VOLUME, "orders", BEFORE).target("OBJECT_STORE").add();

    assertThat(coverage.get(data, null, null).orElseThrow().backups().good())
        .isNotNull()
        .extracting(CoverageRow.Good::startedAt)
        .isEqualTo(BEFORE);
    assertThat(list(query(CoverageQuery.OffHost.TRUE))).containsExactly("orders");
    assertThat(list(query(CoverageQuery.OffHost.FALSE))).isEmpty();
  }

  @Test
  @DisplayName("A backup of a directory holds those below it, but no neighbour of a longer name")
  void directories() {
    long below = directory("/srv/files/a");
    long neighbour = directory("/srv/files-old");
    fixture.backup(host, DataKind.DIRECTORY, "/srv/files", BEFORE).add();
    assertThat(coverage.get(below, null, null).orElseThrow().backups().good()).isNotNull();
    assertThat(coverage.get(neighbour, null, null).orElseThrow().backups().good()).isNull();

    fixture.backup(host, DataKind.DIRECTORY, "/", BEFORE).add();

    assertThat(coverage.get(neighbour, null, null).orElseThrow().backups().good()).isNotNull();
  }

  @Test
  @DisplayName("The list narrows by host, group, kind, policy, text and use")
  void filters() {
    long other = hosts.host("web-1").group("Retail/Shops").add();
    hosts.read(other, NOW.minusSeconds(60));
    long orders = volume(host, "orders", "[" + CoverageFixture.user("db", true) + "]");
    fixture.promise(orders, 7, "Databases", DAY, false, BEFORE);
    long scratch = volume(host, "scratch", "[]");
    fixture.exempt(scratch, "Scratch", "It is made anew each night.", "ann", BEFORE);
    volume(other, "uploads", "[" + CoverageFixture.user("web", true) + "]");
    directory("/srv/orders");

    assertThat(list(CoverageQuery.ALL))
        .containsExactlyInAnyOrder("orders", "scratch", "uploads", "/srv/orders");
    assertThat(list(CoverageQuery.ALL.ofHost(other))).containsExactly("uploads");
    assertThat(list(filtered("retail/shops", Set.of(), null, null, null)))
        .containsExactly("uploads");
    assertThat(list(filtered("Retail", Set.of(), null, null, null))).hasSize(4);
    assertThat(list(filtered(null, Set.of(DataKind.DIRECTORY), null, null, null)))
        .containsExactly("/srv/orders");
    assertThat(list(filtered(null, Set.of(), "databases", null, null))).containsExactly("orders");
    assertThat(list(filtered(null, Set.of(), "7", null, null))).containsExactly("orders");
    assertThat(list(filtered(null, Set.of(), "scratch", null, null))).containsExactly("scratch");
    assertThat(list(filtered(null, Set.of(), null, "ORDERS", null)))
        .containsExactlyInAnyOrder("orders", "/srv/orders");
    assertThat(list(filtered(null, Set.of(), null, null, true))).containsExactly("scratch");
    assertThat(list(filtered(null, Set.of(), null, null, false))).hasSize(3);
    assertThat(coverage.get(scratch, null, null).orElseThrow().exemption())
        .isNotNull()
        .satisfies(
            exemption -> {
              assertThat(exemption.reason()).isEqualTo("It is made anew each night.");
              assertThat(exemption.approver()).isEqualTo("ann");
            });
    hosts.decommission(other, NOW.minusSeconds(1));
    assertThat(list(CoverageQuery.ALL)).doesNotContain("uploads");
  }

  @ParameterizedTest
  @EnumSource(CoverageQuery.Sort.class)
  @DisplayName("Pages follow each other in every order, both ways, with and without values")
  void pages(CoverageQuery.Sort sort) {
    List<CoverageState> states = List.of(CoverageState.values());
    for (int i = 0; i < 7; i++) {
      String name = "v" + i;
      long data = fixture.volume(host, name, BEFORE);
      fixture.stands(data, states.get(i % 6), CoverageReason.OLD, BEFORE);
      if (i % 3 > 0) {
        fixture.size(host, DataKind.VOLUME, name, i % 3, BEFORE, null);
        fixture.backup(host, DataKind.VOLUME, name, BEFORE.plusSeconds(i % 3)).add();
      }
    }
    for (boolean descending : new boolean[] {false, true}) {
      CoverageQuery query = sorted(sort, descending);
      List<String> whole = list(query);
      assertThat(whole).hasSize(7).doesNotHaveDuplicates();
      List<String> paged = new ArrayList<>();
      @Nullable String after = null;
      do {
        Page<CoverageRow> page = coverage.list(query, new PageRequest(2, after, true));
        assertThat(page.count()).isEqualTo(7);
        page.items().forEach(row -> paged.add(row.name()));
        after = page.next();
      } while (after != null);
      assertThat(paged).containsExactlyElementsOf(whole);
    }
  }

  @Test
  @DisplayName("What is most urgent comes first")
  void urgency() {
    for (CoverageState state : CoverageState.values()) {
      fixture.stands(fixture.volume(host, state.name(), BEFORE), state, CoverageReason.OLD, BEFORE);
    }

    assertThat(list(CoverageQuery.ALL))
        .containsExactly("FAILED", "UNPROTECTED", "LATE", "UNKNOWN", "EXEMPT", "PROTECTED");
  }

  @Test
  @DisplayName("A container shows its layer and what it mounts, a volume itself")
  void ofSubject() {
    long container = hosts.container(host, "db", BEFORE);
    long layer =
        fixture.keep(
            host,
            DataKind.LAYER,
            "db",
            container,
            BEFORE,
            DataShape.LAYER,
            "[" + CoverageFixture.user("db", true) + "]");
    fixture.stands(layer, CoverageState.UNPROTECTED, CoverageReason.NO_POLICY, BEFORE);
    fixture.size(host, DataKind.LAYER, "id-db", 77, BEFORE, null);
    volume(host, "orders", "[" + CoverageFixture.user("db", true) + "]");
    volume(host, "uploads", "[" + CoverageFixture.user("web", true) + "]");

    List<CoverageRow> rows = coverage.ofSubject(container, null);

    assertThat(rows).extracting(CoverageRow::name).containsExactlyInAnyOrder("db", "orders");
    assertThat(rows)
        .filteredOn(row -> row.kind() == DataKind.LAYER)
        .extracting(CoverageRow::bytes)
        .containsExactly(77L);
    assertThat(coverage.ofSubject(container, BEFORE.minusSeconds(1))).isEmpty();
  }

  @Test
  @DisplayName("The time line tells each stretch, turned, corrected, and unknown while unread")
  void history() {
    long data = fixture.volume(host, "orders", BEFORE);
    Instant late = BEFORE.plusSeconds(DAY);
    fixture.standsUntil(data, BEFORE, late);
    hosts.blindness(host, "volume", BEFORE.plusSeconds(3600), BEFORE.plusSeconds(7200));

    List<CoverageSpan> spans = coverage.history(data, LONG_AGO, null, null);

    assertThat(spans)
        .containsExactly(
            span(BEFORE, BEFORE.plusSeconds(3600), CoverageState.PROTECTED),
            span(BEFORE.plusSeconds(3600), BEFORE.plusSeconds(7200), CoverageState.UNKNOWN),
            span(BEFORE.plusSeconds(7200), late, CoverageState.PROTECTED),
            span(late, NOW, CoverageState.LATE));
  }

  private static CoverageSpan span(Instant from, Instant to, CoverageState state) {
    return new CoverageSpan(
        from,
        to,
        state,
        switch (state) {
          case PROTECTED -> CoverageReason.FRESH;
          case LATE -> CoverageReason.OLD;
          default -> CoverageReason.HOST_UNREAD;
        });
  }

  private long volume(long on, String name, String users) {
    long data = fixture.keep(on, DataKind.VOLUME, name, null, BEFORE, DataShape.NAMED, users);
    fixture.stands(data, CoverageState.UNPROTECTED, CoverageReason.NEVER, BEFORE);
    return data;
  }

  private long directory(String path) {
    long data =
        fixture.keep(
            host,
            DataKind.DIRECTORY,
            path,
            null,
            BEFORE,
            DataShape.DIRECTORY,
            "[" + CoverageFixture.user("files", true) + "]");
    fixture.stands(data, CoverageState.UNPROTECTED, CoverageReason.NEVER, BEFORE);
    return data;
  }

  private CoverageState state(long data, @Nullable Instant asOf, @Nullable Instant knownAt) {
    return coverage.get(data, asOf, knownAt).orElseThrow().state();
  }

  private List<String> list(CoverageQuery query) {
    return coverage.list(query, PageRequest.FIRST).items().stream().map(CoverageRow::name).toList();
  }

  private static CoverageQuery query(CoverageState state) {
    return new CoverageQuery(
        null,
        null,
        Set.of(state),
        Set.of(),
        null,
        null,
        null,
        null,
        CoverageQuery.Sort.STATE,
        false,
        null,
        null);
  }

  private static CoverageQuery query(CoverageQuery.OffHost where) {
    return new CoverageQuery(
        null,
        null,
        Set.of(),
        Set.of(),
        null,
        null,
        null,
        where,
        CoverageQuery.Sort.STATE,
        false,
        null,
        null);
  }

  private static CoverageQuery sorted(CoverageQuery.Sort sort, boolean descending) {
    return new CoverageQuery(
        null, null, Set.of(), Set.of(), null, null, null, null, sort, descending, null, null);
  }

  private static CoverageQuery filtered(
      @Nullable String group,
      Set<DataKind> kinds,
      @Nullable String policy,
      @Nullable String text,
      @Nullable Boolean orphaned) {
    return new CoverageQuery(
        null,
        group,
        Set.of(),
        kinds,
        policy,
        text,
        orphaned,
        null,
        CoverageQuery.Sort.STATE,
        false,
        null,
        null);
  }
}
