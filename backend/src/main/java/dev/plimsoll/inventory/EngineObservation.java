package dev.plimsoll.inventory;

/** Fields of the engine's observation: volatile facts reduced to stable ones. */
public final class EngineObservation {
  /** Whether the engine's clock was within 60 s of the portal's. */
  public static final String CLOCK_WITHIN_60S = "clockWithin60s";

  /** How the collector reached the engine: UNIX, TCP, TLS or SSH. */
  public static final String TRANSPORT = "transport";

  private EngineObservation() {}
}
