package dev.plimsoll.compliance;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a plan of fixes shall reach. */
public sealed interface FixGoal {

  /**
   * A score or more.
   *
   * @param thousandths 0 to 100000
   */
  record Score(int thousandths) implements FixGoal {
    /** Checks the range. */
    public Score {
      if (thousandths < 0 || thousandths > ScoreFormula.FULL) {
        throw new InvalidInput(
            "score", "is out of range. Give a number from 0 to 100, such as 85 or 72.5.");
      }
    }
  }

  /**
   * A grade or better.
   *
   * @param grade A, B, C or D
   */
  record AtLeast(String grade) implements FixGoal {
    /** Checks the word. */
    public AtLeast {
      if (!grade.matches("[A-D]")) {
        throw new InvalidInput(
            "grade", "\"" + Shown.of(grade) + "\" is no goal. Give A, B, C or D.");
      }
    }
  }

  /**
   * The goal that somebody gave: a score or a grade, not both.
   *
   * @param score 0 to 100, null if a grade was given
   * @param grade A to D in either case, null if a score was given
   * @throws InvalidInput if it is neither or both, or out of range
   */
  static FixGoal of(@Nullable Double score, @Nullable String grade) {
    if ((score == null) == (grade == null)) {
      throw new InvalidInput("score", "Give a score or a grade as the goal, and not both.");
    }
    if (grade != null) {
      return new AtLeast(grade.toUpperCase(Locale.ROOT));
    }
    if (score == null || !(score >= 0 && score <= 100)) {
      return new Score(-1);
    }
    return new Score((int) Math.round(score * 1000));
  }
}
