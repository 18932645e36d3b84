package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.HostScore.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold of the score whatever a host looks like. */
class ScorePropertiesTest {
  private static final List<Severity> SEVERITIES = List.of(Severity.values());

  private static final List<Rule> RULES =
      IntStream.range(0, 12)
          .mapToObj(
              i ->
                  new Rule(
                      "CHK-" + i,
                      "title",
                      SubjectKind.CONTAINER,
                      SEVERITIES.get(i % 4),
                      i == 11 ? Mode.ADVISORY : i == 4 ? Mode.EVIDENCE : Mode.SCORED,
                      List.of(),
                      "why",
                      "how",
                      null,
                      false))
          .toList();

  @Provide
  Arbitrary<List<Answer>> hosts() {
    Arbitrary<Answer> answer =
        Combinators.combine(
                Arbitraries.of(RULES),
                Arbitraries.integers().between(0, 20),
                Arbitraries.of(Outcome.class),
                Arbitraries.of(true, false))
            .as((rule, unit, outcome, accepted) -> new Answer(rule, unit, outcome, accepted));
    return answer.list().ofMaxSize(120);
  }

  /** Any choice of the checks, with their severities' weights or others. */
  @Provide
  Arbitrary<Weights> profiles() {
    Arbitrary<Map<Rule, Integer>> chosen =
        Arbitraries.maps(Arbitraries.of(RULES), Arbitraries.integers().between(-1, 100))
            .ofMaxSize(RULES.size());
    return chosen.map(
        map -> {
          Map<String, Integer> byCheck = new HashMap<>();
          map.forEach(
              (rule, weight) ->
                  byCheck.put(
                      rule.id(),
                      weight < 0 || rule.mode() == Mode.ADVISORY ? rule.weight() : weight));
          return new Weights(byCheck);
        });
  }

  @Property
  void whatIsOutOfScopeChangesNothing(
      @ForAll("hosts") List<Answer> host, @ForAll("profiles") Weights weights) {
    List<Answer> inScope =
        host.stream().filter(answer -> weights.cover(answer.rule().id())).toList();
    assertThat(HostScore.of(host, weights)).isEqualTo(HostScore.of(inScope, weights));
  }

  @Property
  void aNarrowerProfileNeverLowersAScore(
      @ForAll("hosts") List<Answer> host,
      @ForAll("profiles") Weights weights,
      @ForAll @IntRange(max = 11) int rule) {
    Map<String, Integer> narrower = new HashMap<>(weights.byCheck());
    narrower.remove(RULES.get(rule).id());
    assertThat(HostScore.of(host, new Weights(narrower)).score())
        .isGreaterThanOrEqualTo(HostScore.of(host, weights).score());
  }

  @Property
  void aHeavierCheckNeverRaisesAScore(
      @ForAll("hosts") List<Answer> host,
      @ForAll("profiles") Weights weights,
      @ForAll @IntRange(max = 11) int rule,
      @ForAll @IntRange(min = 1, max = 100) int more) {
    Map<String, Integer> heavier = new HashMap<>(weights.byCheck());
    heavier.computeIfPresent(RULES.get(rule).id(), (id, weight) -> weight + more);
    assertThat(HostScore.of(host, new Weights(heavier)).score())
        .isLessThanOrEqualTo(HostScore.of(host, weights).score());
  }

  @Property
  void aPassNeverRaisesAScore(
      @ForAll("hosts") List<Answer> host,
      @ForAll("profiles") Weights weights,
      @ForAll @IntRange(max = 11) int rule) {
    List<Answer> padded = new ArrayList<>(host);
    padded.add(new Answer(RULES.get(rule), "something new", Outcome.PASS, false));
    assertThat(HostScore.of(padded, weights).score())
        .isLessThanOrEqualTo(HostScore.of(host, weights).score());
    assertThat(HostScore.of(padded, weights).points())
        .isEqualTo(HostScore.of(host, weights).points());
  }

  @Property
  void answeringAnUnknownNeverLowersAScore(
      @ForAll("hosts") List<Answer> host, @ForAll("profiles") Weights weights) {
    for (int i = 0; i < host.size(); i++) {
      Answer asked = host.get(i);
      if (asked.outcome() != Outcome.UNKNOWN) {
        continue;
      }
      for (Outcome found : Outcome.values()) {
        List<Answer> answered = new ArrayList<>(host);
        answered.set(i, new Answer(asked.rule(), asked.unit(), found, asked.accepted()));
        assertThat(HostScore.of(answered, weights).score())
            .isGreaterThanOrEqualTo(HostScore.of(host, weights).score());
      }
    }
  }

  @Property
  void losingSightNeverRaisesAScore(
      @ForAll("hosts") List<Answer> host, @ForAll("profiles") Weights weights) {
    List<Answer> blind =
        host.stream()
            .map(a -> new Answer(a.rule(), a.unit(), Outcome.UNKNOWN, a.accepted()))
            .toList();
    HostScore seen = HostScore.of(host, weights);
    assertThat(HostScore.of(blind, weights).score()).isLessThanOrEqualTo(seen.score());
    assertThat(seen.stale(HostScore.of(blind, weights)).score()).isZero();
    assertThat(seen.stale(HostScore.of(blind, weights)).criticalOpen())
        .isEqualTo(seen.criticalOpen());
    assertThat(HostScore.unreadable().score()).isZero();
  }

  @Property
  void thePartsAddUpToWhatWasLost(
      @ForAll("hosts") List<Answer> host, @ForAll("profiles") Weights weights) {
    HostScore score = HostScore.of(host, weights);
    assertThat(score.score()).isEqualTo(ScoreFormula.score(score.points().sum()));
    assertThat(score.points().failed()).isNotNegative();
    assertThat(score.points().unknown()).isNotNegative();
    assertThat(score.points().accepted()).isNotNegative();
  }

  @Property
  void halvingTheFailingWorkloadsSavesExactlyOneWeight(
      @ForAll @IntRange(min = 1, max = 100_000) int half, @ForAll @IntRange(max = 3) int severity) {
    int weight = SEVERITIES.get(severity).weight();
    assertThat(ScoreFormula.loss(weight, 2 * half) - ScoreFormula.loss(weight, half))
        .isEqualTo(weight * 1000L);
  }

  @Property
  void moreFailingWorkloadsNeverCostLess(
      @ForAll @IntRange(min = 1, max = 100_000) int count,
      @ForAll @IntRange(max = 3) int severity) {
    int weight = SEVERITIES.get(severity).weight();
    assertThat(ScoreFormula.loss(weight, count + 1))
        .isGreaterThanOrEqualTo(ScoreFormula.loss(weight, count));
  }

  @Property
  void replicasChangeNothing(
      @ForAll("hosts") List<Answer> host, @ForAll("profiles") Weights weights) {
    List<Answer> doubled = new ArrayList<>(host);
    doubled.addAll(host);
    assertThat(HostScore.of(doubled, weights)).isEqualTo(HostScore.of(host, weights));
  }

  @Property
  void theBandHoldsTheScore(
      @ForAll("hosts") List<Answer> host, @ForAll("profiles") Weights weights) {
    HostScore score = HostScore.of(host, weights);
    assertThat(score.score()).isBetween(0, ScoreFormula.FULL);
    assertThat(score.scoreHigh()).isGreaterThanOrEqualTo(score.score());
    assertThat(score.scoreAccepted()).isGreaterThanOrEqualTo(score.score());
    assertThat(score.confidence()).isBetween(0, 1000);
  }
}
