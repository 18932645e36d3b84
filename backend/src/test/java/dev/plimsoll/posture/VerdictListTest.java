package dev.plimsoll.posture;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
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
import org.junit.jupiter.params.provider.ValueSource;

@DatabaseTest
class VerdictListTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String PRIVILEGED = "CTR-PRIV";
  private static final List<String> CONTAINER_CHECKS =
      Checklist.standard().rules(SubjectKind.CONTAINER).stream().map(Rule::id).toList();

  private final PostureFixture fixture;
  private final VerdictList verdicts;
  private long host;
  private long engine;
  private long shop;

  VerdictListTest(DataSource dataSource) {
    fixture = new PostureFixture(dataSource);
    verdicts = PostureServices.of(dataSource, Clock.fixed(NOW, ZoneOffset.UTC)).verdicts();
  }

  @BeforeEach
  void addHost() {
    fixture.clear();
    host = fixture.addHost("web-1");
    fixture.read(host, NOW.minusSeconds(60));
    engine = fixture.engine(host, LONG_AGO);
    fixture.judgement(engine, LONG_AGO, null, Map.of(), null);
    shop = fixture.container(host, "shop", LONG_AGO);
  }

  @Test
  @DisplayName("A subject has a verdict for each check of its kind, in catalogue order")
  void everyCheck() {
    fixture.fails(shop, LONG_AGO, PRIVILEGED);

    List<VerdictRow> rows = list(subject(shop));

    assertThat(rows).extracting(VerdictRow::check).containsExactlyElementsOf(CONTAINER_CHECKS);
    VerdictRow fail = of(rows, PRIVILEGED);
    assertThat(fail.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(fail.severity()).isEqualTo("critical");
    assertThat(fail.host()).isEqualTo(new HostRef(host, "web-1"));
    assertThat(fail.subjectId()).isEqualTo(shop);
    assertThat(fail.subjectKind()).isEqualTo("container");
    assertThat(fail.subjectName()).isEqualTo("shop");
    assertThat(fail.since()).isEqualTo(LONG_AGO);
    assertThat(fail.evidence())
        .containsExactly(new Evidence(".HostConfig.Privileged", "true", null));
    assertThat(fail.documentSha256()).hasSize(64);
    assertThat(rows).filteredOn(row -> row.outcome() == Outcome.PASS).hasSize(rows.size() - 1);
  }

  @Test
  @DisplayName("A PASS shows what the check saw in the stored document")
  void evidenceOfPass() {
    long open = fixture.subject(host, SubjectKind.CONTAINER, "id-open", "open", LONG_AGO);
    fixture.state(
        open,
        "open",
        LONG_AGO,
        null,
        "{\"Id\":\"id-open\",\"HostConfig\":{\"Privileged\":false}}",
        "{\"everStarted\":true,\"state\":\"running\"}");
    fixture.judgement(open, LONG_AGO, null, Map.of(), null);

    VerdictRow row = of(list(subject(open)), PRIVILEGED);

    assertThat(row.outcome()).isEqualTo(Outcome.PASS);
    assertThat(row.evidence())
        .containsExactly(new Evidence(".HostConfig.Privileged", "false", row.documentSha256()));
  }

  @Test
  @DisplayName("A PASS holds since the first interval from which on it was one")
  void sinceOfPass() {
    Instant failedUntil = Instant.parse("2026-01-10T00:00:00Z");
    Instant changed = Instant.parse("2026-01-20T00:00:00Z");
    fixture.judgement(shop, LONG_AGO, failedUntil, Map.of(PRIVILEGED, 'F'), null);
    fixture.judgement(shop, failedUntil, changed, Map.of("CTR-USER", 'F'), null);
    fixture.judgement(shop, changed, null, Map.of(), null);

    List<VerdictRow> rows = list(subject(shop));

    assertThat(of(rows, PRIVILEGED).since()).isEqualTo(failedUntil);
    assertThat(of(rows, "CTR-USER").since()).isEqualTo(changed);
    assertThat(of(rows, "CTR-NETHOST").since()).isEqualTo(LONG_AGO);
  }

  @Test
  @DisplayName("The past shows the outcomes of then")
  void asOf() {
    Instant fixed = Instant.parse("2026-02-01T00:00:00Z");
    fixture.judgement(shop, LONG_AGO, fixed, Map.of(PRIVILEGED, 'F'), null);
    fixture.judgement(shop, fixed, null, Map.of(), null);
    fixture.verdict(shop, PRIVILEGED, "FAIL", LONG_AGO, LONG_AGO, fixed, "then", "[]");
    fixture.read(host, fixed.minusSeconds(60));

    VerdictQuery then = new VerdictQuery(null, shop, PRIVILEGED, null, null, fixed.minusSeconds(1));
    assertThat(list(then))
        .extracting(VerdictRow::outcome, VerdictRow::reason)
        .containsExactly(tuple(Outcome.FAIL, "then"));
    assertThat(list(new VerdictQuery(null, shop, PRIVILEGED, null, null, fixed)))
        .extracting(VerdictRow::outcome)
        .containsExactly(Outcome.PASS);
    assertThat(list(new VerdictQuery(null, shop, null, null, null, LONG_AGO.minusSeconds(1))))
        .isEmpty();
  }

  @Test
  @DisplayName("A verdict turns at its instant, whether or not a job has written it")
  void turns() {
    Instant due = NOW.minusSeconds(5);
    fixture.judgement(
        shop,
        LONG_AGO,
        null,
        Map.of(),
        "[{\"check\":\"%s\",\"at\":\"%s\",\"to\":\"FAIL\"}]".formatted(PRIVILEGED, due));
    VerdictQuery failing = new VerdictQuery(host, null, PRIVILEGED, Outcome.FAIL, null, null);

    assertThat(list(failing))
        .extracting(VerdictRow::subjectId, VerdictRow::since)
        .containsExactly(tuple(shop, due));
    assertThat(
            list(
                new VerdictQuery(host, null, PRIVILEGED, Outcome.FAIL, null, due.minusNanos(1000))))
        .isEmpty();
    assertThat(list(new VerdictQuery(host, null, PRIVILEGED, Outcome.PASS, null, null))).isEmpty();
  }

  @Test
  @DisplayName("A container that could not be read is unknown with the call that failed")
  void unread() {
    long lost = fixture.subject(host, SubjectKind.CONTAINER, "lost", "lost", LONG_AGO);
    fixture.state(lost, "lost", LONG_AGO, null, null, null);
    fixture.judgement(lost, LONG_AGO, null, Map.of(PRIVILEGED, 'U'), null);
    fixture.verdict(
        lost,
        PRIVILEGED,
        "UNKNOWN",
        LONG_AGO,
        LONG_AGO,
        null,
        "It broke.",
        "[{\"path\":\"GET /containers/x/json\",\"value\":\"{\\\"status\\\":500}\"}]");

    VerdictRow row = of(list(subject(lost)), PRIVILEGED);

    assertThat(row.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(row.reason()).isEqualTo("It broke.");
    assertThat(row.documentSha256()).isNull();
    assertThat(row.collectionId()).isEqualTo(7);
    assertThat(row.evidence())
        .containsExactly(new Evidence("GET /containers/x/json", "{\"status\":500}", null));
  }

  @Test
  @DisplayName("On a stale host each check is unknown once, and each subject that is asked for")
  void stale() {
    fixture.fails(shop, LONG_AGO, PRIVILEGED);
    Instant since = NOW.minusSeconds(100);
    fixture.blindness(host, "stale", since, null);

    List<VerdictRow> rows = list(new VerdictQuery(host, null, null, null, null, null));

    assertThat(rows)
        .extracting(VerdictRow::check)
        .containsExactlyElementsOf(
            Checklist.standard().rules().stream()
                // Files of the host and switched readings are asked for on some hosts only
                .filter(rule -> rule.needs() == null && rule.subject() != SubjectKind.HOST_FILE)
                .map(Rule::id)
                .toList());
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.outcome()).isEqualTo(Outcome.UNKNOWN);
              assertThat(row.subjectId()).isEqualTo(engine);
              assertThat(row.since()).isEqualTo(since);
              assertThat(row.reason()).isEqualTo("The list broke.");
              assertThat(row.collectionId()).isEqualTo(9);
              assertThat(row.evidence())
                  .containsExactly(new Evidence("GET /list", "{\"status\":500}", null));
            });
    assertThat(list(new VerdictQuery(host, null, null, Outcome.FAIL, null, null))).isEmpty();
    assertThat(list(subject(shop)))
        .hasSize(CONTAINER_CHECKS.size())
        .allSatisfy(row -> assertThat(row.outcome()).isEqualTo(Outcome.UNKNOWN));
    assertThat(
            list(
                new VerdictQuery(
                    host, null, PRIVILEGED, Outcome.FAIL, null, since.minusNanos(1000))))
        .hasSize(1);
  }

  @Test
  @DisplayName("A host that fell silent is unknown though no job has marked it")
  void staleByTime() {
    long silent = fixture.addHost("silent");
    fixture.read(silent, LONG_AGO);
    long never = fixture.addHost("never");
    fixture.collection(never, "FAILED", LONG_AGO, LONG_AGO.plusSeconds(1));

    List<VerdictRow> rows =
        list(new VerdictQuery(null, null, PRIVILEGED, Outcome.UNKNOWN, null, null));

    assertThat(rows)
        .extracting(row -> row.host().name(), VerdictRow::since)
        .containsExactly(
            tuple("silent", LONG_AGO.plusSeconds(24 * 3600)),
            tuple("never", LONG_AGO.plusSeconds(1)));
    assertThat(rows.getLast().reason()).contains("never read").contains("Connection refused.");
  }

  @Test
  @DisplayName("Where one list cannot be read, only checks of its kind are unknown")
  void blindKind() {
    fixture.fails(shop, LONG_AGO, PRIVILEGED);
    fixture.blindness(host, "container", NOW.minusSeconds(100), null);

    List<VerdictRow> rows = list(new VerdictQuery(host, null, null, null, null, null));

    assertThat(rows).extracting(VerdictRow::subjectId).containsOnly(engine);
    assertThat(rows)
        .filteredOn(row -> row.outcome() == Outcome.UNKNOWN)
        .extracting(VerdictRow::check)
        .containsExactlyElementsOf(
            Checklist.standard().rules(SubjectKind.CONTAINER).stream()
                .filter(rule -> rule.needs() == null)
                .map(Rule::id)
                .toList());
    assertThat(rows)
        .filteredOn(row -> row.outcome() == Outcome.PASS)
        .hasSize(Checklist.standard().rules(SubjectKind.ENGINE).size());
  }

  @Test
  @DisplayName("The fleet's passes are too many to ask for without saying whose")
  void passNeedsScope() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> list(new VerdictQuery(null, null, null, Outcome.PASS, "container", null)))
        .withMessageContaining("outcome");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> list(new VerdictQuery(null, null, "CTR-NONE", null, null, null)))
        .withMessageContaining("CTR-NONE");
  }

  @Test
  @DisplayName("Over the whole fleet, hosts that are not watched any more are left out")
  void decommissioned() {
    fixture.fails(shop, LONG_AGO, PRIVILEGED);
    fixture.decommission(host, NOW.minusSeconds(10));
    VerdictQuery failing = new VerdictQuery(null, null, null, Outcome.FAIL, null, null);

    assertThat(list(failing)).isEmpty();
    assertThat(list(new VerdictQuery(null, null, null, Outcome.FAIL, null, NOW.minusSeconds(11))))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 50})
  @DisplayName("Pages put together are the whole list, blind hosts in their places")
  void paging(int limit) {
    fixture.fails(shop, LONG_AGO, PRIVILEGED, "CTR-USER");
    for (int i = 0; i < 4; i++) {
      long other = fixture.addHost("other-" + i);
      fixture.read(other, NOW.minusSeconds(60));
      fixture.judgement(fixture.engine(other, LONG_AGO), LONG_AGO, null, Map.of(), null);
      fixture.fails(fixture.container(other, "c" + i, LONG_AGO), LONG_AGO, PRIVILEGED);
      if (i == 1) {
        fixture.blindness(other, "container", NOW.minusSeconds(60), null);
      }
      if (i == 2) {
        fixture.blindness(other, "stale", NOW.minusSeconds(60), null);
      }
    }
    for (VerdictQuery query :
        List.of(
            VerdictQuery.ALL,
            new VerdictQuery(null, null, null, Outcome.UNKNOWN, null, null),
            new VerdictQuery(null, null, null, Outcome.FAIL, null, null),
            new VerdictQuery(null, null, PRIVILEGED, null, null, null),
            new VerdictQuery(host, null, null, null, "container", null))) {
      List<VerdictRow> whole = verdicts.list(query, new PageRequest(1000, null, false)).items();
      // One at a time only where the list is short: each page judges its hosts anew.
      int step = whole.size() > 60 ? Math.max(limit, 11) : limit;
      List<VerdictRow> pages = new ArrayList<>();
      @Nullable String after = null;
      do {
        Page<VerdictRow> page = verdicts.list(query, new PageRequest(step, after, true));
        assertThat(page.count()).isEqualTo(whole.size());
        pages.addAll(page.items());
        after = page.next();
      } while (after != null);
      assertThat(pages).isNotEmpty().containsExactlyElementsOf(whole);
    }
  }

  private List<VerdictRow> list(VerdictQuery query) {
    return verdicts.list(query, new PageRequest(1000, null, false)).items();
  }

  private static VerdictQuery subject(long id) {
    return new VerdictQuery(null, id, null, null, null, null);
  }

  private static VerdictRow of(List<VerdictRow> rows, String check) {
    return rows.stream().filter(row -> row.check().equals(check)).findFirst().orElseThrow();
  }
}
