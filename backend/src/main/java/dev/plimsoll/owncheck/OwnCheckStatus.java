package dev.plimsoll.owncheck;

/** Where an own check is in its life. */
public enum OwnCheckStatus {
  /** It is being written and judges nothing. */
  DRAFT,
  /** It judges, and counts if it is scored. */
  ACTIVE,
  /** It judges no more; what it said stays. */
  RETIRED
}
