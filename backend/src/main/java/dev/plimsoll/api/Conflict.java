package dev.plimsoll.api;

/** The request cannot be done as things are; the problem says why. */
final class Conflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;

  Conflict(Problem problem, String detail) {
    super(detail);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
