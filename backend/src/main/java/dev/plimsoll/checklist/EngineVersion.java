package dev.plimsoll.checklist;

import org.jspecify.annotations.Nullable;

/** Version of an engine or of its API, as far as checks compare it. */
record EngineVersion(int major, int minor) implements Comparable<EngineVersion> {
  static final Field ENGINE = Field.of(".version.Version");
  static final Field API = Field.of(".version.ApiVersion");

  /** Reads {@code 20.10.24+dfsg1} and the like; null if the text does not start so. */
  static @Nullable EngineVersion parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1) {
      return null;
    }
    int end = dot + 1;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    Integer major = number(text.substring(0, dot));
    Integer minor = number(text.substring(dot + 1, end));
    return major == null || minor == null ? null : new EngineVersion(major, minor);
  }

  boolean atLeast(int otherMajor, int otherMinor) {
    return compareTo(new EngineVersion(otherMajor, otherMinor)) >= 0;
  }

  @Override
  public int compareTo(EngineVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  private static @Nullable Integer number(String digits) {
    if (digits.isEmpty() || digits.length() > 6 || !digits.chars().allMatch(Character::isDigit)) {
      return null;
    }
    return Integer.valueOf(digits);
  }
}
