package dev.plimsoll.owncheck;

/** As many try-outs as this process runs at once are running. */
public final class TooManyTryOuts extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyTryOuts() {
    super("Other checks are being tried out right now. Repeat in a few seconds.");
  }
}
