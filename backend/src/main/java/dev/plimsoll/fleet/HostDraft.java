package dev.plimsoll.fleet;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host as somebody describes it. Texts are as typed; {@link Hosts} checks them all.
 *
 * @param endpoint see {@link Endpoint}
 * @param group path such as {@code Retail/Payments}, created where absent; null for none
 * @param criticality 1, 2 or 4
 * @param intervalSeconds time between collections, 60 to 604800
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
    @Nullable Credential credential) {

  /** Criticality of a host whose owner said nothing. */
  public static final int DEFAULT_CRITICALITY = 2;

  /** Seconds between collections of a host whose owner said nothing. */
  public static final int DEFAULT_INTERVAL_SECONDS = 900;

  public HostDraft {
    labels = Map.copyOf(labels);
  }
}
