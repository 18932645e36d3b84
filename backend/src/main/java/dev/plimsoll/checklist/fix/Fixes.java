package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.Outcome;
import java.util.HashMap;
import java.util.Map;

/** What to change for each check that fails. */
public final class Fixes {
  private static final Map<String, Remedy> REMEDIES = all();

  private Fixes() {}

  /**
   * The change that makes a check pass for a subject, or why only people can decide.
   *
   * @throws IllegalArgumentException if the verdict is no FAIL
   */
  public static Fix of(Failure failure) {
    if (failure.verdict().outcome() != Outcome.FAIL) {
      throw new IllegalArgumentException(
          failure.rule().id() + " is " + failure.verdict().outcome() + ": there is nothing to fix");
    }
    Remedy remedy = REMEDIES.get(failure.rule().id());
    return remedy == null
        // The company's own checks say in words what to do
        ? new Fix.Decision(failure.rule().remediation())
        : remedy.of(failure);
  }

  /** Whether a check has a remedy beside what its rule says in words. */
  public static boolean knows(String checkId) {
    return REMEDIES.containsKey(checkId);
  }

  private static Map<String, Remedy> all() {
    Map<String, Remedy> all = new HashMap<>();
    all.putAll(ContainerRemedies.ALL);
    all.putAll(IsolationRemedies.ALL);
    all.putAll(EngineRemedies.ALL);
    all.putAll(ImageRemedies.ALL);
    all.putAll(StorageRemedies.ALL);
    all.putAll(NetworkRemedies.ALL);
    all.putAll(SwarmRemedies.ALL);
    all.putAll(HostRemedies.ALL);
    return Map.copyOf(all);
  }
}
