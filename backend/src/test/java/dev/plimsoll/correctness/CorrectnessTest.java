package dev.plimsoll.correctness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several hundred containers on a real engine, each judged as it was asked for. */
@RequiresEngine
class CorrectnessTest {
  private static TestEngine engine;
  private static Workshop workshop;
  private static Judged judged;
  private static Path missing;

  @BeforeAll
  static void make() throws Exception {
    Kernel kernel = Kernel.read();
    engine = TestEngine.builder().networked().options("--add-runtime=homemade=/bin/true").start();
    workshop = new Workshop(engine, kernel);
    String image = engine.docker("image", "inspect", "--format", "{{.Id}}", TestEngine.IMAGE);
    for (String tag :
        List.of(
            "app",
            "localhost:5000/shop/app",
            "localhost:5000/shop/app:2.1",
            "registry.example/shop/latest:7",
            "moved:1",
            "gone:1")) {
      engine.docker("tag", image, tag);
    }
    engine.docker("network", "create", "own");
    HostOptions host = new HostOptions(engine.socket().resolveSibling("data").toString());
    VolumeCases.make(workshop, host.volumes());
    workshop.createAll(combinations(kernel, host, image));
    TriedCases.make(workshop, engine, kernel);
    StartedCases.make(workshop, engine);
    missing = engine.socket().resolveSibling("never-made");
    TriedCases.bound(workshop, missing.toString());
    engine.build("other:1", "FROM " + TestEngine.IMAGE, "LABEL other=yes");
    engine.docker("tag", "other:1", "moved:1");
    engine.docker("rmi", "gone:1");
    judged = Judged.read(engine.endpoint(), HostFacts.Transport.UNIX, Set.of());
  }

  @AfterAll
  static void end() {
    if (engine != null) {
      engine.close();
    }
  }

  /**
   * Every option of every family at least once, each time together with others: families go round
   * at their own lengths, in an order of their own.
   */
  private static List<Workshop.Wanted> combinations(Kernel kernel, HostOptions host, String image) {
    List<List<Option>> common =
        List.of(
            ProcessOptions.environment(),
            ProcessOptions.security(kernel),
            HostOptions.ports(),
            HostOptions.devices(),
            NamespaceOptions.modes(kernel),
            NamespaceOptions.networks(),
            NamespaceOptions.images(image),
            LimitOptions.memory(kernel),
            LimitOptions.processors(kernel),
            LimitOptions.processes(kernel),
            LimitOptions.restarts(),
            LimitOptions.logs(),
            LimitOptions.kernelParameters(),
            LimitOptions.various(),
            LimitOptions.labels());
    List<Workshop.Wanted> all = new ArrayList<>();
    // Names of users are not looked up in stopped containers with bind mounts, so not both at once
    mix("who", all, common, ProcessOptions.users(), ProcessOptions.capabilities());
    mix("where", all, common, host.mounts());
    for (Option option : NamespaceOptions.networksAlone()) {
      all.add(new Workshop.Wanted("network-" + all.size(), List.of(option)));
    }
    return all;
  }

  @SafeVarargs
  private static void mix(
      String name,
      List<Workshop.Wanted> into,
      List<List<Option>> common,
      List<Option>... particular) {
    List<List<Option>> families = new ArrayList<>(List.of(particular));
    families.addAll(common);
    Random random = new Random(1_876_1124);
    families.replaceAll(
        family -> {
          List<Option> shuffled = new ArrayList<>(family);
          Collections.shuffle(shuffled, random);
          return shuffled;
        });
    int most = families.stream().mapToInt(List::size).max().orElseThrow();
    for (int i = 0; i < most; i++) {
      int number = i;
      into.add(
          new Workshop.Wanted(
              name + "-" + number,
              families.stream().map(family -> family.get(number % family.size())).toList()));
    }
  }

  @Test
  @DisplayName("Every container is judged as it was asked for")
  void containers() {
    compare(SubjectKind.CONTAINER, 300);
  }

  @Test
  @DisplayName("Every volume is judged as it was asked for")
  void volumes() {
    compare(SubjectKind.VOLUME, 100);
  }

  @Test
  @DisplayName("Reading a host creates no directory on it")
  void readsOnly() {
    assertThat(missing).doesNotExist();
  }

  private static void compare(SubjectKind kind, int atLeast) {
    List<Claim> claims =
        workshop.claims().stream().filter(claim -> claim.kind() == kind).toList();
    List<String> wrong = new ArrayList<>();
    int before = judged.comparisons();
    claims.forEach(claim -> wrong.addAll(judged.disagreements(claim)));
    System.out.printf(
        "%d %ss, %d verdicts compared, %d disagree%n",
        claims.size(), kind.word(), judged.comparisons() - before, wrong.size());
    assertThat(claims).hasSizeGreaterThan(atLeast);
    assertThat(String.join("\n", wrong)).isEmpty();
  }
}
