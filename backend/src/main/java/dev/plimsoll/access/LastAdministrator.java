package dev.plimsoll.access;

/** The change would leave nobody who can manage the portal. */
public final class LastAdministrator extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the account that has to stay. */
  public LastAdministrator(String name) {
    super(
        "\""
            + name
            + "\" is the last administrator who can sign in. Make somebody else one first.");
  }
}
