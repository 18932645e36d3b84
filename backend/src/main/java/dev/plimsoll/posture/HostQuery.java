package dev.plimsoll.posture;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are wanted.
 *
 * @param text part of name, endpoint, owner or a label, ignoring case; null for any
 * @param group path whose subtree counts; null for any
 * @param statuses empty: all but decommissioned
 * @param asOf null for now
 */
public record HostQuery(
    @Nullable String text,
    @Nullable String group,
    @Nullable String environment,
    Set<HostStatus> statuses,
    Sort sort,
    boolean descending,
    @Nullable Instant asOf) {
  /** What to order by; the ID breaks ties. */
  public enum Sort {
    NAME,
    SCORE,
    LAST_READ,
    OPEN_CRITICALS
  }

  public HostQuery {
    statuses = Set.copyOf(statuses);
  }

  /** All active hosts by name, now. */
  public static final HostQuery ALL =
      new HostQuery(null, null, null, Set.of(), Sort.NAME, false, null);
}
