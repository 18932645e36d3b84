package dev.plimsoll.compliance;

import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.Rule;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What counts on one host: the checks in its profile's scope whose reading is not switched off.
 *
 * @param byCheck points that the first failing workload costs, by check ID
 */
public record Weights(Map<String, Integer> byCheck) {
  /** Nothing counts. */
  public static final Weights NONE = new Weights(Map.of());

  public Weights {
    byCheck = Map.copyOf(byCheck);
  }

  /** What a profile makes of a catalogue where these optional readings are on. */
  public static Weights of(Profile profile, Collection<Rule> rules, Set<ReadingSwitch> on) {
    Map<String, Integer> byCheck = LinkedHashMap.newLinkedHashMap(rules.size());
    for (Rule rule : rules) {
      Integer weight = profile.choice().weight(rule);
      if (weight != null && (rule.needs() == null || on.contains(rule.needs()))) {
        byCheck.put(rule.id(), weight);
      }
    }
    return new Weights(byCheck);
  }

  /** Whether the check is in scope. */
  public boolean cover(String checkId) {
    return byCheck.containsKey(checkId);
  }

  /** Points that the first workload failing the check costs; 0 if it is out of scope. */
  public int of(String checkId) {
    return byCheck.getOrDefault(checkId, 0);
  }

  /** How many checks are in scope. */
  public int size() {
    return byCheck.size();
  }
}
