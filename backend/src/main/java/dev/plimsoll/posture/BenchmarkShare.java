package dev.plimsoll.posture;

import dev.plimsoll.checklist.Benchmark;
import dev.plimsoll.checklist.Reference;
import dev.plimsoll.checklist.Rule;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much of a benchmark is looked at.
 *
 * @param checked recommendations that have a check in the catalogue
 * @param answered those among them that at least one check answers on at least one subject
 */
public record BenchmarkShare(Benchmark benchmark, int checked, int answered) {

  /**
   * One for each benchmark.
   *
   * @param answered IDs of the checks that have a known answer somewhere
   */
  public static List<BenchmarkShare> of(Collection<Rule> rules, Set<String> answered) {
    return Arrays.stream(Benchmark.values())
        .map(
            benchmark ->
                new BenchmarkShare(
                    benchmark,
                    numbers(benchmark, rules).size(),
                    numbers(
                            benchmark,
                            rules.stream().filter(rule -> answered.contains(rule.id())).toList())
                        .size()))
        .toList();
  }

  private static Set<String> numbers(Benchmark benchmark, Collection<Rule> rules) {
    return rules.stream()
        .flatMap(rule -> rule.references().stream())
        .filter(reference -> reference.source().equals(benchmark.source()))
        .map(Reference::number)
        .collect(Collectors.toSet());
  }
}
