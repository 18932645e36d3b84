package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A rule without a case for each of its outcomes is not finished. */
class CaseCoverageTest {
  /** Rules that speak of every subject of their kind: none of them has a case that is N/A. */
  private static final Set<String> ALWAYS_APPLY =
      Set.of(
          "ENG-VERSION",
          "ENG-CLOCK",
          "ENG-KERNEL",
          "SWM-UNNEEDED",
          "CTR-ENVSECRET",
          "CTR-OWNER",
          "IMG-SPRAWL",
          "HST-PARTITION",
          "HST-HARDENED");

  private static final Map<String, Outcome> IMPOSSIBLE = Map.of();

  @Test
  void everyOutcomeOfEveryRuleHasACase() {
    Map<String, Set<Outcome>> seen = new HashMap<>();
    for (CheckCase checkCase : AllCases.find()) {
      for (CheckCase.Expectation expectation : checkCase.expectations()) {
        seen.computeIfAbsent(expectation.rule(), rule -> EnumSet.noneOf(Outcome.class))
            .add(expectation.outcome());
      }
    }
    List<String> missing = new ArrayList<>();
    List<String> tooMany = new ArrayList<>();
    for (Rule rule : Checklist.standard().rules()) {
      Set<Outcome> found = seen.getOrDefault(rule.id(), Set.of());
      for (Outcome outcome : Outcome.values()) {
        if (!possible(rule.id(), outcome)) {
          if (found.contains(outcome)) {
            tooMany.add(rule.id() + " " + outcome);
          }
        } else if (!found.contains(outcome)) {
          missing.add(rule.id() + " " + outcome);
        }
      }
    }
    assertThat(missing).as("outcomes without a case").isEmpty();
    assertThat(tooMany).as("outcomes that this test believes impossible").isEmpty();
  }

  private static boolean possible(String rule, Outcome outcome) {
    return outcome == Outcome.NOT_APPLICABLE
        ? !ALWAYS_APPLY.contains(rule)
        : IMPOSSIBLE.get(rule) != outcome;
  }

  @Test
  void classesOfCasesAreFoundByThemselves() {
    assertThat(AllCases.find())
        .extracting(CheckCase::toString)
        .contains(
            EngineChecksTest.cases().findFirst().orElseThrow().toString(),
            SecretChecksTest.cases().findFirst().orElseThrow().toString());
  }
}
