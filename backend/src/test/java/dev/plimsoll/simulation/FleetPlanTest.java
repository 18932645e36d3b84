package dev.plimsoll.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plimsoll.simulation.HostDay.Container;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FleetPlanTest {
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

  private final FleetPlan plan = new FleetPlan(7, 60, 40, FIRST_DAY, 0.05, true);

  @Test
  @DisplayName("The same seed tells the same, in whatever order it is asked; another tells another")
  void deterministic() {
    FleetPlan again = new FleetPlan(7, 60, 40, FIRST_DAY, 0.05, true);
    HostDay later = again.at(3, 200);
    assertThat(again.at(3, 100)).isEqualTo(plan.at(3, 100));
    assertThat(later).isEqualTo(plan.at(3, 200));
    assertThat(new FleetPlan(8, 60, 40, FIRST_DAY, 0.05, true).at(3, 100))
        .isNotEqualTo(plan.at(3, 100));
  }

  @Test
  @DisplayName("A day creates as many containers anew as the plan says, and no others change")
  void churn() {
    int created = 0;
    int all = 0;
    for (int host = 0; host < plan.hosts(); host++) {
      for (int day = 1; day < 30; day++) {
        Set<String> before = services(plan.at(host, day - 1));
        List<Container> now = plan.at(host, day).containers();
        all += plan.containersPerHost();
        for (Container container : now) {
          if (container.project() != null && !before.contains(container.id())) {
            created++;
            assertThat(plan.dayAt(container.created().plusSeconds(86_400L))).isEqualTo(day);
          }
        }
      }
    }
    assertThat((double) created / all).isCloseTo(0.05, within(0.005));
  }

  @Test
  @DisplayName("Without churn nothing changes, and without incidents nothing goes wrong")
  void quiet() {
    FleetPlan quiet = new FleetPlan(7, 4, 40, FIRST_DAY, 0, false);
    assertThat(services(quiet.at(1, 300))).hasSize(40).isEqualTo(services(quiet.at(1, 0)));
    assertThat(IntStream.range(0, 365).filter(day -> quiet.isDown(1, day))).isEmpty();
  }

  @Test
  @DisplayName("Names, IDs and addresses are unique on a host, names of hosts in the fleet")
  void unique() {
    Set<String> names = new HashSet<>();
    Set<String> engines = new HashSet<>();
    for (SimulatedHost host : plan.allHosts()) {
      assertThat(names.add(host.name())).as(host.name()).isTrue();
      HostDay on = plan.at(host.index(), 90);
      assertThat(engines.add(on.engineId())).isTrue();
      assertThat(on.containers()).extracting(Container::name).doesNotHaveDuplicates();
      assertThat(on.containers()).extracting(Container::id).doesNotHaveDuplicates();
      assertThat(on.images()).extracting(HostDay.Image::id).doesNotHaveDuplicates();
      assertThat(on.networks()).extracting(HostDay.Network::name).doesNotHaveDuplicates();
      assertThat(on.images().stream().flatMap(image -> image.tags().stream()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  @DisplayName("A fleet has all releases, both image stores, shared images and replicas")
  void variety() {
    List<HostDay> day =
        IntStream.range(0, plan.hosts()).mapToObj(host -> plan.at(host, 10)).toList();
    assertThat(day).extracting(HostDay::release).contains(EngineRelease.values());
    assertThat(day).extracting(HostDay::store).contains(ImageStore.values());
    List<String> images =
        day.stream().flatMap(on -> on.images().stream()).map(HostDay.Image::id).toList();
    assertThat(new HashSet<>(images)).hasSizeLessThan(images.size() / 3);
    assertThat(day.stream().flatMap(on -> on.containers().stream()))
        .anyMatch(container -> container.replica() == 3);
    assertThat(day.stream().flatMap(on -> on.volumes().stream()))
        .anyMatch(volume -> volume.labels().isEmpty())
        .anyMatch(volume -> !volume.labels().isEmpty());
  }

  @Test
  @DisplayName(
      "In a year of incidents hosts go down and come back, and privileged containers come and go")
  void incidents() {
    Set<Incident> seen = new HashSet<>();
    for (int host = 0; host < 20; host++) {
      for (int day = 0; day < 365; day++) {
        Incident incident = Incident.on(plan, host, day);
        if (incident != null) {
          seen.add(incident);
          assertThat(plan.isDown(host, day)).isEqualTo(incident == Incident.HOST_DOWN);
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Incident.values());
  }

  @Test
  @DisplayName("What is amiss becomes less in a year")
  void mending() {
    assertThat(amiss(360)).isLessThan(0.9 * amiss(0));
  }

  @Test
  @DisplayName("A day's state holds from its morning on")
  void mornings() {
    Instant morning = plan.morning(12);
    assertThat(morning).isEqualTo("2026-01-13T05:00:00Z");
    assertThat(plan.dayAt(morning)).isEqualTo(12);
    assertThat(plan.dayAt(morning.minusSeconds(1))).isEqualTo(11);
    assertThat(plan.dayAt(Instant.parse("2025-12-31T12:00:00Z"))).isEqualTo(-1);
  }

  @Test
  @DisplayName("Figures out of range are refused with their range")
  void ranges() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FleetPlan(1, 0, 10))
        .withMessageContaining("from 1 to 50000 hosts, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FleetPlan(1, 1, 5_001))
        .withMessageContaining("not 5001");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FleetPlan(1, 1, 1, FIRST_DAY, 1.5, false))
        .withMessageContaining("not 1.5");
  }

  private double amiss(int day) {
    return IntStream.range(0, plan.hosts())
        .mapToObj(host -> plan.at(host, day))
        .flatMap(on -> on.containers().stream())
        .mapToInt(container -> container.traits().size())
        .average()
        .orElseThrow();
  }

  private static Set<String> services(HostDay on) {
    return on.containers().stream()
        .filter(container -> container.project() != null)
        .map(Container::id)
        .collect(Collectors.toSet());
  }
}
