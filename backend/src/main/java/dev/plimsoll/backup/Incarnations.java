package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.Incarnation;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which incarnation of data a host's facts show. */
final class Incarnations {
  private Incarnations() {}

  /**
   * The incarnation that is there at the instant of the facts.
   *
   * @param last the newest one that was known; null if there never was one
   */
  static Incarnation of(KeptData kept, @Nullable Incarnation last, HostFacts facts, Instant at) {
    return switch (kept.ref().kind()) {
      case VOLUME ->
          Incarnation.at(
              at,
              last,
              engineId(facts),
              kept.createdAt(),
              facts.destroyedVolumes().get(kept.ref().name()));
      // Another container under the same name has another layer
      case LAYER -> Incarnation.at(at, last, kept.key(), kept.createdAt(), null);
      // A path is the same path, whoever mounts it and whenever
      case DIRECTORY, SWARM ->
          last != null && last.to().equals(Instant.MAX)
              ? last
              : new Incarnation("", null, Instant.MIN, at, Instant.MAX);
    };
  }

  private static String engineId(HostFacts facts) {
    return facts.engine() instanceof Reading.Read read
        ? read.document().path("info").path("ID").asString("")
        : "";
  }
}
