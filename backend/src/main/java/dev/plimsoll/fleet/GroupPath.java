package dev.plimsoll.fleet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads paths such as {@code Retail/Payments}. */
final class GroupPath {
  private static final int LONGEST_NAME = 100;
  private static final int DEEPEST = 10;

  private GroupPath() {}

  /**
   * The names along a path.
   *
   * @throws IllegalArgumentException with a sentence that names the text and the remedy
   */
  static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String typed : path.split("/", -1)) {
      names.add(name(typed, path));
    }
    if (names.size() > DEEPEST) {
      throw bad(path, "has " + names.size() + " levels. Use at most " + DEEPEST + ".");
    }
    return names;
  }

  /**
   * One group's name.
   *
   * @throws IllegalArgumentException with a sentence that names the text and the remedy
   */
  static String name(String typed) {
    if (typed.indexOf('/') >= 0) {
      throw bad(typed, "holds a slash, which parts the names of a path. Leave it out.");
    }
    return name(typed, typed);
  }

  static String below(@Nullable String parentPath, String name) {
    return parentPath == null ? name : parentPath + "/" + name;
  }

  private static String name(String typed, String path) {
    String name = typed.strip();
    if (name.isEmpty()) {
      throw bad(path, "has an empty name. Write groups as Retail/Payments.");
    }
    if (name.length() > LONGEST_NAME) {
      throw bad(path, "has a name beyond " + LONGEST_NAME + " characters. Shorten it.");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw bad(path, "has a control character. Leave it out.");
    }
    return name;
  }

  private static IllegalArgumentException bad(String path, String what) {
    return new IllegalArgumentException("\"" + Shown.of(path) + "\" " + what);
  }
}
