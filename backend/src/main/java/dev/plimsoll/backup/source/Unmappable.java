package dev.plimsoll.backup.source;

import dev.plimsoll.fleet.Shown;

/** A snapshot cannot be given to any data; the message says why. */
final class Unmappable extends Exception {
  private static final long serialVersionUID = 1L;

  Unmappable(String reason) {
    super(reason);
  }

  static String shown(String text) {
    return Shown.of(text);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
