package dev.plimsoll.posture;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.InvalidInput;
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
class FindingListTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final PostureFixture fixture;
  private final SettableClock clock = new SettableClock(NOW);
  private final FindingList findings;
  private long host;

  FindingListTest(DataSource dataSource) {
    fixture = new PostureFixture(dataSource);
    findings = PostureServices.of(dataSource, clock).findings();
  }

  @BeforeEach
  void addHost() {
    fixture.clear();
    host = fixture.host("web-1").group("Retail").add();
  }

  @Test
  @DisplayName("A finding shows its host, its check and the replicas that fail now")
  void complete() {
    for (String name : List.of("shop-2", "shop-1", "shop-3")) {
      long subject =
          fixture.subject(host, SubjectKind.CONTAINER, name, name, "compose:shop/web", LONG_AGO);
      fixture.state(subject, name, LONG_AGO, null, "{}", null);
      if (!name.equals("shop-3")) {
        fixture.fails(subject, LONG_AGO, "CTR-PRIV");
      }
    }
    long id = fixture.finding(host, "CTR-PRIV", "compose:shop/web", LONG_AGO);

    FindingRow row = findings.get(id).orElseThrow();

    assertThat(row.host()).isEqualTo(new HostRef(host, "web-1"));
    assertThat(row.group()).isEqualTo("Retail");
    assertThat(row.severity()).isEqualTo("critical");
    assertThat(row.title()).isEqualTo(PostureFixture.rule("CTR-PRIV").title());
    assertThat(row.status()).isEqualTo("OPEN");
    assertThat(row.failingSince()).isEqualTo(LONG_AGO);
    assertThat(row.subjectCount()).isEqualTo(2);
    assertThat(row.subjects())
        .extracting(FindingRow.SubjectRef::name)
        .containsExactly("shop-1", "shop-2");
  }

  @Test
  @DisplayName("The queue holds what is open and counts, worst and longest first")
  void queue() {
    fixture.finding(host, "CTR-MEM", "a", LONG_AGO);
    fixture.finding(host, "CTR-PRIV", "late", LONG_AGO.plusSeconds(9));
    fixture.finding(host, "CTR-PRIV", "early", LONG_AGO);
    fixture.resolve(fixture.finding(host, "CTR-PRIV", "done", LONG_AGO), NOW.minusSeconds(5));
    long old = fixture.addHost("old");
    fixture.finding(old, "CTR-PRIV", "gone", LONG_AGO);
    fixture.decommission(old, NOW.minusSeconds(5));

    assertThat(lineages(FindingQuery.OPEN)).containsExactly("early", "late", "a");
    assertThat(lineages(query(Set.of(), Set.of("RESOLVED"), null))).containsExactly("done");
    assertThat(lineages(query(Set.of("critical"), Set.of(), null)))
        .containsExactly("early", "late");
    assertThat(lineages(query(Set.of(), Set.of(), "EARL"))).containsExactly("early");
    assertThat(lineages(query(Set.of(), Set.of(), "web-1"))).hasSize(3);
  }

  @Test
  @DisplayName("The past shows each finding as its events had left it")
  void asOf() {
    Instant acknowledged = Instant.parse("2026-01-05T00:00:00Z");
    Instant resolved = Instant.parse("2026-01-10T00:00:00Z");
    Instant reopened = Instant.parse("2026-01-12T00:00:00Z");
    long id = fixture.finding(host, "CTR-PRIV", "shop", LONG_AGO);
    fixture.event(id, acknowledged, "STATUS", "{\"status\":\"ACKNOWLEDGED\"}");
    fixture.event(id, acknowledged, "ASSIGNED", "{\"assignee\":\"ann\"}");
    fixture.event(id, acknowledged, "DUE", "{\"dueAt\":\"2026-02-01T00:00:00Z\"}");
    fixture.resolve(id, resolved);
    fixture.reopen(id, reopened);

    assertThat(findings.get(id, LONG_AGO.minusSeconds(1))).isEmpty();
    assertThat(findings.get(id, LONG_AGO).orElseThrow().status()).isEqualTo("OPEN");
    FindingRow then = findings.get(id, acknowledged).orElseThrow();
    assertThat(then.status()).isEqualTo("ACKNOWLEDGED");
    assertThat(then.assignee()).isEqualTo("ann");
    assertThat(then.dueAt()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
    assertThat(then.reopened()).isZero();
    FindingRow done = findings.get(id, resolved).orElseThrow();
    assertThat(done.status()).isEqualTo("RESOLVED");
    assertThat(done.resolvedAt()).isEqualTo(resolved);
    assertThat(findings.list(FindingQuery.OPEN, resolved, PageRequest.FIRST).items()).isEmpty();
    FindingRow again = findings.get(id, reopened).orElseThrow();
    assertThat(again.status()).isEqualTo("OPEN");
    assertThat(again.reopened()).isEqualTo(1);
    assertThat(again.resolvedAt()).isNull();
  }

  @Test
  @DisplayName("A finding that is resolved while somebody pages is still in the list they began")
  void pinned() {
    fixture.finding(host, "CTR-PRIV", "a", LONG_AGO);
    long second = fixture.finding(host, "CTR-PRIV", "b", LONG_AGO.plusSeconds(1));
    fixture.finding(host, "CTR-PRIV", "c", LONG_AGO.plusSeconds(2));

    Page<FindingRow> first = findings.list(FindingQuery.OPEN, new PageRequest(1, null, false));
    clock.advance(Duration.ofMinutes(1));
    fixture.resolve(second, NOW.plusSeconds(30));
    fixture.finding(host, "CTR-PRIV", "new", NOW.plusSeconds(30));
    Page<FindingRow> rest =
        findings.list(FindingQuery.OPEN, new PageRequest(9, first.next(), false));

    assertThat(rest.items())
        .extracting(FindingRow::lineage, FindingRow::status)
        .containsExactly(tuple("b", "OPEN"), tuple("c", "OPEN"));
    assertThat(lineages(FindingQuery.OPEN)).containsExactly("a", "c", "new");
  }

  @ParameterizedTest
  @EnumSource(FindingQuery.Sort.class)
  @DisplayName("Pages of every order put together are the whole list, ties included")
  void paging(FindingQuery.Sort sort) {
    long other = fixture.addHost("Web-0");
    for (int i = 0; i < 14; i++) {
      fixture.finding(
          i % 3 == 0 ? host : other,
          i % 2 == 0 ? "CTR-PRIV" : "CTR-MEM",
          "l" + i,
          LONG_AGO.plusSeconds(i / 5));
    }
    for (boolean descending : new boolean[] {false, true}) {
      FindingQuery query =
          new FindingQuery(
              null, null, null, Set.of(), Set.of(), null, null, false, null, sort, descending);
      List<FindingRow> whole = findings.list(query, PageRequest.FIRST).items();
      List<FindingRow> pages = new ArrayList<>();
      @Nullable String after = null;
      do {
        Page<FindingRow> page = findings.list(query, new PageRequest(3, after, true));
        assertThat(page.count()).isEqualTo(14);
        pages.addAll(page.items());
        after = page.next();
      } while (after != null);
      assertThat(pages).hasSize(14).containsExactlyElementsOf(whole);
    }
  }

  @Test
  @DisplayName("Its history is told in words")
  void events() {
    long id = fixture.finding(host, "CTR-PRIV", "shop", LONG_AGO);
    fixture.event(id, NOW, "ASSIGNED", "{\"assignee\":null}");
    fixture.event(id, NOW, "COMMENT", "{\"text\":\"<b>soon</b>\"}");

    assertThat(findings.events(id))
        .extracting(FindingEvent::kind, FindingEvent::text)
        .containsExactly(
            tuple("OPENED", "A check failed."),
            tuple("ASSIGNED", "Assigned to nobody."),
            tuple("COMMENT", "<b>soon</b>"));
    assertThat(findings.events(id, LONG_AGO)).hasSize(1);
  }

  @Test
  @DisplayName("Words that mean nothing are refused")
  void refused() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> lineages(query(Set.of("terrible"), Set.of(), null)))
        .withMessageContaining("severity");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> lineages(query(Set.of(), Set.of("DONE"), null)))
        .withMessageContaining("status");
  }

  private List<String> lineages(FindingQuery query) {
    return findings.list(query, PageRequest.FIRST).items().stream()
        .map(FindingRow::lineage)
        .toList();
  }

  private static FindingQuery query(
      Set<String> severities, Set<String> statuses, @Nullable String text) {
    return new FindingQuery(
        null,
        null,
        null,
        severities,
        statuses,
        null,
        null,
        false,
        text,
        FindingQuery.Sort.SEVERITY,
        true);
  }
}
