package dev.plimsoll.posture;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DatabaseTest
class SubjectListTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String HOSTILE = "<script>alert('%_\\x')</script>\"; drop table subject; --";

  private final PostureFixture fixture;
  private final SubjectList subjects;
  private long host;

  SubjectListTest(DataSource dataSource) {
    fixture = new PostureFixture(dataSource);
    subjects = PostureServices.of(dataSource, CLOCK).subjects();
  }

  @BeforeEach
  void addHost() {
    fixture.clear();
    host = fixture.addHost("web-1");
    fixture.read(host, NOW.minusSeconds(60));
  }

  @Test
  @DisplayName("A container shows its state, image, verdicts and documents")
  void container() {
    long id = fixture.container(host, "shop", LONG_AGO);
    fixture.fails(id, LONG_AGO, "CTR-PRIV", "CTR-USER");

    SubjectRow row = subjects.get(id, null).orElseThrow();

    assertThat(row.kind()).isEqualTo("container");
    assertThat(row.name()).isEqualTo("shop");
    assertThat(row.host()).isEqualTo(new HostRef(host, "web-1"));
    assertThat(row.state()).isEqualTo("PRESENT");
    assertThat(row.engineState()).isEqualTo("running");
    assertThat(row.image()).isEqualTo("shop:1");
    assertThat(row.lastSeen()).isEqualTo(NOW.minusSeconds(60));
    assertThat(row.failed()).isEqualTo(2);
    assertThat(row.unknown()).isZero();
    assertThat(row.worst()).isEqualTo("critical");
    StoredDocument document = subjects.document(id, null).orElseThrow();
    assertThat(document.sha256()).isEqualTo(row.documentSha256());
    assertThat(document.json()).contains("\"Image\":\"shop:1\"");
    assertThat(subjects.document(String.valueOf(row.observationSha256())).orElseThrow().json())
        .contains("running");
  }

  @Test
  @DisplayName("What is gone, and what could not be read, says so")
  void states() {
    long gone = fixture.subject(host, SubjectKind.CONTAINER, "g", "gone", LONG_AGO);
    fixture.state(gone, "gone", LONG_AGO, NOW.minusSeconds(500), "{}", null);
    long unread = fixture.subject(host, SubjectKind.CONTAINER, "u", "unread", LONG_AGO);
    fixture.state(unread, "unread", LONG_AGO, null, null, null);

    SubjectRow goneRow = subjects.get(gone, null).orElseThrow();
    assertThat(goneRow.state()).isEqualTo("GONE");
    assertThat(goneRow.lastSeen()).isEqualTo(NOW.minusSeconds(500));
    assertThat(subjects.document(gone, null)).isEmpty();
    assertThat(subjects.get(unread, null).orElseThrow().state()).isEqualTo("UNKNOWN");
    assertThat(subjects.get(gone, NOW.minusSeconds(501)).orElseThrow().state())
        .isEqualTo("PRESENT");
    assertThat(subjects.get(gone, LONG_AGO.minusSeconds(1))).isEmpty();
    assertThat(names(query(true, SubjectQuery.Sort.NAME, false))).containsExactly("unread");
    assertThat(names(query(false, SubjectQuery.Sort.NAME, false)))
        .containsExactly("gone", "unread");
  }

  @Test
  @DisplayName("Where a list cannot be read, its subjects are unknown and were last seen before")
  void blind() {
    long id = fixture.container(host, "shop", LONG_AGO);
    fixture.fails(id, LONG_AGO, "CTR-PRIV");
    fixture.read(host, NOW.minusSeconds(1000));
    fixture.blindness(host, "container", NOW.minusSeconds(60), null);

    SubjectRow row = subjects.get(id, null).orElseThrow();

    assertThat(row.state()).isEqualTo("UNKNOWN");
    assertThat(row.lastSeen()).isEqualTo(NOW.minusSeconds(1000));
    assertThat(row.failed()).isZero();
    assertThat(row.unknown()).isEqualTo(counting(SubjectKind.CONTAINER));
    assertThat(row.worst()).isNull();
    assertThat(subjects.get(id, NOW.minusSeconds(61)).orElseThrow().failed()).isEqualTo(1);
  }

  @Test
  @DisplayName("Subjects of a stale host are unknown, even before a job has written it down")
  void stale() {
    long silent = fixture.addHost("silent");
    fixture.read(silent, LONG_AGO);
    long id = fixture.container(silent, "shop", LONG_AGO);
    fixture.fails(id, LONG_AGO, "CTR-PRIV");

    SubjectRow row = subjects.get(id, null).orElseThrow();

    assertThat(row.state()).isEqualTo("UNKNOWN");
    assertThat(row.unknown()).isEqualTo(counting(SubjectKind.CONTAINER));
    assertThat(row.lastSeen()).isEqualTo(LONG_AGO);
  }

  @Test
  @DisplayName("A verdict that turned by itself counts as what it turned into")
  void turned() {
    long id = fixture.container(host, "shop", LONG_AGO);
    fixture.judgement(
        id,
        LONG_AGO,
        null,
        Map.of(),
        "[{\"check\":\"CTR-PRIV\",\"at\":\"%s\",\"to\":\"FAIL\"}]".formatted(NOW.minusSeconds(5)));

    assertThat(subjects.get(id, NOW.minusSeconds(6)).orElseThrow().failed()).isZero();
    assertThat(subjects.get(id, NOW.minusSeconds(5)).orElseThrow().failed()).isEqualTo(1);
    assertThat(subjects.get(id, null).orElseThrow().worst()).isEqualTo("critical");
  }

  @Test
  @DisplayName("The past shows the name and document of then")
  void asOf() {
    Instant change = Instant.parse("2026-02-01T00:00:00Z");
    long id = fixture.subject(host, SubjectKind.VOLUME, "v", "new", LONG_AGO);
    fixture.state(id, "old", LONG_AGO, change, "{\"n\":1}", null);
    fixture.state(id, "new", change, null, "{\"n\":2}", null);

    assertThat(subjects.get(id, change.minusSeconds(1)).orElseThrow().name()).isEqualTo("old");
    assertThat(subjects.get(id, change).orElseThrow().name()).isEqualTo("new");
    assertThat(subjects.document(id, change.minusNanos(1000)).orElseThrow().json())
        .isEqualTo("{\"n\":1}");
    assertThat(subjects.history(id))
        .extracting(StateRow::name, StateRow::from, StateRow::to)
        .containsExactly(tuple("new", change, null), tuple("old", LONG_AGO, change));
    assertThat(subjects.history(id, change.minusSeconds(1), PageRequest.FIRST).items())
        .extracting(StateRow::name, StateRow::to)
        .containsExactly(tuple("old", null));
  }

  @Test
  @DisplayName("Names that mean something to SQL, HTML or a pattern are just names")
  void hostileNames() {
    long id = fixture.subject(host, SubjectKind.VOLUME, HOSTILE, HOSTILE, LONG_AGO);
    fixture.state(id, HOSTILE, LONG_AGO, null, "{}", null);
    fixture.container(host, "plain", LONG_AGO);

    for (String text : List.of(HOSTILE, "%_\\", "'", "\"; DROP")) {
      SubjectQuery query =
          new SubjectQuery(host, null, text, false, SubjectQuery.Sort.NAME, false, null);
      assertThat(names(query)).containsExactly(HOSTILE);
    }
    SubjectQuery first =
        new SubjectQuery(host, null, null, false, SubjectQuery.Sort.NAME, false, null);
    assertThat(pages(first, 1)).extracting(SubjectRow::name).containsExactly(HOSTILE, "plain");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () ->
                names(
                    new SubjectQuery(
                        host, null, "a\0b", false, SubjectQuery.Sort.NAME, false, null)))
        .withMessageContaining("q");
  }

  @ParameterizedTest
  @EnumSource(SubjectQuery.Sort.class)
  @DisplayName("Pages of every order put together are the whole list, ties included")
  void paging(SubjectQuery.Sort sort) {
    for (int i = 0; i < 9; i++) {
      long id =
          fixture.subject(
              host, SubjectKind.CONTAINER, "d" + i, "same-" + i % 2, LONG_AGO.plusSeconds(i % 3));
      fixture.state(id, "same-" + i % 2, LONG_AGO.plusSeconds(i % 3), null, "{}", null);
      if (i % 4 == 0) {
        fixture.fails(id, LONG_AGO.plusSeconds(5), "CTR-PRIV");
      }
    }
    for (boolean descending : new boolean[] {false, true}) {
      SubjectQuery query = query(true, sort, descending);
      List<SubjectRow> whole = subjects.list(query, PageRequest.FIRST).items();
      assertThat(whole).hasSize(9).doesNotHaveDuplicates();
      assertThat(pages(query, 2)).containsExactlyElementsOf(whole);
    }
  }

  @Test
  @DisplayName("A list over all hosts leaves out those that are not watched any more")
  void fleet() {
    long old = fixture.addHost("old");
    fixture.container(old, "ours", LONG_AGO);
    fixture.container(host, "shop", LONG_AGO);
    fixture.decommission(old, NOW.minusSeconds(5));
    SubjectQuery all =
        new SubjectQuery(null, "container", null, false, SubjectQuery.Sort.NAME, false, null);

    assertThat(names(all)).containsExactly("shop");
    assertThat(
            names(
                new SubjectQuery(
                    old, "container", null, false, SubjectQuery.Sort.NAME, false, null)))
        .containsExactly("ours");
  }

  @Test
  @DisplayName("A kind that does not exist is refused, and so is the worst of all hosts")
  void refused() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () ->
                names(
                    new SubjectQuery(
                        null, "pod", null, false, SubjectQuery.Sort.NAME, false, null)))
        .withMessageContaining("kind")
        .withMessageContaining("pod");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () ->
                names(
                    new SubjectQuery(
                        null, null, null, false, SubjectQuery.Sort.WORST, false, null)))
        .withMessageContaining("sort");
  }

  private List<SubjectRow> pages(SubjectQuery query, int limit) {
    List<SubjectRow> rows = new ArrayList<>();
    @Nullable String after = null;
    do {
      Page<SubjectRow> page = subjects.list(query, new PageRequest(limit, after, false));
      rows.addAll(page.items());
      after = page.next();
    } while (after != null);
    return rows;
  }

  private List<String> names(SubjectQuery query) {
    return subjects.list(query, PageRequest.FIRST).items().stream().map(SubjectRow::name).toList();
  }

  private SubjectQuery query(boolean present, SubjectQuery.Sort sort, boolean descending) {
    return new SubjectQuery(host, null, null, present, sort, descending, null);
  }

  private static int counting(SubjectKind kind) {
    return (int)
        Checklist.standard().rules(kind).stream()
            .filter(rule -> rule.mode() != Mode.ADVISORY && rule.needs() == null)
            .count();
  }
}
