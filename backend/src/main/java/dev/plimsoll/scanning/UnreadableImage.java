package dev.plimsoll.scanning;

import java.io.IOException;

/**
 * A saved image whose files cannot be told: malformed, of an unknown form, or larger than is read.
 * The message is one sentence for people.
 */
public final class UnreadableImage extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableImage(String sentence) {
    super(sentence);
  }
}
