package dev.plimsoll.posture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a list, paged by key.
 *
 * @param next cursor of the page that follows, null at the end; it pins instant, filters and sort
 * @param count rows of the whole list if asked for, else null
 * @param countIsMinimum whether counting stopped early
 */
public record Page<T>(
    List<T> items, @Nullable String next, @Nullable Long count, boolean countIsMinimum) {
  public Page {
    items = List.copyOf(items);
  }

  /** The same stretch with its rows completed or spelled otherwise. */
  <U> Page<U> with(List<U> others) {
    return new Page<>(others, next, count, countIsMinimum);
  }
}
