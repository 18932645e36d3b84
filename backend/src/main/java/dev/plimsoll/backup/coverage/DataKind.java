package dev.plimsoll.backup.coverage;

import java.util.Locale;

/** Kinds of data that a host keeps, and that are lost with it. */
public enum DataKind {
  /** A volume. */
  VOLUME,
  /** A directory of the host that containers write. */
  DIRECTORY,
  /** What a container wrote into its own layer. */
  LAYER,
  /** What a manager keeps of its swarm. */
  SWARM;

  /** The kind as the API and the screens spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind that is spelled so.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DataKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
