package dev.plimsoll.posture;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DatabaseTest
class HostListTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final DataSource dataSource;
  private final PostureFixture fixture;
  private final HostList hosts;

  HostListTest(DataSource dataSource) {
    this.dataSource = dataSource;
    fixture = new PostureFixture(dataSource);
    hosts = PostureServices.of(dataSource, CLOCK).hosts();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @Test
  @DisplayName("A host shows who it is, how its collections go and where it stands")
  void complete() {
    long host =
        fixture
            .host("web-1")
            .group("Retail/Payments")
            .environment("production")
            .owner("ops")
            .labels("{\"tier\":\"front\"}")
            .add();
    fixture.engine(host, LONG_AGO);
    fixture.container(host, "a", LONG_AGO);
    fixture.container(host, "b", LONG_AGO);
    long collection = fixture.read(host, NOW.minusSeconds(60));
    fixture.running(host, NOW.minusSeconds(1));
    fixture.score("HOST", host, LONG_AGO, 40, "F");
    fixture.score("HOST", host, NOW.minusSeconds(60), 61, "F");
    fixture.finding(host, "CTR-PRIV", "a", LONG_AGO);
    fixture.resolve(fixture.finding(host, "CTR-PRIV", "b", LONG_AGO), NOW.minusSeconds(9));

    HostRow row = hosts.list(HostQuery.ALL, PageRequest.FIRST).items().getFirst();

    assertThat(row.name()).isEqualTo("web-1");
    assertThat(row.endpoint()).isEqualTo("unix:///run/web-1");
    assertThat(row.group()).isEqualTo("Retail/Payments");
    assertThat(row.environment()).isEqualTo("production");
    assertThat(row.labels()).containsOnly(Map.entry("tier", "front"));
    assertThat(row.status()).isEqualTo(HostStatus.OK);
    assertThat(row.lastCollection())
        .isEqualTo(
            new HostRow.LastCollection(collection, "SUCCEEDED", NOW.minusSeconds(60), null, null));
    assertThat(row.score()).isEqualTo(61.0);
    assertThat(row.scoreHigh()).isEqualTo(62.0);
    assertThat(row.grade()).isEqualTo("F");
    assertThat(row.confidence()).isEqualTo(0.875);
    assertThat(row.containers()).isEqualTo(2);
    assertThat(row.openCriticals()).isEqualTo(1);
    assertThat(row.engineVersion()).isEqualTo("20.10.24");
    assertThat(hosts.get(host, null)).contains(row);
  }

  @ParameterizedTest(name = "{0}, last read {1} h ago every {2} s: {3}")
  @CsvSource({
    "never attempted,   , 900,    PENDING",
    "SUCCEEDED,        1, 900,    OK",
    "PARTIAL,          1, 900,    PARTIAL",
    "FAILED,           1, 900,    UNREACHABLE",
    "FAILED,            , 900,    STALE",
    "SUCCEEDED,       23, 900,    OK",
    "SUCCEEDED,       24, 900,    STALE",
    "SUCCEEDED,       71, 86400,  OK",
    "SUCCEEDED,       72, 86400,  STALE",
    "SUCCEEDED,      167, 604800, OK",
    "SUCCEEDED,      168, 604800, STALE",
  })
  @DisplayName("Status follows from the collections and the freshness limit")
  void status(String last, @Nullable Integer hoursAgo, int interval, HostStatus expected) {
    long host = fixture.host("h").intervalSeconds(interval).add();
    fixture.score("HOST", host, LONG_AGO, 80, "B");
    if (hoursAgo != null) {
      Instant read = NOW.minus(Duration.ofHours(hoursAgo));
      fixture.collection(
          host, last.equals("PARTIAL") ? "PARTIAL" : "SUCCEEDED", read.minusSeconds(1), read);
    }
    if (last.equals("FAILED")) {
      fixture.collection(host, "FAILED", NOW.minusSeconds(30), NOW.minusSeconds(20));
    }

    HostRow row = hosts.get(host, null).orElseThrow();

    assertThat(row.status()).isEqualTo(expected);
    if (expected == HostStatus.STALE) {
      assertThat(row.score()).isZero();
      assertThat(row.scoreHigh()).isEqualTo(100.0);
      assertThat(row.grade()).isEqualTo("U");
      assertThat(row.confidence()).isZero();
    } else {
      assertThat(row.score()).isEqualTo(80.0);
    }
  }

  @Test
  @DisplayName("A paused host shows as paused and scores as stale once it is")
  void paused() {
    long host = fixture.host("h").paused().add();
    fixture.read(host, NOW.minus(Duration.ofDays(8)));
    fixture.score("HOST", host, LONG_AGO, 80, "B");

    HostRow row = hosts.get(host, null).orElseThrow();

    assertThat(row.status()).isEqualTo(HostStatus.PAUSED);
    assertThat(row.grade()).isEqualTo("U");
  }

  @Test
  @DisplayName("A decommissioned host is listed only where its status is asked for")
  void decommissioned() {
    long host = fixture.addHost("old");
    fixture.addHost("new");
    fixture.decommission(host, NOW.minusSeconds(10));

    assertThat(names(HostQuery.ALL)).containsExactly("new");
    assertThat(names(query(null, null, Set.of(HostStatus.DECOMMISSIONED), null)))
        .containsExactly("old");
    assertThat(names(query(null, null, Set.of(), NOW.minusSeconds(11))))
        .containsExactlyInAnyOrder("old", "new");
  }

  @Test
  @DisplayName("The past shows name, group, score, criticals and status as they were")
  void asOf() {
    Instant then = Instant.parse("2026-02-01T00:00:00Z");
    long host = fixture.host("before").group("Old").add();
    fixture.read(host, then.minusSeconds(60));
    fixture.score("HOST", host, then.minusSeconds(60), 40, "D");
    long finding = fixture.finding(host, "CTR-PRIV", "a", then.minusSeconds(60));
    fixture.resolve(finding, then.plusSeconds(60));
    fixture.rename(host, "after", "New", then.plusSeconds(60));
    fixture.collection(host, "FAILED", then.plusSeconds(60), then.plusSeconds(61));
    fixture.score("HOST", host, then.plusSeconds(60), 90, "A");

    HostRow row = hosts.get(host, then).orElseThrow();

    assertThat(row.name()).isEqualTo("before");
    assertThat(row.group()).isEqualTo("Old");
    assertThat(row.status()).isEqualTo(HostStatus.OK);
    assertThat(row.score()).isEqualTo(40.0);
    assertThat(row.openCriticals()).isEqualTo(1);
    assertThat(hosts.get(host, LONG_AGO.minusSeconds(1))).isEmpty();
    assertThat(names(query(null, "new", Set.of(), then))).isEmpty();
    assertThat(names(query(null, "old", Set.of(), then))).containsExactly("before");
    assertThat(hosts.get(host, null).orElseThrow().openCriticals()).isZero();
  }

  @Test
  @DisplayName("The future is refused")
  void future() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> hosts.get(1, NOW.plusSeconds(1)))
        .withMessageContaining("asOf")
        .withMessageContaining("future");
  }

  @Test
  @DisplayName("Filters look into name, owner and labels, and into a group's whole subtree")
  void filters() {
    fixture.host("Web-1").group("Retail/Payments").add();
    fixture.host("db-1").group("Retail").owner("Wendy").add();
    fixture.host("db-2").group("Retailers").labels("{\"rack\":\"w100%_a\"}").add();

    assertThat(names(query("we", null, Set.of(), null))).containsExactly("db-1", "Web-1");
    assertThat(names(query("rack=W100%", null, Set.of(), null))).containsExactly("db-2");
    assertThat(names(query("100%_", null, Set.of(), null))).containsExactly("db-2");
    assertThat(names(query("%", null, Set.of(), null))).containsExactly("db-2");
    assertThat(names(query(null, "RETAIL", Set.of(), null))).containsExactly("db-1", "Web-1");
    assertThat(names(query(null, null, Set.of(HostStatus.OK), null))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(HostQuery.Sort.class)
  @DisplayName("Pages of every order put together are the whole list, ties and nulls included")
  void paging(HostQuery.Sort sort) {
    for (int i = 0; i < 12; i++) {
      long host = fixture.addHost("host-" + (i % 3 == 0 ? "" : "a'\"") + i);
      if (i % 3 != 0) {
        fixture.read(host, NOW.minusSeconds(60 + i % 2));
        fixture.score("HOST", host, LONG_AGO, 50 + i % 2, "C");
        fixture.finding(host, "CTR-PRIV", "x" + i % 5, LONG_AGO);
      }
    }
    for (boolean descending : new boolean[] {false, true}) {
      HostQuery query = new HostQuery(null, null, null, Set.of(), sort, descending, null);
      List<HostRow> whole = hosts.list(query, PageRequest.FIRST).items();
      List<HostRow> pages = new ArrayList<>();
      @Nullable String after = null;
      do {
        Page<HostRow> page = hosts.list(query, new PageRequest(5, after, true));
        assertThat(page.count()).isEqualTo(12);
        assertThat(page.countIsMinimum()).isFalse();
        pages.addAll(page.items());
        after = page.next();
      } while (after != null);
      assertThat(whole).hasSize(12);
      assertThat(pages).containsExactlyElementsOf(whole);
    }
  }

  @Test
  @DisplayName("A cursor pins the instant: what changes while somebody reads on changes nothing")
  void pinned() {
    SettableClock clock = new SettableClock(NOW);
    HostList moving = PostureServices.of(dataSource, clock).hosts();
    fixture.addHost("a");
    long second = fixture.addHost("b");

    Page<HostRow> first = moving.list(HostQuery.ALL, new PageRequest(1, null, false));
    clock.advance(Duration.ofMinutes(1));
    fixture.rename(second, "0", null, NOW.plusSeconds(30));
    fixture.host("c").since(NOW.plusSeconds(30)).add();
    Page<HostRow> rest = moving.list(HostQuery.ALL, new PageRequest(100, first.next(), false));

    assertThat(rest.items()).extracting(HostRow::name).containsExactly("b");
  }

  @Test
  @DisplayName("A cursor carries its filters; others than its own are refused")
  void cursorFilters() {
    for (String name : List.of("a1", "a2", "a3", "b1")) {
      fixture.addHost(name);
    }
    HostQuery as = query("a", null, Set.of(), null);
    String cursor = hosts.list(as, new PageRequest(1, null, false)).next();

    assertThat(hosts.list(HostQuery.ALL, new PageRequest(9, cursor, false)).items())
        .extracting(HostRow::name)
        .containsExactly("a2", "a3");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () -> hosts.list(query("b", null, Set.of(), null), new PageRequest(9, cursor, false)))
        .withMessageContaining("text");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () ->
                hosts.list(query("a", null, Set.of(), LONG_AGO), new PageRequest(9, cursor, false)))
        .withMessageContaining("asOf");
  }

  @ParameterizedTest
  @CsvSource({
    "no Base64 at all!",
    "e30",
    "bm90IGpzb24",
    "eyJsaXN0IjoiaG9zdHMiLCJhdCI6IjIwMjYtMDEtMDFUMDA6MDA6MDBaIiwicXVlcnkiOnt9LCJrZXkiOltdfQ"
  })
  @DisplayName("What is no cursor of this list is refused in words")
  void damagedCursor(String cursor) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> hosts.list(HostQuery.ALL, new PageRequest(9, cursor, false)))
        .withMessageContaining("after: The cursor");
  }

  @ParameterizedTest
  @CsvSource({"0", "1001", "-1"})
  @DisplayName("A page has 1 to 1000 rows")
  void limit(int limit) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> hosts.list(HostQuery.ALL, new PageRequest(limit, null, false)))
        .withMessageContaining("limit");
  }

  private List<String> names(HostQuery query) {
    return hosts.list(query, PageRequest.FIRST).items().stream().map(HostRow::name).toList();
  }

  private static HostQuery query(
      @Nullable String text,
      @Nullable String group,
      Set<HostStatus> statuses,
      @Nullable Instant asOf) {
    return new HostQuery(text, group, null, statuses, HostQuery.Sort.NAME, false, asOf);
  }
}
