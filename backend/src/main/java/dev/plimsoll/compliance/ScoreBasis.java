package dev.plimsoll.compliance;

import dev.plimsoll.checklist.ReadingSwitch;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a host's score speaks of. Two scores of different bases cannot be compared; where the basis
 * changes, the line of scores breaks.
 *
 * @param catalogue number of the catalogue that judged
 * @param readings words of the optional readings that were on, sorted
 */
record ScoreBasis(String profile, int profileVersion, int catalogue, List<String> readings) {
  ScoreBasis {
    readings = List.copyOf(readings);
  }

  static ScoreBasis of(Profile profile, int catalogue, Collection<ReadingSwitch> on) {
    return new ScoreBasis(
        profile.name(),
        profile.version(),
        catalogue,
        on.stream().map(ReadingSwitch::word).sorted().toList());
  }

  Set<ReadingSwitch> switchedOn() {
    return readings.stream().map(ReadingSwitch::of).collect(Collectors.toUnmodifiableSet());
  }
}
