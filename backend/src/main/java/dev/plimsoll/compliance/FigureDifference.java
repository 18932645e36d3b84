package dev.plimsoll.compliance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says in words where two rows of scores differ. */
final class FigureDifference {
  private FigureDifference() {}

  /** Such as {@code score is 71234 and should be 70001}; empty where they are equal. */
  static String words(ScoreFigures stored, ScoreFigures computed) {
    List<String> words = new ArrayList<>();
    for (RecordComponent figure : ScoreFigures.class.getRecordComponents()) {
      Object is = value(figure, stored);
      Object should = value(figure, computed);
      if (!Objects.equals(is, should)) {
        words.add("%s is %s and should be %s".formatted(figure.getName(), is, should));
      }
    }
    return String.join(", ", words);
  }

  private static Object value(RecordComponent figure, ScoreFigures figures) {
    try {
      return figure.getAccessor().invoke(figures);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record's accessors can be called", e);
    }
  }
}
