package dev.plimsoll.posture;

import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check says of a subject at an instant.
 *
 * @param severity word: critical, high, medium, low
 * @param since when this outcome began
 * @param documentSha256 of the subject; null if it was never read
 * @param collectionId of an UNKNOWN: the collection that could not read it; else null
 */
public record VerdictRow(
    String check,
    String title,
    Outcome outcome,
    String severity,
    boolean advisory,
    HostRef host,
    long subjectId,
    String subjectKind,
    String subjectName,
    Instant since,
    List<Evidence> evidence,
    @Nullable String documentSha256,
    @Nullable String reason,
    @Nullable Long collectionId) {
  public VerdictRow {
    evidence = List.copyOf(evidence);
  }
}
