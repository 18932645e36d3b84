package dev.plimsoll.fleet;

/** Another active host or group already has this name. */
public final class NameTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes the clash by the name that is taken. */
  public NameTaken(String what, String name) {
    super("A " + what + " named \"" + name + "\" already exists. Choose another name.");
  }
}
