package dev.plimsoll.api;

import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.NoSuchHost;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the host that a request names: its ID or its exact name serves. */
@Component
class HostResolver {
  private final Hosts hosts;

  HostResolver(Hosts hosts) {
    this.hosts = hosts;
  }

  /**
   * The host of that ID or name.
   *
   * @throws NoSuchHost if there is none
   */
  HostRecord resolve(String idOrName) {
    return hosts.find(idOrName).orElseThrow(() -> new NoSuchHost(idOrName));
  }

  /** The host's ID where a filter names a host, null where it does not. */
  @Nullable Long idOrNull(@Nullable String idOrName) {
    return idOrName == null ? null : (Long) resolve(idOrName).id();
  }

  /**
   * The same for whoever reports a host's backups, and may see nothing else.
   *
   * @throws NoSuchHost if there is none
   */
  long idForReport(String idOrName) {
    return hosts.idForReport(idOrName).orElseThrow(() -> new NoSuchHost(idOrName));
  }
}
