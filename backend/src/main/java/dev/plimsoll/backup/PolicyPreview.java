package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.DataShape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a selector matches now.
 *
 * @param matched how much data on all hosts
 * @param byKind the same by kind; kinds without any are missing
 * @param hosts on how many hosts
 * @param first at most 50, by host and name
 */
public record PolicyPreview(
    long matched, Map<DataKind, Long> byKind, int hosts, List<Match> first) {
  public PolicyPreview {
    byKind = Map.copyOf(byKind);
    first = List.copyOf(first);
  }

  /**
   * One piece of data.
   *
   * @param policy what promises for it already; null if nothing does
   */
  public record Match(
      long dataId,
      long hostId,
      String host,
      DataRef ref,
      DataShape shape,
      @Nullable String policy) {}
}
