package dev.plimsoll.collect.connect;

import java.time.Duration;

/** Turns what strangers wrote into something that can stand in a sentence for people. */
final class Sentences {
  private static final int LONGEST = 300;

  private Sentences() {}

  /** One line without control characters, at most 300 characters long. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.strip()
        .codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .limit(LONGEST + 1L)
        .forEach(line::appendCodePoint);
    if (line.codePointCount(0, line.length()) <= LONGEST) {
      return line.toString();
    }
    return line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  static String quoted(String text) {
    return '"' + oneLine(text) + '"';
  }

  /** A duration in the unit that fits, such as {@code 30 s} or {@code 250 ms}. */
  static String time(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
