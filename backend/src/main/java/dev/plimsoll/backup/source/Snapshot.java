package dev.plimsoll.backup.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One backup as a source shows it.
 *
 * @param id how the source calls it
 * @param startedAt when it began; null if the source does not tell
 * @param finishedAt when it was done, as far as the source tells
 * @param hostname of the machine that made it; null if it is not known
 * @param tags in the source's order
 * @param paths what was backed up, absolute
 * @param archive name of the archive; null if it has none
 * @param bytes size of what it holds; null if it is not known
 * @param checksum such as {@code sha256:…}; null if there is none
 */
public record Snapshot(
    String id,
    @Nullable Instant startedAt,
    Instant finishedAt,
    @Nullable String hostname,
    List<String> tags,
    List<String> paths,
    @Nullable String archive,
    @Nullable Long bytes,
    @Nullable String checksum) {
  public Snapshot {
    tags = List.copyOf(tags);
    paths = List.copyOf(paths);
  }
}
