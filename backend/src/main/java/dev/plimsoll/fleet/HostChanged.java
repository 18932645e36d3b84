package dev.plimsoll.fleet;

/**
 * Published in the transaction that adds, edits, pauses, resumes or decommissions a host.
 *
 * @param hostId whose row changed
 * @param kind what was done
 */
public record HostChanged(long hostId, Kind kind) {
  /** What was done to the host. */
  public enum Kind {
    ADDED,
    EDITED,
    /** Endpoint or credential changed: what was known of its reachability is void. */
    REACHED_ANEW,
    /** Optional readings were switched on or off. */
    READ_OTHERWISE,
    PAUSED,
    RESUMED,
    DECOMMISSIONED
  }
}
