package dev.plimsoll.api;

import dev.plimsoll.fleet.InvalidInput;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a list is ordered by, and which way.
 *
 * @param descending written as {@code -} before the word
 */
record SortWord<S extends Enum<S>>(S sort, boolean descending) {
  /**
   * Reads the query's sort.
   *
   * @param word null where it was not given
   * @throws InvalidInput if no list is ordered so
   */
  static <S extends Enum<S>> SortWord<S> parse(
      @Nullable String word, String usual, Map<String, S> words) {
    String wanted = word == null ? usual : word;
    boolean descending = wanted.startsWith("-");
    S sort = words.get(descending ? wanted.substring(1) : wanted);
    if (sort == null) {
      throw new InvalidInput(
          "sort", Enums.notOneOf(wanted, new TreeMap<>(words).keySet().toArray(String[]::new)));
    }
    return new SortWord<>(sort, descending);
  }
}
