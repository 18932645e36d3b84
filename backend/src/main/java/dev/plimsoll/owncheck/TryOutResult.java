package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.SubjectKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check would have said of stored history.
 *
 * @param instants in the order in which they were asked for
 */
public record TryOutResult(List<AtInstant> instants) {
  public TryOutResult {
    instants = List.copyOf(instants);
  }

  /** Whether every subject of every instant was judged. */
  public boolean complete() {
    return instants.stream().allMatch(AtInstant::complete);
  }

  /**
   * One instant's subjects.
   *
   * @param complete false if time ran out: then the counts speak of the judged ones alone
   * @param subjects all of the kind that were known
   * @param judged those that were looked at
   * @param failingHosts hosts with at least one that fails
   * @param failing some that fail, in the order of hosts
   * @param next where the next of them begin, for {@link TryOut.Request#after}; null if there are
   *     none
   * @param unknownReasons why answers are unknown, the most frequent first
   */
  public record AtInstant(
      Instant at,
      boolean complete,
      long subjects,
      long judged,
      long pass,
      long fail,
      long unknown,
      long notApplicable,
      int failingHosts,
      List<Failing> failing,
      @Nullable Place next,
      List<Reason> unknownReasons) {
    public AtInstant {
      failing = List.copyOf(failing);
      unknownReasons = List.copyOf(unknownReasons);
    }
  }

  /** A subject that fails. */
  public record Failing(
      long subjectId,
      SubjectKind kind,
      String name,
      long hostId,
      String host,
      @Nullable String reason,
      List<Evidence> evidence) {
    public Failing {
      evidence = List.copyOf(evidence);
    }
  }

  /** A place in the order of failing subjects. */
  public record Place(long hostId, long subjectId) {}

  /** A reason and how many subjects it holds for. */
  public record Reason(String reason, long subjects) {}
}
