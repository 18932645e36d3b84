package dev.plimsoll.inventory;

/** Fields of a volume's observation: what collections write and others read. */
public final class VolumeObservation {
  /**
   * When the volume was made, in UTC; only where that is an identity (Engine 23 and later): another
   * instant is another volume under the same name.
   */
  public static final String CREATED_AT = "createdAt";

  private VolumeObservation() {}
}
