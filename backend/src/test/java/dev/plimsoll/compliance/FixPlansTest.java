package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NoSuchGroup;
import dev.plimsoll.fleet.NoSuchHost;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestPortal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

/** Plans over stored hosts. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class FixPlansTest {
  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-11-24T12:00:00Z"));

  @Autowired Publishing publishing;
  @Autowired FixPlans plans;
  @Autowired ImageRebuilds rebuilds;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;
  @Autowired MockMvcTester http;

  @TestBean(name = "publishClock")
  Clock clock;

  private PublishedHosts hosts;
  private String group;

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void prepare() {
    CLOCK.advance(Duration.ofMinutes(1));
    hosts = new PublishedHosts(dataSource, transaction, publishing);
    group = "Group" + System.nanoTime();
  }

  @Test
  @DisplayName("Getting rid of an F takes the one privileged container, and nothing else")
  void theOneThatMatters() {
    long host = host(privileged("ci"), plain("web"), plain("db"));
    FixPlan plan = asViewer(() -> plans.ofHost(host, new FixGoal.AtLeast("D")));

    assertThat(plan.before().grade()).isEqualTo("F");
    assertThat(plan.reached()).isTrue();
    assertThat(plan.exact()).isTrue();
    assertThat(plan.steps()).hasSize(1);
    FixPlan.Step step = plan.steps().getFirst();
    assertThat(step.name()).isEqualTo("ci");
    assertThat(step.subjects()).containsExactly(hosts.subject(host, "ci"));
    assertThat(step.clears()).extracting(FixPlan.Cleared::check).contains("CTR-PRIV");
    assertThat(step.points()).isEqualTo(plan.before().points() - plan.after().points());
    assertThat(step.after()).isEqualTo(plan.after());
  }

  @Test
  @DisplayName("A score is reached step by step, and the steps add up")
  void stepsAddUp() {
    long host = host(privileged("ci"), plain("web"), plain("db"));
    FixPlan now = asViewer(() -> plans.ofHost(host, new FixGoal.Score(0)));
    assertThat(now.steps()).isEmpty();
    assertThat(now.reached()).isTrue();
    int goal = now.before().score() + 20_000;
    FixPlan plan = asViewer(() -> plans.ofHost(host, new FixGoal.Score(goal)));

    assertThat(plan.reached()).isTrue();
    assertThat(plan.after().score()).isGreaterThanOrEqualTo(goal);
    assertThat(plan.steps().stream().mapToLong(FixPlan.Step::points).sum())
        .isEqualTo(plan.before().points() - plan.after().points());
    assertThat(plan.steps())
        .isSortedAccordingTo((a, b) -> Long.compare(a.after().score(), b.after().score()));
    int shorter = plan.steps().size() - 1;
    assertThat(shorter == 0 ? plan.before().score() : plan.steps().get(shorter - 1).after().score())
        .as("the last step is needed")
        .isLessThan(goal);
  }

  @Test
  @DisplayName("What cannot be reached is not claimed: the plan says how far it gets")
  void outOfReach() {
    long host = host(plain("web"));
    FixPlan plan = asViewer(() -> plans.ofHost(host, new FixGoal.Score(100_000)));

    assertThat(plan.reached()).isFalse();
    assertThat(plan.exact()).isFalse();
    assertThat(plan.steps()).isNotEmpty();
    assertThat(plan.after().score()).isBetween(plan.before().score() + 1, 99_999);
  }

  @Test
  @DisplayName("A group's plan changes the host that counts most, and a dead one stays dead")
  void group() {
    long important = hosts.add("important-" + group, group, 4);
    long other = hosts.add("other-" + group, group, 1);
    hosts.publish(important, privileged("ci"), plain("web"));
    hosts.publish(other, privileged("ci"), plain("web"));
    FixPlan now = asViewer(() -> plans.ofGroup(group, new FixGoal.Score(0)));
    FixPlan plan =
        asViewer(() -> plans.ofGroup(group, new FixGoal.Score(now.before().score() + 3000)));

    assertThat(plan.hosts()).isEqualTo(2);
    assertThat(plan.hostsConsidered()).isEqualTo(2);
    assertThat(plan.reached()).isTrue();
    assertThat(plan.steps().getFirst().hostId()).isEqualTo(important);

    long dead = hosts.add("dead-" + group, group, 1);
    publishing.markStale(dead, CLOCK.instant(), new Reading.Unread("connect", 0, "refused"));
    FixPlan with = asViewer(() -> plans.ofGroup(group, new FixGoal.AtLeast("C")));
    assertThat(with.hosts()).isEqualTo(3);
    assertThat(with.hostsConsidered()).isEqualTo(2);
    assertThat(with.reached()).as("no change makes a dead host known").isFalse();
  }

  @Test
  @DisplayName("The same image on two hosts is one rebuild, worth what both regain")
  void rebuilds() {
    long one = hosts.add("one-" + group, group, 1);
    long two = hosts.add("two-" + group, group, 1);
    hosts.publish(one, plain("web"), plain("shop"));
    hosts.publish(two, plain("web"));
    List<ImageRebuild> found = asViewer(() -> rebuilds.ofGroup(group));

    assertThat(found).hasSize(1);
    ImageRebuild rebuild = found.getFirst();
    assertThat(rebuild.names()).containsExactly("shop/web");
    assertThat(rebuild.checks()).contains("IMG-USER");
    assertThat(rebuild.hosts())
        .extracting(ImageRebuild.OnHost::hostId)
        .containsExactlyInAnyOrder(one, two);
    assertThat(rebuild.findings()).isEqualTo(2 * rebuild.checks().size());
    assertThat(rebuild.points())
        .isEqualTo(rebuild.hosts().stream().mapToLong(ImageRebuild.OnHost::points).sum());
    // Each host has one image, so that a check that passes saves its weight
    assertThat(rebuild.points())
        .isEqualTo(
            2000L
                * Checklist.standard().rules(SubjectKind.IMAGE).stream()
                    .filter(rule -> rebuild.checks().contains(rule.id()))
                    .mapToInt(Rule::weight)
                    .sum());
    assertThat(get("/image-rebuilds?scope=host:" + one))
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying("$.items[0].forms[0].format", f -> assertThat(f).isNotNull());
    assertThat(get("/image-rebuilds?scope=group:Nowhere")).hasStatus(404);
  }

  @Test
  @DisplayName("The API says how the plan was found; what is not there is refused")
  void api() {
    long host = host(privileged("ci"));
    assertThat(get("/fix-plans?scope=host:" + host + "&grade=d"))
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying("$.method", m -> assertThat(m).isEqualTo("exact"))
        .hasPathSatisfying("$.reached", r -> assertThat(r).isEqualTo(true))
        .hasPathSatisfying("$.steps[0].forms[0].format", f -> assertThat(f).isNotNull());
    for (String bad :
        List.of("", "&score=101", "&score=-1", "&grade=F", "&score=80&grade=B", "&score=NaN")) {
      assertThat(get("/fix-plans?scope=host:" + host + bad)).as(bad).hasStatus(400);
    }
    assertThat(get("/fix-plans?scope=group:Nowhere&score=80")).hasStatus(404);
    assertThat(get("/fix-plans?scope=pod:1&score=80")).hasStatus(400);
    assertThatThrownBy(() -> asViewer(() -> plans.ofHost(987_654_321, new FixGoal.Score(1))))
        .isInstanceOf(NoSuchHost.class);
    assertThatThrownBy(() -> asViewer(() -> plans.ofGroup("Nowhere", new FixGoal.Score(1))))
        .isInstanceOf(NoSuchGroup.class);
    assertThatThrownBy(() -> FixGoal.of(null, null)).isInstanceOf(InvalidInput.class);
  }

  private MvcTestResult get(String path) {
    return http.get()
        .uri("/api/v1" + path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .exchange();
  }

  private long host(Sighting... containers) {
    long host = hosts.add("host-" + group, null, 1);
    hosts.publish(host, containers);
    return host;
  }

  private static Sighting privileged(String name) {
    return PublishedHosts.container(name, config -> config.put("Privileged", true));
  }

  private static Sighting plain(String name) {
    return PublishedHosts.container(
        name, config -> config.put("CpuShares", 100 + name.length() + name.charAt(0)));
  }

  private static <T> T asViewer(Supplier<T> action) {
    return SignedIn.as("vera", Role.VIEWER).get(action);
  }
}
