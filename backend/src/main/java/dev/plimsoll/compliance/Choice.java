package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Rule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which checks count, and with how many points. */
public sealed interface Choice permits ShippedProfile, Choice.Listed {
  /** Points that the first workload failing the check costs; null if the check is out of scope. */
  @Nullable Integer weight(Rule rule);

  /**
   * Checks that somebody listed.
   *
   * @param weights points by check ID; null for those of the check's severity
   */
  record Listed(Map<String, @Nullable Integer> weights) implements Choice {
    public Listed {
      weights = new LinkedHashMap<>(weights);
    }

    @Override
    public @Nullable Integer weight(Rule rule) {
      if (!weights.containsKey(rule.id())) {
        return null;
      }
      Integer own = weights.get(rule.id());
      return own == null ? (Integer) rule.weight() : own;
    }
  }
}
