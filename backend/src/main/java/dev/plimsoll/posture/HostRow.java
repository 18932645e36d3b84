package dev.plimsoll.posture;

import dev.plimsoll.checklist.ReadingSwitch;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host in a list.
 *
 * @param readings optional readings that were switched on
 * @param score 0 to 100 with three decimals; null while pending
 * @param confidence 0 to 1
 * @param openCriticals failing critical verdicts' checks, counted in findings that are not resolved
 * @param lastReadAt end of the last collection that read the host; null if none did
 * @param engineVersion such as {@code 20.10.24}; null if never read
 */
public record HostRow(
    long id,
    String name,
    String endpoint,
    @Nullable String group,
    @Nullable String environment,
    @Nullable String owner,
    int criticality,
    Map<String, String> labels,
    int intervalSeconds,
    Set<ReadingSwitch> readings,
    HostStatus status,
    @Nullable LastCollection lastCollection,
    @Nullable Instant lastReadAt,
    @Nullable Double score,
    @Nullable Double scoreHigh,
    @Nullable String grade,
    double confidence,
    long openCriticals,
    int containers,
    @Nullable String engineVersion) {
  public HostRow {
    labels = Map.copyOf(labels);
    readings = Set.copyOf(readings);
  }

  HostRow withEngineVersion(String version) {
    return new HostRow(
        id,
        name,
        endpoint,
        group,
        environment,
        owner,
        criticality,
        labels,
        intervalSeconds,
        readings,
        status,
        lastCollection,
        lastReadAt,
        score,
        scoreHigh,
        grade,
        confidence,
        openCriticals,
        containers,
        version);
  }

  /** The newest attempt that has ended. */
  public record LastCollection(
      long id,
      String outcome,
      Instant at,
      @Nullable String errorCategory,
      @Nullable String errorDetail) {}
}
