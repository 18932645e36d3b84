package dev.plimsoll.compliance;

/** Nothing of that ID is declared. */
public final class NoSuchDeclaration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes what was asked for. */
  public NoSuchDeclaration(long id) {
    super("There is no declaration \"" + id + "\".");
  }
}
