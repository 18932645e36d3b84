package dev.plimsoll.posture;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DatabaseTest
class FleetOverviewTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final PostureFixture fixture;
  private final FleetOverview overview;

  FleetOverviewTest(DataSource dataSource) {
    fixture = new PostureFixture(dataSource);
    overview = PostureServices.of(dataSource, Clock.fixed(NOW, ZoneOffset.UTC)).overview();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @Test
  @DisplayName("An empty fleet has no score, no hosts and nothing to fix")
  void empty() {
    FleetOverview.Overview read = overview.read(null, null);

    assertThat(read.at()).isEqualTo(NOW);
    assertThat(read.score().score()).isNull();
    assertThat(read.trend().published())
        .hasSize(90)
        .allSatisfy(day -> assertThat(day.score()).isNull());
    assertThat(read.hostsByStatus()).isEmpty();
    assertThat(read.openFindings())
        .isEqualTo(Map.of("critical", 0L, "high", 0L, "medium", 0L, "low", 0L));
    assertThat(read.worstHosts()).isEmpty();
    assertThat(read.topChecks()).isEmpty();
    assertThat(read.containers()).isZero();
    assertThat(overview.read("None", null).score().score()).isNull();
    assertThat(overview.checks())
        .extracting(FleetOverview.CheckLoad::check)
        .containsExactlyElementsOf(Checklist.standard().rules().stream().map(Rule::id).toList());
  }

  @Test
  @DisplayName("Its numbers add up over active hosts, and over one group's subtree")
  void numbers() {
    long payments = host("pay-1", "Retail/Payments", "CTR-PRIV", "CTR-MEM");
    long web = host("web-1", "Retail", "CTR-MEM");
    long other = host("other", "Retailers", "CTR-MEM");
    long old = host("old", "Retail", "CTR-PRIV");
    fixture.decommission(old, NOW.minusSeconds(5));
    fixture.score("FLEET", 0, LONG_AGO, 70, "D");
    long retail = fixture.group("Retail", LONG_AGO);
    fixture.score("GROUP", retail, LONG_AGO, 55, "D");
    fixture.score("HOST", payments, LONG_AGO, 30, "F");
    fixture.score("HOST", web, LONG_AGO, 80, "B");
    fixture.score("HOST", other, LONG_AGO, 20, "F");

    FleetOverview.Overview fleet = overview.read(null, null);
    FleetOverview.Overview group = overview.read("retail", null);

    assertThat(fleet.score().score()).isEqualTo(70.0);
    assertThat(fleet.hostsByStatus()).isEqualTo(Map.of(HostStatus.OK, 3L));
    assertThat(fleet.containers()).isEqualTo(3);
    assertThat(fleet.openFindings())
        .containsEntry("critical", 1L)
        .containsEntry(
            PostureFixture.rule("CTR-MEM").severity().name().toLowerCase(Locale.ROOT), 3L);
    assertThat(fleet.worstHosts())
        .extracting(HostRow::name)
        .containsExactly("other", "pay-1", "web-1");
    assertThat(fleet.worstHosts().getFirst().engineVersion()).isEqualTo("20.10.24");
    assertThat(group.score().score()).isEqualTo(55.0);
    assertThat(group.hostsByStatus()).isEqualTo(Map.of(HostStatus.OK, 2L));
    assertThat(group.containers()).isEqualTo(2);
    assertThat(group.worstHosts()).extracting(HostRow::name).containsExactly("pay-1", "web-1");
    assertThat(load(fleet.topChecks(), "CTR-MEM").failingHosts()).isEqualTo(3);
    assertThat(load(group.topChecks(), "CTR-MEM").failingSubjects()).isEqualTo(2);
    assertThat(fleet.topChecks().getFirst().check()).isEqualTo("CTR-PRIV");
  }

  @Test
  @DisplayName("The trend has a point a day, the last one now, as scores were in force")
  void trend() {
    fixture.score("FLEET", 0, NOW.minusSeconds(10 * 86_400 + 1), 40, "D");
    fixture.score("FLEET", 0, NOW.minusSeconds(86_400), 60, "C");

    List<ScoreRow> trend = overview.read(null, null).trend().published();

    assertThat(trend).extracting(ScoreRow::at).startsWith(NOW.minusSeconds(89 * 86_400));
    assertThat(trend).extracting(ScoreRow::at).endsWith(NOW);
    assertThat(trend.subList(0, 79)).allSatisfy(day -> assertThat(day.score()).isNull());
    assertThat(trend.subList(79, 88)).allSatisfy(day -> assertThat(day.score()).isEqualTo(40.0));
    assertThat(trend.subList(88, 90)).allSatisfy(day -> assertThat(day.score()).isEqualTo(60.0));
  }

  @Test
  @DisplayName("Replicas of a workload cost no more than one of them")
  void workloads() {
    Rule privileged = PostureFixture.rule("CTR-PRIV");
    Rule other =
        Checklist.standard().rules(SubjectKind.CONTAINER).stream()
            .filter(rule -> rule.weight() == privileged.weight() && !rule.equals(privileged))
            .findFirst()
            .orElseThrow();
    long host = fixture.addHost("h");
    fixture.read(host, NOW.minusSeconds(60));
    List<Long> replicas = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long replica = fixture.container(host, "r" + i, LONG_AGO);
      fixture.fails(replica, LONG_AGO, privileged.id());
      replicas.add(replica);
    }
    fixture.sameWorkload(replicas);
    for (int i = 0; i < 2; i++) {
      fixture.fails(fixture.container(host, "o" + i, LONG_AGO), LONG_AGO, other.id());
    }

    List<FleetOverview.CheckLoad> top = overview.read(null, null).topChecks();

    assertThat(top)
        .extracting(FleetOverview.CheckLoad::check, FleetOverview.CheckLoad::failingSubjects)
        .containsExactly(tuple(other.id(), 2L), tuple(privileged.id(), 4L));
  }

  @Test
  @DisplayName("All of a blind host is unknown, and none of it fails")
  void loads() {
    long seen = host("seen", "A", "CTR-PRIV");
    long replica = fixture.container(seen, "replica", LONG_AGO);
    fixture.fails(replica, LONG_AGO, "CTR-PRIV");
    long blind = host("blind", "A", "CTR-PRIV");
    fixture.blindness(blind, "container", NOW.minusSeconds(5), null);

    FleetOverview.CheckLoad load = load(overview.checks(), "CTR-PRIV");

    assertThat(load.failingSubjects()).isEqualTo(2);
    assertThat(load.failingHosts()).isEqualTo(1);
    assertThat(load.unknownSubjects()).isEqualTo(1);
    assertThat(load(overview.checks(), "CTR-MEM").unknownSubjects()).isEqualTo(1);
  }

  @Test
  @DisplayName("The past shows the fleet of then")
  void asOf() {
    Instant then = NOW.minusSeconds(3600);
    long host = host("h", "A", "CTR-PRIV");
    fixture.read(host, then.minusSeconds(1));
    fixture.score("FLEET", 0, LONG_AGO, 40, "D");
    fixture.score("FLEET", 0, NOW.minusSeconds(60), 90, "A");
    fixture.container(host, "later", NOW.minusSeconds(60));
    fixture.jdbc().sql("update finding set status = 'RESOLVED', resolved_at = now()").update();
    fixture
        .jdbc()
        .sql(
            "insert into finding_event (finding_id, at, kind)"
                + " select id, timestamptz '2026-03-01T11:59:00Z', 'RESOLVED' from finding")
        .update();

    FleetOverview.Overview past = overview.read(null, then);

    assertThat(past.score().score()).isEqualTo(40.0);
    assertThat(past.containers()).isEqualTo(1);
    assertThat(past.openFindings()).containsEntry("critical", 1L);
    assertThat(overview.read(null, null).openFindings()).containsEntry("critical", 0L);
    assertThat(overview.read(null, LONG_AGO.minusSeconds(1)).hostsByStatus()).isEmpty();
  }

  @Test
  @DisplayName("An advisory check costs nothing, whatever it finds")
  void advisory() {
    String check =
        Checklist.standard().rules(SubjectKind.CONTAINER).stream()
            .filter(rule -> rule.mode() == Mode.ADVISORY)
            .findFirst()
            .orElseThrow()
            .id();
    host("h", "A", check);

    assertThat(overview.read(null, null).topChecks()).isEmpty();
    assertThat(load(overview.checks(), check).failingSubjects()).isEqualTo(1);
  }

  /** A host with an engine that passes and one container that fails some checks. */
  private long host(String name, String group, String... checks) {
    long host = fixture.host(name).group(group).add();
    fixture.read(host, NOW.minusSeconds(60));
    fixture.judgement(fixture.engine(host, LONG_AGO), LONG_AGO, null, Map.of(), null);
    fixture.fails(fixture.container(host, "c-" + name, LONG_AGO), LONG_AGO, checks);
    for (String check : checks) {
      fixture.finding(host, check, "c-" + name, LONG_AGO);
    }
    return host;
  }

  private static FleetOverview.CheckLoad load(List<FleetOverview.CheckLoad> loads, String check) {
    return loads.stream().filter(load -> load.check().equals(check)).findFirst().orElseThrow();
  }
}
