package dev.plimsoll.backup;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A backup source as somebody describes it. Texts are as typed; {@link BackupSources} checks them
 * all.
 *
 * @param location see {@link dev.plimsoll.backup.source.Location}
 * @param password of the repository; null where it has none
 * @param environment what its program is told besides, such as the keys of an object store
 * @param mapping see {@link dev.plimsoll.backup.source.Mapping}; null for the type's usual one
 * @param target where what it holds lies; null for what the location says
 * @param intervalSeconds between readings, 60 to 604800
 * @param checkSeconds between checks of its integrity, 3600 to 31536000; null for never
 */
public record SourceDraft(
    String name,
    SourceType type,
    String location,
    @Nullable String password,
    Map<String, String> environment,
    @Nullable JsonNode mapping,
    @Nullable TargetType target,
    long intervalSeconds,
    @Nullable Long checkSeconds) {

  /** Seconds between readings of a source whose owner said nothing. */
  public static final long DEFAULT_INTERVAL_SECONDS = 3600;

  /** Seconds between checks of a restic repository whose owner said nothing. */
  public static final long DEFAULT_CHECK_SECONDS = 604_800;

  public SourceDraft {
    environment = Map.copyOf(environment);
  }

  /** Prints no secret. */
  @Override
  public String toString() {
    return "SourceDraft[" + type + " " + name + "]";
  }
}
