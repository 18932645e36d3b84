package dev.plimsoll.attest;

import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NoSuchHost;
import org.springframework.stereotype.Component;

/** Hosts of which somebody may still tell something. */
@Component
class AttestedHosts {
  private final Hosts hosts;

  AttestedHosts(Hosts hosts) {
    this.hosts = hosts;
  }

  /**
   * A host that is watched.
   *
   * @throws NoSuchHost if there is none
   * @throws InvalidInput if it was decommissioned
   */
  HostRecord active(long hostId) {
    HostRecord host =
        hosts.find(Long.toString(hostId)).orElseThrow(() -> new NoSuchHost(Long.toString(hostId)));
    if (host.decommissionedAt() != null) {
      throw new InvalidInput("host", "\"" + host.name() + "\" was decommissioned.");
    }
    return host;
  }
}
