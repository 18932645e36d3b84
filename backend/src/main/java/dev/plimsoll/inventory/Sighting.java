package dev.plimsoll.inventory;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import org.jspecify.annotations.Nullable;

/** One subject as a collection found it, masked and canonical, ready to be stored. */
public sealed interface Sighting {
  /** What it is. */
  SubjectKind kind();

  /** Its Docker ID, a volume's name, or {@code engine}. */
  String dockerId();

  /**
   * It was read.
   *
   * @param name as people know it, without leading slash
   * @param lineage what stays the same when it is recreated
   */
  record Seen(
      SubjectKind kind,
      String dockerId,
      String name,
      String lineage,
      Document document,
      @Nullable Document observation)
      implements Sighting {}

  /**
   * It is known by its immutable ID and was not read again; what is stored stands.
   *
   * @param observation what the list says of it now
   */
  record Known(
      SubjectKind kind,
      String dockerId,
      String name,
      String lineage,
      @Nullable Document observation)
      implements Sighting {}

  /** It was listed, but reading it failed. */
  record Unread(
      SubjectKind kind, String dockerId, String name, String lineage, Reading.Unread problem)
      implements Sighting {}
}
