package dev.plimsoll.collect.connect;

/** Opens conversations with engines, whatever way they are reached. */
public interface Connector {
  /**
   * Reaches an engine, verifies who it is, and agrees on an API version.
   *
   * @throws EngineCallException if any of that fails
   */
  EngineConnection open(EngineTarget target, ConnectionLimits limits) throws EngineCallException;
}
