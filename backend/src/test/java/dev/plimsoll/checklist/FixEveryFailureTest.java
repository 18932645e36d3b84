package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.fix.Failure;
import dev.plimsoll.checklist.fix.Fix;
import dev.plimsoll.checklist.fix.Fixes;
import dev.plimsoll.checklist.fix.PatchedHost;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every failure of the tables of cases is fixed, and the fix tried by judging its effect. */
class FixEveryFailureTest {

  /** A rule that fails in a case. */
  record Failing(CheckCase given, String rule) {
    @Override
    public String toString() {
      return rule + ": " + given.title();
    }
  }

  static Stream<Failing> failures() {
    return AllCases.find().stream()
        .flatMap(
            given ->
                given.expectations().stream()
                    .filter(expected -> expected.outcome() == Outcome.FAIL)
                    .map(expected -> new Failing(given, expected.rule())));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void itsFixMakesItPass(Failing failing) {
    HostFixture fixture = failing.given().given().apply(new HostFixture());
    Fix fix = fix(fixture, failing.rule());
    if (!(fix instanceof Fix.Change change)) {
      assertThat(((Fix.Decision) fix).reason()).endsWith(".").hasSizeGreaterThan(40);
      return;
    }
    assertThat(change.forms())
        .isNotEmpty()
        .allSatisfy(form -> assertThat(form.text()).isNotBlank());
    if (change.patches().isEmpty()) {
      return;
    }
    HostFacts after = PatchedHost.of(fixture.facts(), change.patches());
    if (isThere(after, rule(failing.rule()).subject())) {
      Verdict verdict = HostFixture.judge(after, failing.rule());
      // What could not be told beside the failure cannot be told after it either
      Set<Outcome> fixed =
          failing.given().title().matches(".*another cannot.*|.*says nothing")
              ? EnumSet.of(Outcome.UNKNOWN)
              : EnumSet.of(Outcome.PASS, Outcome.NOT_APPLICABLE);
      assertThat(verdict.outcome()).as("%s after %s", verdict, change.patches()).isIn(fixed);
    }
  }

  /** A fix never touches what the checks were given. */
  @Test
  void factsStayAsTheyAre() {
    failures()
        .forEach(
            failing -> {
              HostFixture fixture = failing.given().given().apply(new HostFixture());
              String before = fixture.documents().toString();
              if (fix(fixture, failing.rule()) instanceof Fix.Change change) {
                PatchedHost.of(fixture.facts(), change.patches());
              }
              assertThat(fixture.documents().toString()).isEqualTo(before);
            });
  }

  /** What is scored and can be seen in documents is simulated, so that a plan can count on it. */
  @Test
  void mostScoredChecksCanBeSimulated() {
    Set<String> simulated = new TreeSet<>();
    failures()
        .forEach(
            one -> {
              HostFixture fixture = one.given().given().apply(new HostFixture());
              if (fix(fixture, one.rule()) instanceof Fix.Change change
                  && !change.patches().isEmpty()) {
                simulated.add(one.rule());
              }
            });
    assertThat(simulated)
        .contains("CTR-PRIV", "CTR-USER", "CTR-PORTBIND", "ENG-USERNS", "IMG-USER", "VOL-ANON");
    // The rest are files of the host, what only another reading tells, and what people decide
    assertThat(simulated).hasSizeGreaterThan(70);
  }

  private static Fix fix(HostFixture fixture, String rule) {
    HostFacts facts = fixture.facts();
    String id = HostFixture.subject(rule(rule).subject());
    return Fixes.of(
        new Failure(facts, rule(rule), id, HostFixture.reading(facts, rule), fixture.judge(rule)));
  }

  @Test
  void everyCheckOfTheCatalogueHasARemedy() {
    assertThat(Checklist.standard().rules()).extracting(Rule::id).allMatch(Fixes::knows);
  }

  private static boolean isThere(HostFacts facts, SubjectKind kind) {
    return switch (kind) {
      case CONTAINER -> facts.containers().containsKey(HostFixture.CONTAINER);
      case VOLUME -> facts.volumes().containsKey(HostFixture.VOLUME);
      case IMAGE -> facts.images().containsKey(HostFixture.IMAGE);
      case NETWORK -> facts.networks().containsKey(HostFixture.NETWORK);
      default -> true;
    };
  }

  private static Rule rule(String id) {
    return Checklist.standard().rules().stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
