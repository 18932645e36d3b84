package dev.plimsoll.checklist;

import java.util.OptionalLong;

/**
 * A user as the engine takes it, {@code user[:group]}, each a name or a number.
 *
 * @param user empty for the default, which is root
 * @param group empty if none is given
 */
record UserSpec(String user, String group) {
  static final String ROOT = "root";

  static UserSpec parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new UserSpec(text, "")
        : new UserSpec(text.substring(0, colon), text.substring(colon + 1));
  }

  /** Whether the process starts as uid 0 without asking {@code /etc/passwd}. */
  boolean rootByItself() {
    return user.isEmpty() || user.equals(ROOT) || isZero(user);
  }

  /** Whether {@code /etc/passwd} must say the uid or, where no group is given, the gid. */
  boolean needsPasswd() {
    return !rootByItself() && (number(user).isEmpty() || group.isEmpty());
  }

  /** Whether {@code /etc/group} must say the gid of a group that is given so. */
  static boolean needsGroupFile(String group) {
    return !group.isEmpty() && !group.equals(ROOT) && number(group).isEmpty();
  }

  static boolean isZero(String text) {
    OptionalLong number = number(text);
    return number.isPresent() && number.getAsLong() == 0;
  }

  /**
   * The number that the engine reads in a text: decimal digits after an optional sign, so that
   * {@code 00} and {@code +0} are 0. Empty if it reads a name.
   */
  static OptionalLong number(String text) {
    int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    if (start == text.length() || text.length() - start > 18) {
      return OptionalLong.empty();
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
