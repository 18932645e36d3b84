package dev.plimsoll.permission;

/** A right that a role grants. Services name the one they need with {@link Requires}. */
public enum Permission {
  /** See hosts, what runs on them, verdicts, findings and scores. */
  READ,
  /** Ask for a collection now. */
  COLLECT,
  /** Acknowledge, assign and comment findings. */
  TRIAGE,
  /** Upload host reports and sign attestations. */
  ATTEST,
  /** Add, edit, pause and decommission hosts and groups, and give credentials. */
  MANAGE_HOSTS,
  /** Change what is checked: declarations, profiles, own checks, tables. */
  MANAGE_CHECKS,
  /** Manage people, their roles and their tokens. */
  MANAGE_PEOPLE,
  /** Read the audit trail. */
  READ_AUDIT,
  /** Read the portal's own metrics. */
  READ_METRICS
}
