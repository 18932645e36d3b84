package dev.plimsoll.fleet;

import dev.plimsoll.checklist.ReadingSwitch;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Optional readings as people write them. */
final class Readings {
  private Readings() {}

  /** Their words, in the order of the switches. */
  static List<String> words(Set<ReadingSwitch> readings) {
    return readings.stream().sorted().map(ReadingSwitch::word).toList();
  }

  /**
   * The switches that are meant; what is no word is left out.
   *
   * @param wrong is told what is the matter with a word
   */
  static Set<ReadingSwitch> parse(Collection<String> words, Consumer<String> wrong) {
    Set<ReadingSwitch> readings = EnumSet.noneOf(ReadingSwitch.class);
    for (String word : words) {
      try {
        readings.add(ReadingSwitch.of(word));
      } catch (IllegalArgumentException e) {
        wrong.accept("\"%s\" is no reading. Use any of %s.".formatted(Shown.of(word), all()));
      }
    }
    return readings;
  }

  private static String all() {
    return Arrays.stream(ReadingSwitch.values())
        .map(ReadingSwitch::word)
        .collect(Collectors.joining(", "));
  }
}
