package dev.plimsoll.fleet;

import dev.plimsoll.checklist.ReadingSwitch;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host as it is kept, without its secrets.
 *
 * @param readings optional readings that are switched on
 * @param credentialKind {@code TLS}, {@code SSH} or null
 */
public record HostRecord(
    long id,
    String name,
    Endpoint endpoint,
    @Nullable Long groupId,
    @Nullable String groupPath,
    @Nullable String environment,
    @Nullable String owner,
    int criticality,
    Map<String, String> labels,
    int intervalSeconds,
    Set<ReadingSwitch> readings,
    @Nullable String credentialKind,
    Instant createdAt,
    @Nullable Instant pausedAt,
    @Nullable Instant decommissionedAt) {

  /** Whether it is collected on its schedule. */
  public boolean collected() {
    return pausedAt == null && decommissionedAt == null;
  }
}
