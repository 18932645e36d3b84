package dev.plimsoll.collect.events;

import dev.plimsoll.collect.connect.ConnectionLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds on following the events of engines.
 *
 * @param lease how long a process keeps a host without saying that it still lives
 * @param idle how long an engine may say nothing before it is asked anew
 * @param proof how long an engine may take to repeat the event that proves continuity
 * @param flush longest time for which the newest event is remembered in memory only
 * @param connect longest wait for a connection
 * @param call longest wait for one answer
 * @param hosts most hosts that one process follows
 * @param claims most hosts that one process takes on at a time, so that processes share them
 * @param retention how long events and gaps are kept
 */
@ConfigurationProperties("plimsoll.events")
record EventLimits(
    @DefaultValue("30s") Duration lease,
    @DefaultValue("15m") Duration idle,
    @DefaultValue("10s") Duration proof,
    @DefaultValue("10s") Duration flush,
    @DefaultValue("10s") Duration connect,
    @DefaultValue("30s") Duration call,
    @DefaultValue("1000") int hosts,
    @DefaultValue("50") int claims,
    @DefaultValue("30d") Duration retention) {
  private static final int CALLS_AT_ONCE = 3;
  private static final long LARGEST_ANSWER = 8L << 20;

  ConnectionLimits ofConnection() {
    return new ConnectionLimits(connect, call, CALLS_AT_ONCE, LARGEST_ANSWER);
  }
}
