package dev.plimsoll.api;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import java.util.Arrays;

/** Words of a parameter that has a few. */
final class Enums {
  private Enums() {}

  /**
   * The constant of that name, ignoring case.
   *
   * @throws InvalidInput naming the parameter, the word and all that are possible
   */
  static <E extends Enum<E>> E parse(String parameter, String word, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInput(
                    parameter,
                    notOneOf(
                        word,
                        Arrays.stream(type.getEnumConstants())
                            .map(Enum::name)
                            .toArray(String[]::new))));
  }

  static String notOneOf(String word, String... words) {
    return "\"" + Shown.of(word) + "\" is not possible here. Give one of " + Arrays.toString(words);
  }
}
