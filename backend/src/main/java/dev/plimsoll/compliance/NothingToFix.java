package dev.plimsoll.compliance;

/** A check does not fail for a subject, so that there is nothing to change. */
public final class NothingToFix extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which check, and what it says instead. */
  public NothingToFix(String check, String outcome) {
    super(check + " is " + outcome + " for this subject: only what fails is fixed.");
  }
}
