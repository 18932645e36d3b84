package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.html.Span;

/** Hashes, IDs, paths and values: monospaced, and never wider than their place. */
public final class Code {
  private static final int SHORT = 12;

  private Code() {}

  /** The text as it is. */
  public static Span of(String text) {
    Span span = new Span(text);
    span.addClassName("code");
    return span;
  }

  /** The first characters of a hash or Docker ID, the whole of it as title. */
  public static Span shortened(String hash) {
    Span span = of(shorten(hash));
    span.setTitle(hash);
    return span;
  }

  /** The first {@value #SHORT} characters behind the algorithm's name. */
  public static String shorten(String hash) {
    String bare = hash.startsWith("sha256:") ? hash.substring(7) : hash;
    return bare.length() > SHORT && bare.chars().allMatch(c -> Character.digit(c, 16) >= 0)
        ? bare.substring(0, SHORT)
        : hash;
  }
}
