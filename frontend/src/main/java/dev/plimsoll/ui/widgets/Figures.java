package dev.plimsoll.ui.widgets;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers are written, the same on every screen. */
public final class Figures {
  private Figures() {}

  /** A count with thousands apart, such as {@code 12,345}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A count and its noun, such as {@code 1 host} or {@code 12 hosts}. */
  public static String count(long number, String one, String many) {
    return count(number) + " " + (number == 1 ? one : many);
  }

  /**
   * A score as people say it: whole, below 10 with one decimal, and never rounded up, so that 100
   * means that nothing is lost. A dash if there is none.
   */
  public static String score(@Nullable Double score) {
    if (score == null) {
      return "–";
    }
    int decimals = score > 0 && score < 10 ? 1 : 0;
    return BigDecimal.valueOf(score).setScale(decimals, RoundingMode.FLOOR).toPlainString();
  }

  /** A score with all its three decimals. */
  public static String exactScore(@Nullable Double score) {
    return score == null ? "no score" : String.format(Locale.ROOT, "%.3f", score);
  }

  /** A share as whole percent, never rounded up to 100. */
  public static String percent(double share) {
    return (int) Math.floor(share * 100) + "%";
  }

  /** How much of a whole a part is, as whole percent, never rounded up; a dash of nothing. */
  public static String percentOf(long part, long whole) {
    return whole == 0
        ? "–"
        : BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.FLOOR)
                .toPlainString()
            + "%";
  }

  /** Points lost, with one decimal. */
  public static String points(double points) {
    return String.format(Locale.ROOT, "%,.1f", points);
  }

  /** A length of time in its two largest units, such as {@code 1 h 5 min}. */
  public static String duration(Duration duration) {
    if (duration.toSeconds() < 1) {
      return duration.toMillis() + " ms";
    }
    if (duration.toSeconds() < 10) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (duration.toMinutes() < 1) {
      return duration.toSeconds() + " s";
    }
    if (duration.toHours() < 1) {
      return twoUnits(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
    }
    if (duration.toDays() < 1) {
      return twoUnits(duration.toHours(), "h", duration.toMinutesPart(), "min");
    }
    return twoUnits(duration.toDays(), "d", duration.toHoursPart(), "h");
  }

  /** A size in binary units, such as {@code 15.6 GiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }

  private static String twoUnits(long large, String largeUnit, int small, String smallUnit) {
    return small == 0
        ? large + " " + largeUnit
        : large + " " + largeUnit + " " + small + " " + smallUnit;
  }
}
