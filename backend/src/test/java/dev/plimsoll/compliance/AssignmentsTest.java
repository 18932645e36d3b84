package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compliance.Assignments.Place;
import dev.plimsoll.compliance.Assignments.Rule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentsTest {
  private static final Assignments RULES =
      new Assignments(
          List.of(
              new Rule(null, null, "default"),
              new Rule(null, "prod", "prod"),
              new Rule(1L, null, "retail"),
              new Rule(1L, "prod", "retail prod"),
              new Rule(2L, null, "payments")));

  @ParameterizedTest(name = "groups {0}, environment {1}: {2}")
  @CsvSource({
    "'', '', default",
    "'', prod, prod",
    "'', PROD, prod",
    "'', test, default",
    "1, '', retail",
    "1, test, retail",
    "1, prod, retail prod",
    "2 1, '', payments",
    "2 1, test, payments",
    "2 1, prod, retail prod",
    "3 2 1, test, payments",
    "9, prod, prod",
  })
  @DisplayName("The most specific rule decides")
  void mostSpecific(String groups, String environment, String profile) {
    assertThat(RULES.effective(place(groups, environment))).isEqualTo(profile);
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "'2 1', prod"})
  @DisplayName("Without a rule that speaks of it, a host has the profile Everything")
  void none(String groups, String environment) {
    assertThat(new Assignments(List.of()).effective(place(groups, environment)))
        .isEqualTo("Everything");
    assertThat(
            new Assignments(List.of(new Rule(7L, null, "other")))
                .effective(place(groups, environment)))
        .isEqualTo("Everything");
  }

  private static Place place(String groups, @Nullable String environment) {
    return new Place(
        groups.isEmpty() ? List.of() : Arrays.stream(groups.split(" ")).map(Long::valueOf).toList(),
        environment == null || environment.isEmpty() ? null : environment);
  }
}
