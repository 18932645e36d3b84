package dev.plimsoll.checklist;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a container wrote into its own layer, as far as a collection looked at it.
 *
 * @param paths directories, at most three deep, that hold data, sorted; at most {@value
 *     LayerChanges#MOST}
 * @param over1MiB whether the layer held more than 1 MiB; null if the engine did not show that
 */
public record WrittenLayer(List<String> paths, @Nullable Boolean over1MiB) {
  public WrittenLayer {
    paths = List.copyOf(paths);
  }

  /**
   * What was observed of a container's layer; empty if nobody looked, or the engine did not show
   * it.
   */
  public static Optional<WrittenLayer> of(Reading.Read container) {
    JsonNode observation = container.observation();
    JsonNode data = ContainerObservation.DATA_CHANGES.in(observation);
    if (!data.isArray()) {
      return Optional.empty();
    }
    JsonNode over = ContainerObservation.OVER_1_MIB.in(observation);
    return Optional.of(
        new WrittenLayer(
            data.valueStream().map(path -> path.asString("")).toList(),
            over.isBoolean() ? (Boolean) over.booleanValue() : null));
  }
}
