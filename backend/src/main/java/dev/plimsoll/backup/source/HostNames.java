package dev.plimsoll.backup.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hosts that are watched, by their names and by what their engines are called. */
public final class HostNames {
  private final Map<String, Long> byName = new HashMap<>();
  private final Map<String, List<Long>> byEngine = new HashMap<>();

  /**
   * Knows hosts.
   *
   * @param hosts active ones, no two of a name
   */
  public HostNames(Collection<Named> hosts) {
    for (Named host : hosts) {
      byName.put(key(host.name()), host.id());
      String engine = host.engine();
      if (engine != null) {
        byEngine.computeIfAbsent(key(engine), name -> new ArrayList<>()).add(host.id());
      }
    }
  }

  /**
   * A host by what it is called.
   *
   * @param engine what its engine calls itself; null if it was never read
   */
  public record Named(long id, String name, @Nullable String engine) {}

  /** Whether exactly one host goes by a name, ignoring case. */
  boolean knows(String name) {
    return byName.containsKey(key(name)) || byEngine.getOrDefault(key(name), List.of()).size() == 1;
  }

  /**
   * The host that goes by a name; its own name goes before its engine's.
   *
   * @throws Unmappable if there is none, or there are several
   */
  long resolve(String name) throws Unmappable {
    Long named = byName.get(key(name));
    if (named != null) {
      return named;
    }
    List<Long> engines = byEngine.getOrDefault(key(name), List.of());
    if (engines.size() > 1) {
      throw new Unmappable(
          engines.size()
              + " hosts have an engine called \""
              + Unmappable.shown(name)
              + "\". Say in the mapping's hosts which is meant.");
    }
    if (engines.isEmpty()) {
      throw new Unmappable("No host is called \"" + Unmappable.shown(name) + "\".");
    }
    return engines.getFirst();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
