package dev.plimsoll.posture;

/** How a host's collections go. */
public enum HostStatus {
  /** Added, no attempt has finished. */
  PENDING,
  OK,
  /** The last collection could not read everything. */
  PARTIAL,
  /** The last collection failed, what is known is still fresh. */
  UNREACHABLE,
  /** What is known is older than the freshness limit, or nothing ever was: scores 0, grade U. */
  STALE,
  PAUSED,
  DECOMMISSIONED
}
