package dev.plimsoll.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A backup source as it is kept, without its secrets.
 *
 * @param location without names and passwords
 * @param mapping which data a snapshot holds, with the rules in use
 * @param target where what it holds lies; null if that is not known
 * @param checkSeconds null if its integrity is never checked
 * @param checkedAt when its integrity was last checked to the end; null if it never was
 * @param nextReadAt when it is read next; null if it is not
 * @param lastReading the newest that ended or runs; null if there is none
 * @param blindness why what it holds is not known; null if it is
 */
public record SourceRecord(
    long id,
    String name,
    SourceType type,
    String location,
    JsonNode mapping,
    @Nullable TargetType target,
    long intervalSeconds,
    @Nullable Long checkSeconds,
    @Nullable Instant checkedAt,
    String author,
    Instant createdAt,
    @Nullable Instant nextReadAt,
    @Nullable SourceReading lastReading,
    @Nullable Blindness blindness) {

  /**
   * An interval in which a source could not be read, or showed damage.
   *
   * @param category a {@link dev.plimsoll.backup.source.SourceFault}
   */
  public record Blindness(Instant since, String category, String detail) {}
}
