package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which kept data is wanted; nulls and empty sets for any.
 *
 * @param group path whose subtree its host belongs to
 * @param policy name or ID of the policy that promises it, or exempts it
 * @param text part of its name, its host's or its policy's, ignoring case
 * @param orphaned whether only volumes that nothing uses are wanted, or only other data
 * @param offHost where its newest good backup lies
 * @param asOf null for now
 * @param knownAt null for what was known at that instant
 */
public record CoverageQuery(
    @Nullable Long hostId,
    @Nullable String group,
    Set<CoverageState> states,
    Set<DataKind> kinds,
    @Nullable String policy,
    @Nullable String text,
    @Nullable Boolean orphaned,
    @Nullable OffHost offHost,
    Sort sort,
    boolean descending,
    @Nullable Instant asOf,
    @Nullable Instant knownAt) {
  /** What to order by; the ID breaks ties. */
  public enum Sort {
    /** Most urgent first: FAILED, UNPROTECTED, LATE, UNKNOWN, EXEMPT, PROTECTED. */
    STATE,
    NAME,
    HOST,
    /** Those without any come last. */
    LAST_SUCCESS,
    /** Those without a size come last. */
    BYTES
  }

  /** Where the newest good backup of data lies. */
  public enum OffHost {
    /** Elsewhere than on its host. */
    TRUE,
    /** On its host. */
    FALSE,
    /** It was not reported, or there is no good backup. */
    UNKNOWN
  }

  /** Everything, most urgent first, now. */
  public static final CoverageQuery ALL =
      new CoverageQuery(
          null, null, Set.of(), Set.of(), null, null, null, null, Sort.STATE, false, null, null);

  public CoverageQuery {
    states = Set.copyOf(states);
    kinds = Set.copyOf(kinds);
  }

  /** The same of one host only. */
  public CoverageQuery ofHost(long id) {
    return new CoverageQuery(
        id, group, states, kinds, policy, text, orphaned, offHost, sort, descending, asOf, knownAt);
  }

  /** The same as of an instant, with what was known at another; nulls for now, and for then. */
  public CoverageQuery at(@Nullable Instant instant, @Nullable Instant known) {
    return new CoverageQuery(
        hostId,
        group,
        states,
        kinds,
        policy,
        text,
        orphaned,
        offHost,
        sort,
        descending,
        instant,
        known);
  }
}
