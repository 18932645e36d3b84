package dev.plimsoll.api;

import dev.plimsoll.posture.CollectionRow;
import org.jspecify.annotations.Nullable;

/** A call to an engine that failed; status 0 if no answer came. */
record ProblemBody(String call, int status, String detail) {
  static ProblemBody of(CollectionRow.Problem problem) {
    return new ProblemBody(problem.call(), problem.status(), problem.detail());
  }

  static @Nullable ProblemBody ofNullable(CollectionRow.@Nullable Problem problem) {
    return problem == null ? null : of(problem);
  }
}
