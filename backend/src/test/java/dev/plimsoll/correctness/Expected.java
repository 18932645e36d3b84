package dev.plimsoll.correctness;

import dev.plimsoll.checklist.Outcome;
import java.util.Map;
import java.util.TreeMap;

/** Outcomes by check, written as {@code CTR-USER=FAIL CTR-HEALTH=N/A}. */
final class Expected {
  private Expected() {}

  static Map<String, Outcome> of(String words) {
    Map<String, Outcome> outcomes = new TreeMap<>();
    for (String word : words.split(" ")) {
      if (!word.isEmpty()) {
        int equals = word.indexOf('=');
        outcomes.put(word.substring(0, equals), outcome(word.substring(equals + 1)));
      }
    }
    return outcomes;
  }

  private static Outcome outcome(String word) {
    return word.equals("N/A") ? Outcome.NOT_APPLICABLE : Outcome.valueOf(word);
  }
}
