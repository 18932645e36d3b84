package dev.plimsoll.checklist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /info} lists under {@code SecurityOptions}: entries such as {@code
 * name=seccomp,profile=default}, in old engines a bare {@code seccomp}.
 */
final class SecurityOptions {
  static final Field FIELD = Field.of(".info.SecurityOptions");

  private final Source engine;
  private final List<String> entries;

  private SecurityOptions(Source engine, List<String> entries) {
    this.engine = engine;
    this.entries = entries;
  }

  /**
   * Reads them from the engine's document.
   *
   * @throws Unanswerable if the engine does not list any: absent and null are not none
   */
  static SecurityOptions of(Source engine) {
    return new SecurityOptions(engine, engine.texts(FIELD));
  }

  boolean has(String name) {
    return entry(name) != null;
  }

  /** Evidence for the entry of this name, to follow a successful {@link #has}. */
  Evidence evidence(String name) {
    return engine.entry(FIELD, entries.indexOf(entry(name)));
  }

  /** The profile that the entry of this name states; empty if it states none or is not there. */
  String profile(String name) {
    String entry = entry(name);
    if (entry != null) {
      for (String part : entry.split(",")) {
        if (part.startsWith("profile=")) {
          return part.substring("profile=".length());
        }
      }
    }
    return "";
  }

  private @Nullable String entry(String name) {
    for (String entry : entries) {
      int comma = entry.indexOf(',');
      String head = comma < 0 ? entry : entry.substring(0, comma);
      if (head.equals(name) || head.equals("name=" + name)) {
        return entry;
      }
    }
    return null;
  }
}
