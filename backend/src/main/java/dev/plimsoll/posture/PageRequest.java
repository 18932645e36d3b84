package dev.plimsoll.posture;

import org.jspecify.annotations.Nullable;

/**
 * Which stretch of a list is wanted.
 *
 * @param limit rows, 1 to 1000
 * @param after cursor of an earlier page, null for the first
 * @param count whether to count the whole list
 */
public record PageRequest(int limit, @Nullable String after, boolean count) {
  /** The first 100 rows. */
  public static final PageRequest FIRST = new PageRequest(100, null, false);
}
