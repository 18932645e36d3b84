package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreFormulaTest {

  @ParameterizedTest(name = "one workload failing a check of weight {0} leaves {1}")
  @CsvSource({"1, 99502", "3, 98522", "10, 95238", "40, 83333", "0, 100000"})
  void oneFailure(int weight, int score) {
    assertThat(ScoreFormula.score(ScoreFormula.loss(weight, 1))).isEqualTo(score);
  }

  @ParameterizedTest(name = "{1} workloads failing a check of weight {0} cost {2}/1000 points")
  @CsvSource({"10, 0, 0", "10, 1, 10000", "10, 2, 20000", "10, 3, 25850", "40, 10, 172877"})
  void loss(int weight, int count, long lost) {
    assertThat(ScoreFormula.loss(weight, count)).isEqualTo(lost);
  }

  @Test
  void aSplitKeepsEveryThousandth() {
    assertThat(ScoreFormula.split(25_850, 1, 1, 1))
        .isEqualTo(new ScoreFormula.Parts(8_618, 8_616, 8_616));
    assertThat(ScoreFormula.split(10_000, 0, 1, 0)).isEqualTo(new ScoreFormula.Parts(0, 10_000, 0));
    assertThat(ScoreFormula.split(10_000, 0, 0, 1)).isEqualTo(new ScoreFormula.Parts(0, 0, 10_000));
  }

  @Test
  void advisoryChecksCostNothing() {
    assertThat(score(List.of(answer(Severity.CRITICAL, Mode.ADVISORY, Outcome.FAIL))).score())
        .isEqualTo(ScoreFormula.FULL);
  }

  @ParameterizedTest(name = "{0} {1} {2} gives grade {3}")
  @CsvSource({
    "CRITICAL, SCORED, FAIL, F",
    "CRITICAL, EVIDENCE, FAIL, D",
    "CRITICAL, SCORED, UNKNOWN, D",
    "HIGH, SCORED, FAIL, B",
    "MEDIUM, SCORED, FAIL, A",
    "MEDIUM, SCORED, UNKNOWN, B", // half of what is asked has no answer
    "LOW, SCORED, PASS, A",
  })
  void grades(Severity severity, Mode mode, Outcome outcome, Grade grade) {
    List<HostScore.Answer> host = new ArrayList<>();
    host.add(answer(severity, mode, outcome));
    host.add(answer(Severity.MEDIUM, Mode.SCORED, Outcome.PASS));
    assertThat(score(host).grade()).isEqualTo(grade);
  }

  @Test
  void aGroupIsAsBadAsItsWorstHost() {
    assertThat(Grade.ofGroup(EnumSet.of(Grade.A, Grade.F), 95_000)).isEqualTo(Grade.F);
    assertThat(Grade.ofGroup(EnumSet.of(Grade.A, Grade.U), 95_000)).isEqualTo(Grade.D);
    assertThat(Grade.ofGroup(EnumSet.of(Grade.U), 0)).isEqualTo(Grade.U);
    assertThat(Grade.ofGroup(EnumSet.of(Grade.A, Grade.B), 95_000)).isEqualTo(Grade.B);
    assertThat(Grade.ofGroup(EnumSet.of(Grade.A, Grade.C), 70_000)).isEqualTo(Grade.C);
    assertThat(Grade.ofGroup(EnumSet.of(Grade.A), 95_000)).isEqualTo(Grade.A);
  }

  /** With the weights of the checks' severities. */
  private static HostScore score(List<HostScore.Answer> answers) {
    return HostScore.of(
        answers,
        Weights.of(
            Profile.EVERYTHING, answers.stream().map(HostScore.Answer::rule).toList(), Set.of()));
  }

  private static HostScore.Answer answer(Severity severity, Mode mode, Outcome outcome) {
    Rule rule =
        new Rule(
            severity + "-" + mode,
            "title",
            SubjectKind.CONTAINER,
            severity,
            mode,
            List.of(),
            "why",
            "how",
            null,
            false);
    return new HostScore.Answer(rule, 1, outcome, false);
  }
}
