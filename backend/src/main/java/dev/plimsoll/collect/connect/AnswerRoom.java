package dev.plimsoll.collect.connect;

import java.io.IOException;

/** Room in the portal's memory for what engines answer. */
@FunctionalInterface
public interface AnswerRoom {
  /** As much as there is. */
  AnswerRoom UNBOUNDED = bytes -> {};

  /**
   * Takes room for bytes that have just been read; waits a little for it if there is none.
   *
   * @throws NoRoom if there is none, or not for so much of one host
   */
  void take(int bytes) throws IOException;

  /** There is no room for an answer. Its message says why, as a sentence's end. */
  final class NoRoom extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean tooMuchOfOneHost;

    private NoRoom(boolean tooMuchOfOneHost, String message) {
      super(message);
      this.tooMuchOfOneHost = tooMuchOfOneHost;
    }

    /** The host said more than is taken of one. */
    public static NoRoom forOneHost(long bytes) {
      return new NoRoom(
          true, "more than %,d bytes came of this host in one collection".formatted(bytes));
    }

    /** Others fill the room. */
    public static NoRoom besideOthers() {
      return new NoRoom(false, "the portal's memory for answers is full of those of other hosts");
    }

    boolean tooMuchOfOneHost() {
      return tooMuchOfOneHost;
    }
  }
}
