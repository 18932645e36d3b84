package dev.plimsoll.simulation;

import java.util.List;

/**
 * Chance that is the same whenever it is asked: a hash of a seed and of what it is asked for. It
 * has no state, so what happens on one day can be told without playing all days before.
 *
 * @param seed all that the chances depend on so far
 */
record Chance(long seed) {
  private static final int BITS_OF_FRACTION = 53;
  private static final int CHARS_A_HASH = 16;

  /** The chance of something that has a name. */
  Chance of(String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = mixed(hash ^ name.charAt(i));
    }
    return new Chance(mixed(hash ^ name.length()));
  }

  /** The chance of something that has a number. */
  Chance of(long number) {
    return new Chance(mixed(seed ^ mixed(number)));
  }

  /** From 0 inclusive to 1 exclusive. */
  double fraction() {
    return (mixed(seed) >>> (Long.SIZE - BITS_OF_FRACTION)) * 0x1.0p-53;
  }

  /** Whether something of a probability happens. */
  boolean happens(double probability) {
    return fraction() < probability;
  }

  /** From 0 inclusive to a bound exclusive. */
  int below(int bound) {
    return (int) Math.floorMod(mixed(seed), (long) bound);
  }

  /** One of several. */
  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** 64 hexadecimal digits, as Docker's IDs have. */
  String id() {
    StringBuilder id = new StringBuilder(4 * CHARS_A_HASH);
    long hash = seed;
    while (id.length() < 4 * CHARS_A_HASH) {
      hash = mixed(hash);
      String digits = Long.toHexString(hash);
      id.repeat("0", CHARS_A_HASH - digits.length()).append(digits);
    }
    return id.toString();
  }

  /** The generator SplitMix64 of Steele, Lea and Flood (2014), one step. */
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
