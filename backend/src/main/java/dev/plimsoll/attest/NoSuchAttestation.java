package dev.plimsoll.attest;

/** There is no attestation of that ID. */
public final class NoSuchAttestation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Describes what was asked for. */
  public NoSuchAttestation(long id) {
    super("There is no attestation " + id + ".");
  }
}
