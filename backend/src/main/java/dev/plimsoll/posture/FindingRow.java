package dev.plimsoll.posture;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A FAIL that people work on.
 *
 * @param status OPEN, ACKNOWLEDGED, WAIVED or RESOLVED
 * @param subjects those that fail now, or did when they were last seen, at most 100
 * @param subjectCount how many there are in all
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

  FindingRow withSubjects(List<SubjectRef> failing, int count) {
    return new FindingRow(
        id,
        check,
        title,
        severity,
        advisory,
        host,
        group,
        kind,
        lineage,
        failing,
        count,
        status,
        assignee,
        dueAt,
        failingSince,
        resolvedAt,
        reopened,
        externalUrl);
  }

  /** A failing subject. */
  public record SubjectRef(long id, String name) {}
}
