package dev.plimsoll.ui.navigation;

import java.util.Locale;

/** How a constant is spelled in a URL. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
