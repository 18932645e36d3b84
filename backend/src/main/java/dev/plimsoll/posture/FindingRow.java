package dev.plimsoll.posture;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A FAIL that people work on.
 *
 * @param status OPEN, ACKNOWLEDGED, WAIVED or RESOLVED
 * @param subjects those that fail now, at most 100
 * @param reopened how often it came back
 */
public record FindingRow(
    long id,
    String check,
    String title,
    String severity,
    boolean advisory,
    HostRef host,
    @Nullable String group,
    String kind,
    String lineage,
    List<SubjectRef> subjects,
    int subjectCount,
    String status,
    @Nullable String assignee,
    @Nullable Instant dueAt,
    Instant failingSince,
    @Nullable Instant resolvedAt,
    int reopened,
    @Nullable String externalUrl) {
  public FindingRow {
    subjects = List.copyOf(subjects);
  }

  /** A failing subject. */
  public record SubjectRef(long id, String name) {}
}
