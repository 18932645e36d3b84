package dev.plimsoll.backup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source shows and its mapping gives to no data.
 *
 * @param hostname as the source tells it; null if it does not
 * @param reason why, in a sentence
 * @param learnedAt when it was first seen
 */
public record UnmappedSnapshot(
    String snapshotId,
    Instant takenAt,
    @Nullable String hostname,
    List<String> tags,
    List<String> paths,
    String reason,
    Instant learnedAt) {
  public UnmappedSnapshot {
    tags = List.copyOf(tags);
    paths = List.copyOf(paths);
  }
}
