package dev.plimsoll.ui.navigation;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.FindingQuery;
import dev.plimsoll.posture.HostQuery;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.posture.SubjectQuery;
import dev.plimsoll.ui.navigation.Place.CheckSort;
import dev.plimsoll.ui.navigation.Place.HostTab;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A place's URL")
class PlaceTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00.123456Z");
  private static final String STRANGE = "a&b=c/ü #?%+\"<x>";

  static Stream<Place> places() {
    return Stream.of(
        Place.Fleet.NOW,
        new Place.Fleet("Retail/Payments", AT),
        new Place.Fleet(null, null, true),
        Place.Host.of(7, null).retold(true),
        Place.Hosts.ALL,
        Place.Hosts.byCriticals("Retail", AT),
        Place.Hosts.in(Set.of(HostStatus.STALE, HostStatus.UNREACHABLE), null, null),
        new Place.Hosts(
            new HostQuery(
                STRANGE,
                STRANGE,
                STRANGE,
                Set.of(HostStatus.OK),
                HostQuery.Sort.LAST_READ,
                true,
                AT)),
        Place.Host.of(7, null),
        new Place.Host(
            7, HostTab.CONTAINERS, STRANGE, SubjectQuery.Sort.FIRST_SEEN, true, true, AT),
        new Place.Host(7, HostTab.IMAGES, null, SubjectQuery.Sort.WORST, false, false, null),
        Place.Subject.of(9, null),
        new Place.Subject(9, "CTR-USER", "ab".repeat(32), ".HostConfig.CapAdd[0]", AT),
        Place.Findings.OPEN,
        Place.Findings.ofSeverity("critical", "Retail"),
        Place.Findings.ofHost(3, "high").selecting(12L),
        new Place.Findings(
            new FindingQuery(
                3L,
                STRANGE,
                "CTR-USER",
                Set.of("low", "high"),
                Set.of("OPEN", "WAIVED"),
                "container",
                STRANGE,
                true,
                STRANGE,
                FindingQuery.Sort.FAILING_SINCE,
                true),
            5L),
        new Place.NewOwnCheck(null),
        new Place.NewOwnCheck(STRANGE),
        Place.Plan.FLEET,
        Place.Plan.ofHost(7).reaching(null, 85),
        new Place.Plan(null, STRANGE, "A", null),
        Place.Rebuilds.FLEET,
        new Place.Rebuilds(null, STRANGE),
        new Place.Rebuilds(7L, null),
        Place.Checks.ALL,
        new Place.Checks(
            STRANGE, "engine", Set.of("medium"), true, STRANGE, CheckSort.FAILING, true, "ENG-ICC"),
        Place.Checks.in("everything"),
        Place.Coverage.ALL,
        Place.Coverage.ofHost(7, AT),
        Place.Coverage.ofPolicy("Nightly", Set.of(CoverageState.LATE)),
        new Place.Coverage(
            new CoverageQuery(
                3L,
                STRANGE,
                Set.of(CoverageState.UNPROTECTED, CoverageState.FAILED),
                Set.of(DataKind.LAYER, DataKind.SWARM),
                STRANGE,
                STRANGE,
                false,
                CoverageQuery.OffHost.UNKNOWN,
                CoverageQuery.Sort.LAST_SUCCESS,
                true,
                AT,
                AT.plusSeconds(1)),
            Place.Measure.BYTES),
        new Place.KeptData(7, null),
        new Place.KeptData(7, AT),
        Place.NewPolicy.BLANK,
        new Place.NewPolicy(DataKind.DIRECTORY, STRANGE, true),
        Place.Sources.ALL,
        new Place.Sources(5L),
        new Place.HostLoss(7, AT),
        Place.Profiles.ALL,
        new Place.Profiles("17", 2L),
        new Place.NewProfile(null),
        new Place.NewProfile("cis-docker-1.8"));
  }

  @ParameterizedTest
  @MethodSource("places")
  @DisplayName("restores the place it was made from")
  void restores(Place place) {
    Location location = new Location(place.url());

    assertThat(parse(place, location)).isEqualTo(new Place.Parsed<>(place, List.of()));
  }

  private static Place.Parsed<?> parse(Place place, Location location) {
    QueryParameters query = location.getQueryParameters();
    return switch (place) {
      case Place.Fleet fleet -> Place.Fleet.parse(query);
      case Place.Hosts hosts -> Place.Hosts.parse(query);
      case Place.Host host -> Place.Host.parse(host.hostId(), query);
      case Place.Subject subject -> Place.Subject.parse(subject.subjectId(), query);
      case Place.Findings findings -> Place.Findings.parse(query);
      case Place.NewOwnCheck form -> Place.NewOwnCheck.parse(query);
      case Place.OwnChecks list -> throw new AssertionError(list);
      case Place.OwnCheck check -> throw new AssertionError(check);
      case Place.Checks checks -> Place.Checks.parse(query);
      case Place.Profiles profiles -> Place.Profiles.parse(query);
      case Place.NewProfile form -> Place.NewProfile.parse(query);
      case Place.EditProfile form -> throw new AssertionError(form);
      case Place.AssignProfiles form -> throw new AssertionError(form);
      case Place.Plan plan -> Place.Plan.parse(query);
      case Place.Rebuilds rebuilds -> Place.Rebuilds.parse(query);
      case Place.DeclaredList declared -> Place.DeclaredList.parse(query);
      case Place.Coverage coverage -> Place.Coverage.parse(query);
      case Place.KeptData data -> Place.KeptData.parse(data.dataId(), query);
      case Place.Policies list -> throw new AssertionError(list);
      case Place.NewPolicy form -> Place.NewPolicy.parse(query);
      case Place.Policy form -> throw new AssertionError(form);
      case Place.Sources sources -> Place.Sources.parse(query);
      case Place.HostLoss loss -> Place.HostLoss.parse(loss.hostId(), query);
      case Place.NewHost form -> throw new AssertionError(form);
      case Place.ImportHosts form -> throw new AssertionError(form);
      case Place.EditHost form -> throw new AssertionError(form);
    };
  }

  @Test
  @DisplayName("says nothing that goes without saying")
  void brief() {
    assertThat(Place.Fleet.NOW.url()).isEmpty();
    assertThat(Place.Hosts.ALL.url()).isEqualTo("hosts");
    assertThat(Place.Findings.OPEN.url()).isEqualTo("findings");
    assertThat(Place.Host.of(4, null).url()).isEqualTo("hosts/4");
    assertThat(Place.Host.of(4, HostTab.CONTAINERS, null).url())
        .isEqualTo("hosts/4?tab=containers");
  }

  @Test
  @DisplayName("names what in it cannot be read, and goes on without")
  void problems() {
    Place.Parsed<Place.Hosts> parsed =
        Place.Hosts.parse(QueryParameters.fromString("status=fine&sort=luck&asOf=yesterday&q=web"));

    assertThat(parsed.place().query().text()).isEqualTo("web");
    assertThat(parsed.place().query().asOf()).isNull();
    assertThat(parsed.problems())
        .hasSize(3)
        .anySatisfy(problem -> assertThat(problem).contains("asOf=\"yesterday\"", "an instant"))
        .anySatisfy(problem -> assertThat(problem).contains("status=\"fine\"", "one of pending"))
        .anySatisfy(problem -> assertThat(problem).contains("sort=\"luck\"", "last-read"));
  }

  @Test
  @DisplayName("never makes a list of a million characters' search")
  void bounded() {
    Place.Parsed<Place.Findings> parsed =
        Place.Findings.parse(QueryParameters.fromString("host=x&q=" + "a".repeat(100_000)));

    assertThat(parsed.place().query().text()).hasSize(200);
    assertThat(parsed.problems()).singleElement().asString().contains("host=\"x\"");
  }
}
