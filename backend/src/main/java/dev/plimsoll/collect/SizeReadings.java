package dev.plimsoll.collect;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NoSuchHost;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Measuring how large hosts' data is: how it went last, and once more now. */
@Service
public class SizeReadings {
  private final Hosts hosts;
  private final SizeAttempts attempts;
  private final AuditTrail trail;

  SizeReadings(Hosts hosts, SizeAttempts attempts, AuditTrail trail) {
    this.hosts = hosts;
    this.attempts = attempts;
    this.trail = trail;
  }

  /** The last attempt on a host; empty if it was never collected. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<SizeReading> last(long hostId) {
    return attempts.last(hostId);
  }

  /**
   * Measures a host within half a minute; if it is being measured, that is soon enough.
   *
   * @throws NoSuchHost if there is none, or it was decommissioned
   * @throws InvalidInput if it is paused
   */
  @Requires(Permission.COLLECT)
  @Transactional
  public void measureNow(long hostId) {
    HostRecord host =
        hosts
            .forCollection(hostId)
            .filter(found -> found.decommissionedAt() == null)
            .orElseThrow(() -> new NoSuchHost(Long.toString(hostId)));
    if (!host.collected()) {
      throw new InvalidInput(
          "host", "\"" + host.name() + "\" is paused. Resume it before measuring it.");
    }
    attempts.dueNow(hostId);
    trail.record("sizes.requested", "host:" + hostId + " " + host.name(), Map.of());
  }
}
