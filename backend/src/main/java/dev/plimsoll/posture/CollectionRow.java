package dev.plimsoll.posture;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to read one host.
 *
 * @param outcome RUNNING, SUCCEEDED, PARTIAL or FAILED
 * @param worker the portal process that makes or made it; empty while none has begun
 * @param counts what was found; null while running or if nothing was
 */
public record CollectionRow(
    long id,
    HostRef host,
    String worker,
    String outcome,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Counts counts,
    @Nullable String errorCategory,
    @Nullable String errorDetail,
    List<Problem> problems) {
  public CollectionRow {
    problems = List.copyOf(problems);
  }

  /** What one collection found. */
  public record Counts(int containers, int images, int volumes, int networks, int documentsNew) {}

  /** A call that failed while the rest was read; status 0 if no answer came. */
  public record Problem(String call, int status, String detail) {}
}
