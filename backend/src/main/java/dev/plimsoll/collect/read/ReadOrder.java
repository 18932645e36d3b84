package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.collect.events.HeardEvents;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What one read of a host is told.
 *
 * @param transport how the engine is reached
 * @param switchedOn optional readings to do
 * @param knownImages IDs of images that need not be read again
 * @param observations what was last observed of containers, by ID, and of the swarm; asked for only
 *     if needed
 * @param heard what the host's events told; asked for only if they are switched on, and last
 */
public record ReadOrder(
    HostFacts.Transport transport,
    Set<ReadingSwitch> switchedOn,
    Set<String> knownImages,
    Supplier<Map<String, JsonNode>> observations,
    Supplier<HeardEvents.Heard> heard) {
  public ReadOrder {
    switchedOn = Set.copyOf(switchedOn);
    knownImages = Set.copyOf(knownImages);
  }

  /** A read of a host whose events nobody follows. */
  public ReadOrder(
      HostFacts.Transport transport,
      Set<ReadingSwitch> switchedOn,
      Set<String> knownImages,
      Supplier<Map<String, JsonNode>> observations) {
    this(transport, switchedOn, knownImages, observations, () -> HeardEvents.Heard.NOTHING);
  }
}
