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
  /** Report backups and restores that a program or a person made. */
  REPORT_BACKUPS,
  /** Write backup policies, approve other people's exemptions, and start restore drills. */
  MANAGE_BACKUPS,
  /**
   * Add, edit, pause and decommission hosts and groups, and give credentials; likewise for the
   * repositories in which backups lie.
   */
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
