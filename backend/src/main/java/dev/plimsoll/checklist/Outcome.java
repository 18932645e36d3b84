package dev.plimsoll.checklist;

/** What a check says of a subject. A risk that people accepted stays a {@link #FAIL}. */
public enum Outcome {
  /** The evidence shows that the rule is kept. */
  PASS,
  /** The evidence shows that the rule is broken. */
  FAIL,
  /** Nobody can know from what was read; it costs as much as a FAIL until it is answered. */
  UNKNOWN,
  /** The rule has no meaning for this subject. */
  NOT_APPLICABLE
}
