package dev.plimsoll.api;

import dev.plimsoll.fleet.Shown;

/** IDs are opaque texts outside and numbers inside. */
final class Ids {
  private static final int LONGEST = 18;

  private Ids() {}

  /**
   * The number behind an ID in an address.
   *
   * @throws NotFound if no ID looks like that
   */
  static long parse(String what, String id) {
    if (id.isEmpty() || id.length() > LONGEST || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new NotFound(what, Shown.of(id));
    }
    return Long.parseLong(id);
  }
}
