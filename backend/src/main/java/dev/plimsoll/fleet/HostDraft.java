package dev.plimsoll.fleet;

import dev.plimsoll.checklist.ReadingSwitch;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host as somebody describes it. Texts are as typed; {@link Hosts} checks them all.
 *
 * @param endpoint see {@link Endpoint}
 * @param group path such as {@code Retail/Payments}, created where absent; null for none
 * @param criticality 1, 2 or 4
 * @param intervalSeconds time between collections, 60 to 604800
 * @param readings optional readings that are switched on
 * @param credential null for a unix socket or plain TCP
 */
public record HostDraft(
    String name,
    String endpoint,
    @Nullable String group,
    @Nullable String environment,
    @Nullable String owner,
    int criticality,
    Map<String, String> labels,
    int intervalSeconds,
    Set<ReadingSwitch> readings,
    @Nullable Credential credential) {

  /** Criticality of a host whose owner said nothing. */
  public static final int DEFAULT_CRITICALITY = 2;

  /** Seconds between collections of a host whose owner said nothing. */
  public static final int DEFAULT_INTERVAL_SECONDS = 900;

  /** What is on unless somebody says otherwise: looking backups up costs a host nothing. */
  public static final Set<ReadingSwitch> DEFAULT_READINGS = Set.of(ReadingSwitch.BACKUPS);

  public HostDraft {
    labels = Map.copyOf(labels);
    readings = Set.copyOf(readings);
  }

  /** A host with the readings that are on unless somebody says otherwise. */
  public HostDraft(
      String name,
      String endpoint,
      @Nullable String group,
      @Nullable String environment,
      @Nullable String owner,
      int criticality,
      Map<String, String> labels,
      int intervalSeconds,
      @Nullable Credential credential) {
    this(
        name,
        endpoint,
        group,
        environment,
        owner,
        criticality,
        labels,
        intervalSeconds,
        DEFAULT_READINGS,
        credential);
  }
}
