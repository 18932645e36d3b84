package dev.plimsoll.correctness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    engine = TestEngine.builder().networked().options(Mixture.ENGINE_OPTION).start();
    workshop = new Workshop(engine, kernel);
    Mixture.make(workshop, engine, kernel);
    TriedCases.make(workshop, engine, kernel);
    StartedCases.make(workshop, engine);
    missing = engine.socket().resolveSibling("never-made");
    TriedCases.bound(workshop, missing.toString());
    engine.build("other:1", "FROM " + TestEngine.IMAGE, "LABEL other=yes");
    engine.docker("tag", "other:1", "moved:1");
    engine.docker("rmi", "gone:1");
    judged =
        Judged.read(
            engine.endpoint(),
            HostFacts.Transport.UNIX,
            Set.of(ReadingSwitch.PROCESSES, ReadingSwitch.CHANGES));
  }

  @AfterAll
  static void end() {
    if (engine != null) {
      engine.close();
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
    List<Claim> claims = workshop.claims().stream().filter(claim -> claim.kind() == kind).toList();
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
