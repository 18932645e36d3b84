package dev.plimsoll.posture;

import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.SubjectKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What cannot be seen of a host at an instant, and is unknown whatever was written before.
 *
 * @param stale why nothing is known; null while the host is fresh
 * @param kinds why a list could not be read, by kind
 */
record Blindness(@Nullable Cause stale, Map<SubjectKind, Cause> kinds) {
  static final Blindness NONE = new Blindness(null, Map.of());

  Blindness {
    kinds = Map.copyOf(kinds);
  }

  /** Why subjects of this kind are unknown; null if they are not. */
  @Nullable Cause cause(SubjectKind kind) {
    return stale != null ? stale : kinds.get(kind);
  }

  /**
   * Why something cannot be seen.
   *
   * @param since from when on
   * @param collectionId the collection that could not read it; null if none tried
   */
  record Cause(Instant since, CollectionRow.Problem problem, @Nullable Long collectionId) {
    /** The failed call, spelled as the checks spell it. */
    List<Evidence> evidence() {
      return List.of(new Evidence(problem.call(), "{\"status\":" + problem.status() + "}", null));
    }
  }
}
