package dev.plimsoll.posture;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which findings are wanted; nulls and empty sets for any.
 *
 * @param severities words: critical, high, medium, low
 * @param statuses empty: all but RESOLVED
 * @param advisory whether those of advisory checks are listed too
 * @param text part of lineage, check ID or host name, ignoring case
 */
public record FindingQuery(
    @Nullable Long hostId,
    @Nullable String group,
    @Nullable String check,
    Set<String> severities,
    Set<String> statuses,
    @Nullable String kind,
    @Nullable String assignee,
    boolean advisory,
    @Nullable String text,
    Sort sort,
    boolean descending) {
  /** What to order by; the ID breaks ties. */
  public enum Sort {
    SEVERITY,
    FAILING_SINCE,
    HOST,
    CHECK
  }

  public FindingQuery {
    severities = Set.copyOf(severities);
    statuses = Set.copyOf(statuses);
  }

  /** Everything that is open and counts, worst first. */
  public static final FindingQuery OPEN =
      new FindingQuery(
          null, null, null, Set.of(), Set.of(), null, null, false, null, Sort.SEVERITY, true);
}
