package dev.plimsoll.inventory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts that were found to hold no secret, so that they need not be searched again: engines say the
 * same things of every container, at every collection. Nothing that was masked is ever kept here.
 */
final class CleanTexts {
  private static final int MOST = 20_000;
  private static final int LONGEST = 1_024;

  private final Set<String> texts = ConcurrentHashMap.newKeySet();
  private final Set<String> elements = ConcurrentHashMap.newKeySet();
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  boolean text(String text) {
    return texts.contains(text);
  }

  /** The same for elements of arrays, in which {@code NAME=value} is read to its end. */
  boolean element(String text) {
    return elements.contains(text);
  }

  /** The same for names of fields, which promise no secret as their value. */
  boolean name(String name) {
    return names.contains(name);
  }

  void addName(String name) {
    add(names, name);
  }

  void addText(String text) {
    add(texts, text);
  }

  void addElement(String text) {
    add(elements, text);
  }

  /** Full means begin anew: what is common is found again at once. */
  private static void add(Set<String> known, String text) {
    if (text.length() <= LONGEST) {
      if (known.size() >= MOST) {
        known.clear();
      }
      known.add(text);
    }
  }
}
