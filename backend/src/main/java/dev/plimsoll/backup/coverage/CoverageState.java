package dev.plimsoll.backup.coverage;

/** How data stands at an instant. */
public enum CoverageState {
  /** A good backup began within the promised time. */
  PROTECTED,
  /** There is a good backup, but it is older than promised, and no attempt after it is known. */
  LATE,
  /** No good backup is young enough, and the last attempt is known to have failed. */
  FAILED,
  /** No policy matches, or no backup ever succeeded. */
  UNPROTECTED,
  /** Somebody gave a reason why it needs no backup, and somebody else approved it. */
  EXEMPT,
  /** What would tell cannot be read. */
  UNKNOWN
}
