package dev.plimsoll.collect.connect;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Engine API, such as 1.41. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** Oldest API that is read: Engine 20.10. */
  static final ApiVersion OLDEST = new ApiVersion(1, 41);

  /** Newest API whose documents the reading was written for: Engine 27. */
  static final ApiVersion NEWEST = new ApiVersion(1, 47);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,2})\\.([0-9]{1,3})");
  private static final Comparator<ApiVersion> ORDER =
      Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

  /** Reads a version; empty if the text is none. */
  static Optional<ApiVersion> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public int compareTo(ApiVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
