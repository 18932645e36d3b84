package dev.plimsoll.compliance;

/**
 * A versioned choice of checks and weights.
 *
 * @param version rises with every change
 */
public record Profile(String name, int version) {
  /** All checks with the weights of their severities: what every score speaks of. */
  public static final Profile EVERYTHING = new Profile("Everything", 1);
}
