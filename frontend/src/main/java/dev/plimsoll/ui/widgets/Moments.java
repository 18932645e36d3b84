package dev.plimsoll.ui.widgets;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How instants are written, the same on every screen: relative for people, exact for evidence. */
public final class Moments {
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Moments() {}

  /** Such as {@code 2026-11-24 18:46:03 UTC}. */
  public static String exact(Instant at) {
    return EXACT.format(at);
  }

  /** The day in UTC, such as {@code 2026-11-24}. */
  public static String day(Instant at) {
    return DAY.format(at);
  }

  /** Such as {@code 5 min ago} or {@code in 2 h}; the element that shows it counts on by itself. */
  public static String relative(Instant at, Instant now) {
    Duration distance = Duration.between(at, now);
    boolean past = !distance.isNegative();
    Duration size = distance.abs();
    if (size.toSeconds() < 45) {
      return past ? "just now" : "in a moment";
    }
    String words;
    if (size.toMinutes() < 60) {
      words = Math.max(1, size.toMinutes()) + " min";
    } else if (size.toHours() < 48) {
      words = size.toHours() + " h";
    } else if (size.toDays() < 60) {
      words = size.toDays() + " days";
    } else {
      words = size.toDays() / 30 + " months";
    }
    return past ? words + " ago" : "in " + words;
  }
}
