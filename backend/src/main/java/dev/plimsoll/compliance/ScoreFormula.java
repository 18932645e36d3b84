package dev.plimsoll.compliance;

/**
 * The score, and nothing else: points lost by each check, and what they leave of 100.
 *
 * <p>{@code loss = weight × (1 + log₂ n)} for n distinct workloads that a check does not show to
 * pass, 0 for none; {@code score = 100 × 200 / (200 + Σ loss)}. Only subtraction keeps the score
 * from rising when harmless things are added or things cannot be read. All numbers are integers of
 * 1/1000.
 */
public final class ScoreFormula {
  /** 100, in thousandths. */
  static final int FULL = 100_000;

  private static final long HALF_LIFE = 200_000;
  private static final double LOG_2 = Math.log(2);

  private ScoreFormula() {}

  /**
   * Points lost by one check, in thousandths.
   *
   * <p>The power of two in {@code count} is taken out before the logarithm, so that halving or
   * doubling it moves the loss by exactly one weight, without rounding.
   *
   * @param weight 0 or more
   * @param count workloads not shown to pass, 0 or more
   */
  public static long loss(int weight, int count) {
    if (count == 0) {
      return 0;
    }
    int doublings = Integer.numberOfTrailingZeros(count);
    int odd = count >> doublings;
    return weight * 1000L * (1 + doublings) + Math.round(weight * 1000.0 * Math.log(odd) / LOG_2);
  }

  /** Score in thousandths, 0 to 100000, rounded down: it never looks better than it is. */
  static int score(long lost) {
    return (int) (FULL * HALF_LIFE / (HALF_LIFE + lost));
  }

  /**
   * Splits a loss in proportion to how many workloads fail, are unknown and are accepted; the parts
   * add up to it exactly.
   */
  static Parts split(long loss, int failed, int unknown, int accepted) {
    int all = failed + unknown + accepted;
    if (all == 0) {
      return Parts.NONE;
    }
    long unknownPart = loss * unknown / all;
    long acceptedPart = loss * accepted / all;
    return failed > 0
        ? new Parts(loss - unknownPart - acceptedPart, unknownPart, acceptedPart)
        : accepted > 0 ? new Parts(0, unknownPart, loss - unknownPart) : new Parts(0, loss, 0);
  }

  /** Points lost to FAIL, to UNKNOWN and to accepted risks, in thousandths. */
  record Parts(long failed, long unknown, long accepted) {
    static final Parts NONE = new Parts(0, 0, 0);

    Parts plus(Parts other) {
      return new Parts(failed + other.failed, unknown + other.unknown, accepted + other.accepted);
    }

    long sum() {
      return failed + unknown + accepted;
    }
  }
}
