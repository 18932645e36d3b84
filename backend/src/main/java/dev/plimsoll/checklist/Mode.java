package dev.plimsoll.checklist;

/** Where a check's answer comes from, and whether it counts. */
public enum Mode {
  /** From the Engine API or an imported host file; counts. */
  SCORED,
  /** From imported records such as scanner reports or backups; counts. */
  EVIDENCE,
  /** Shown, with weight 0. */
  ADVISORY
}
