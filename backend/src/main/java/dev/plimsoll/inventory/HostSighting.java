package dev.plimsoll.inventory;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that one collection found on one host.
 *
 * @param engineId the engine's own ID ({@code /info} {@code .ID}); empty if it has none
 * @param sightings every subject of every list that was read
 * @param unreadLists lists that the engine did not show: what is known of these kinds stands
 */
public record HostSighting(
    String engineId, List<Sighting> sightings, Map<SubjectKind, Reading.Unread> unreadLists) {
  public HostSighting {
    sightings = List.copyOf(sightings);
    unreadLists = Map.copyOf(unreadLists);
  }

  /** The same with one more sighting. */
  public HostSighting with(Sighting another) {
    List<Sighting> all = new ArrayList<>(sightings);
    all.add(another);
    return new HostSighting(engineId, all, unreadLists);
  }
}
