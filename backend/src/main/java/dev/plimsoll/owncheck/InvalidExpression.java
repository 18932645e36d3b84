package dev.plimsoll.owncheck;

import java.util.List;
import java.util.stream.Collectors;

/** An expression that cannot be compiled; says where and why. */
final class InvalidExpression extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidExpression(List<Problem> problems) {
    super(words(problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems in one line. */
  String words() {
    return words(problems);
  }

  private static String words(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
  }

  List<Problem> problems() {
    return problems;
  }
}
