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
  private static final int LONGEST_TEXT = 4096;
  private static final int MOST_TEXTS = 1000;

  /** Bounds the texts, which come from strangers, and takes out what no database can hold. */
  public Snapshot {
    id = clean(id);
    hostname = hostname == null ? null : clean(hostname);
    tags = tags.stream().limit(MOST_TEXTS).map(Snapshot::clean).toList();
    paths = paths.stream().limit(MOST_TEXTS).map(Snapshot::clean).toList();
    archive = archive == null ? null : clean(archive);
  }

  private static String clean(String text) {
    String bounded = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    return bounded.replace('\0', '\ufffd');
  }
}
