package dev.plimsoll.collect;

import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.collect.connect.HostCommandConnector;
import dev.plimsoll.collect.connect.HostCommands;
import dev.plimsoll.collect.read.HostRead;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.inventory.HostSighting;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads a host's own files over SSH where that is switched on. What fails there is kept as evidence
 * of its own: it never fails the collection.
 */
@Component
class HostFiles {
  private final HostCommandConnector connector;
  private final HostRead hostRead;
  private final CollectionLimits limits;

  HostFiles(HostCommandConnector connector, HostRead hostRead, CollectionLimits limits) {
    this.connector = connector;
    this.hostRead = hostRead;
    this.limits = limits;
  }

  /** What was found of the engine, together with what its host shows of itself. */
  HostSighting readBeside(HostSighting found, EngineTarget target, Set<ReadingSwitch> switchedOn) {
    if (!switchedOn.contains(ReadingSwitch.HOST_FILES)
        || !(target.endpoint() instanceof Endpoint.Ssh)) {
      return found;
    }
    try (HostCommands host = connector.open(target, limits.ofConnection())) {
      return found.with(hostRead.hostFiles(host, found));
    } catch (EngineCallException e) {
      return found.with(hostRead.hostFilesUnread(e));
    }
  }
}
