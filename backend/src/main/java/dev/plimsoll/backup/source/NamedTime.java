package dev.plimsoll.backup.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in the name of an archive: {@code 2026-03-01T02-00-00}, {@code 20260301_020000}, {@code
 * 2026-03-01}, seconds since 1970 and the like, in UTC.
 */
final class NamedTime {
  private static final Pattern CALENDAR =
      Pattern.compile(
          "(\\d{4})[-.]?(\\d{2})[-.]?(\\d{2})"
              + "(?:[T_. -]?(\\d{2})[-:.]?(\\d{2})(?:[-:.]?(\\d{2})(?:\\.\\d{1,9})?)?Z?)?");
  private static final Pattern SECONDS = Pattern.compile("1\\d{9}");

  private NamedTime() {}

  /** The instant, empty if the text is no time. */
  static Optional<Instant> parse(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
    }
    Matcher calendar = CALENDAR.matcher(text);
    if (!calendar.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  number(calendar, 1),
                  number(calendar, 2),
                  number(calendar, 3),
                  number(calendar, 4),
                  number(calendar, 5),
                  number(calendar, 6))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty(); // the 31st of February
    }
  }

  private static int number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
