package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.HostStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host as the API shows it.
 *
 * @param readings optional readings that are switched on
 * @param warnings what works but should not stay so; only where one host is shown
 */
record HostBody(
    String id,
    String name,
    String endpoint,
    @Nullable String group,
    @Nullable String environment,
    @Nullable String owner,
    int criticality,
    Map<String, String> labels,
    int intervalSeconds,
    List<String> readings,
    HostStatus status,
    @Nullable LastCollectionBody lastCollection,
    @Nullable Instant lastReadAt,
    @Nullable Double score,
    @Nullable Double scoreHigh,
    @Nullable String grade,
    double confidence,
    long openCriticals,
    int containers,
    @Nullable String engineVersion,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

  /** A host in a list. */
  static HostBody of(HostRow row) {
    return of(row, List.of());
  }

  /** One host, with warnings that follow from how it is reached. */
  static HostBody of(HostRow row, HostRecord host) {
    boolean open = host.endpoint() instanceof Endpoint.Tcp && host.credentialKind() == null;
    return of(
        row,
        open
            ? List.of(
                "TCP without TLS: whoever reaches this port is root on the host. Give tls; until"
                    + " then the check ENG-TCPTLS fails.")
            : List.of());
  }

  private static HostBody of(HostRow row, List<String> warnings) {
    return new HostBody(
        String.valueOf(row.id()),
        row.name(),
        row.endpoint(),
        row.group(),
        row.environment(),
        row.owner(),
        row.criticality(),
        row.labels(),
        row.intervalSeconds(),
        row.readings().stream().sorted().map(ReadingSwitch::word).toList(),
        row.status(),
        LastCollectionBody.of(row.lastCollection()),
        row.lastReadAt(),
        row.score(),
        row.scoreHigh(),
        row.grade(),
        row.confidence(),
        row.openCriticals(),
        row.containers(),
        row.engineVersion(),
        warnings);
  }

  /** The newest attempt that has ended. */
  record LastCollectionBody(
      String id,
      String outcome,
      Instant at,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ErrorBody error) {
    static @Nullable LastCollectionBody of(HostRow.@Nullable LastCollection last) {
      return last == null
          ? null
          : new LastCollectionBody(
              String.valueOf(last.id()),
              last.outcome(),
              last.at(),
              last.errorCategory() == null
                  ? null
                  : new ErrorBody(last.errorCategory(), last.errorDetail()));
    }
  }

  /** Why an attempt failed. */
  record ErrorBody(String category, @Nullable String detail) {}
}
