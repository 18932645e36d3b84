package dev.plimsoll.backup.source;

import java.nio.file.Path;

/** Absolute paths in the one form in which they are compared. */
final class CleanPath {
  private static final int LONGEST = 4096;

  private CleanPath() {}

  /**
   * The path without empty steps, {@code .}, {@code ..} and a slash at its end.
   *
   * @throws Unmappable if it is no absolute path of a Linux host
   */
  static String of(String path) throws Unmappable {
    if (!path.startsWith("/") || path.length() > LONGEST || path.indexOf('\0') >= 0) {
      throw new Unmappable(
          "\"" + Unmappable.shown(path) + "\" is no absolute path of a Linux host.");
    }
    return Path.of(path).normalize().toString();
  }
}
