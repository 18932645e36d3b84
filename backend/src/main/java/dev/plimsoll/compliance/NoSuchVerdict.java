package dev.plimsoll.compliance;

/** There is no such subject now, or no such check for its kind. */
public final class NoSuchVerdict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes what was asked for. */
  public NoSuchVerdict(long subjectId, String check) {
    super("There is no verdict of check \"" + check + "\" on subject \"" + subjectId + "\" now.");
  }
}
