package dev.plimsoll.posture;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step in a finding's life.
 *
 * @param actor null for Plimsoll itself
 * @param kind OPENED, REOPENED, RESOLVED, STATUS, ASSIGNED, DUE, LINKED or COMMENT
 * @param text in words
 * @param resolution what a collection found changed; null for other steps, and where it cannot be
 *     told
 */
public record FindingEvent(
    Instant at, @Nullable String actor, String kind, String text, @Nullable Resolution resolution) {

  /** A step that no collection explains. */
  public FindingEvent(Instant at, @Nullable String actor, String kind, String text) {
    this(at, actor, kind, text, null);
  }

  /**
   * What a collection found when the check no longer failed.
   *
   * @param before the document that failed; null if nothing that was stored did
   * @param after the one in its place; null if there is none
   * @param paths where they differ, at most 20
   */
  public record Resolution(
      long collectionId, @Nullable Version before, @Nullable Version after, List<String> paths) {
    public Resolution {
      paths = List.copyOf(paths);
    }
  }

  /** A document of a subject. */
  public record Version(long subjectId, String sha256) {}
}
