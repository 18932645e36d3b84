package dev.plimsoll.compliance;

/** There is no finding of that ID. */
public final class NoSuchFinding extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes what was asked for. */
  public NoSuchFinding(long findingId) {
    super("There is no finding \"" + findingId + "\".");
  }
}
