package dev.plimsoll.posture;

import java.time.Instant;
import java.util.List;

/**
 * A score in daily steps, oldest first, as it was published, and as it would have been under what
 * counts now.
 *
 * @param published what was published
 * @param retold the same steps under today's catalogue, profile and optional readings; empty where
 *     the past was not told again, because it is the same or because that is still under way
 * @param breaks when what the published scores speak of changed, within the steps
 */
public record ScoreTrend(List<ScoreRow> published, List<ScoreRow> retold, List<Instant> breaks) {
  /** A trend that was never broken. */
  public static ScoreTrend unbroken(List<ScoreRow> published) {
    return new ScoreTrend(published, List.of(), List.of());
  }

  public ScoreTrend {
    published = List.copyOf(published);
    retold = List.copyOf(retold);
    breaks = List.copyOf(breaks);
  }
}
