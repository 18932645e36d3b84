package dev.plimsoll.checklist;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The label with which a volume or a container says how much may be lost. */
public final class RpoLabel {
  /** The label's name; its value is such as {@code 24h}, {@code 90m} or {@code 7d}. */
  public static final String NAME = "dev.plimsoll.rpo";

  /** What may be lost where a backup is meant and nobody said how much. */
  public static final Duration DEFAULT = Duration.ofHours(24);

  static final String UNREADABLE = "label " + NAME + " is no span of time such as 24h";

  private static final Pattern SPAN = Pattern.compile("(\\d{1,5})\\s*([mhd])");

  private RpoLabel() {}

  /** The span that a value tells; null if it tells none. */
  public static @Nullable Duration parse(String value) {
    Matcher span = SPAN.matcher(value.strip());
    if (!span.matches()) {
      return null;
    }
    long count = Long.parseLong(span.group(1));
    if (count == 0) {
      return null;
    }
    return switch (span.group(2)) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
