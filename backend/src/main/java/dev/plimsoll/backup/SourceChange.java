package dev.plimsoll.backup;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A change of a backup source; what is null stays. Its name stands in its records, and another
 * location is another source.
 *
 * @param password of the repository
 * @param environment all that its program is told besides
 * @param mapping the whole of it; the next reading maps everything anew
 * @param target where what it holds lies
 * @param intervalSeconds between readings
 * @param checkSeconds between checks of its integrity; 0 for never
 */
public record SourceChange(
    @Nullable String password,
    @Nullable Map<String, String> environment,
    @Nullable JsonNode mapping,
    @Nullable TargetType target,
    @Nullable Long intervalSeconds,
    @Nullable Long checkSeconds) {

  /** Prints no secret. */
  @Override
  public String toString() {
    return "SourceChange[]";
  }
}
