package dev.plimsoll.compliance;

/**
 * A versioned choice of checks and weights.
 *
 * @param version rises with every change; 1 for one that ships, whose content the catalogue tells
 */
public record Profile(String name, int version, Choice choice) {
  /** All checks with the weights of their severities: what counts where nothing else is said. */
  public static final Profile EVERYTHING = ShippedProfile.EVERYTHING.profile();

  /** Stands for the profiles of a group's hosts where they have different ones. */
  public static final String MIXED = "mixed";
}
