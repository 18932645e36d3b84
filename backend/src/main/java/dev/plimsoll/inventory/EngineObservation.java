package dev.plimsoll.inventory;

/** Fields of the engine's observation: volatile facts reduced to stable ones. */
public final class EngineObservation {
  /** Whether the engine's clock was within 60 s of the portal's. */
  public static final String CLOCK_WITHIN_60S = "clockWithin60s";

  /** How the collector reached the engine: UNIX, TCP, TLS or SSH. */
  public static final String TRANSPORT = "transport";

  /** What the engine's TLS certificate says; absent where it is not reached over TLS. */
  public static final String CERTIFICATE = "certificate";

  /** Managed plugins, and what they may. */
  public static final String PLUGINS = "plugins";

  /** Calls that failed, by what they would have told. */
  public static final String UNREAD = "unread";

  /** Since when its events are heard without a gap; absent where that reading is off. */
  public static final String EVENTS = "events";

  private EngineObservation() {}
}
