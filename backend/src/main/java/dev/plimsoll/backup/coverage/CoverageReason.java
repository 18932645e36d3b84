package dev.plimsoll.backup.coverage;

/** Why data stands as it does. */
public enum CoverageReason {
  /** A good backup is young enough. */
  FRESH("The newest good backup is younger than promised."),
  /** As FRESH; but a later attempt failed. */
  FRESH_BUT_FAILED("The newest good backup is younger than promised, but a later attempt failed."),
  /** The newest good backup is too old. */
  OLD("The newest good backup is older than promised."),
  /** The newest good backup is too old, since attempts after it failed. */
  ATTEMPT_FAILED("The newest good backup is older than promised, and the attempt after it failed."),
  /** Every attempt failed. */
  NEVER_SUCCEEDED("Every attempt to back it up failed."),
  /** What was kept turned out not to be restorable. */
  DAMAGED("The backup that would be young enough cannot be restored."),
  /** Jobs succeed and save nothing. */
  EMPTY("The job succeeded but saved nothing."),
  /** No policy matches. */
  NO_POLICY("No policy matches it."),
  /** There is no record of any backup. */
  NEVER("There is no record of a backup."),
  /** Backups lie on the host itself, where the policy wants them elsewhere. */
  ON_THE_HOST("Backups lie on the host itself, and the policy wants them elsewhere."),
  /** Where backups lie was not reported, and the policy wants them elsewhere. */
  TARGET_NOT_REPORTED("Where backups lie was not reported, and the policy wants them elsewhere."),
  /** It needs no backup. */
  EXEMPT("It is exempt: a reason was given and approved."),
  /** The source of its evidence cannot be read. */
  SOURCE_UNREAD("The source of its backups cannot be read, so newer ones may exist."),
  /** The only backups that would be young enough are dated in the future. */
  FROM_THE_FUTURE("Its newest backup is dated in the future: a clock is wrong."),
  /** The host itself was not read, so it is not known whether it is still there. */
  HOST_UNREAD("The host was not read, so it is not known what it keeps.");

  private final String sentence;

  CoverageReason(String sentence) {
    this.sentence = sentence;
  }

  /** The reason as people read it. */
  public String sentence() {
    return sentence;
  }
}
