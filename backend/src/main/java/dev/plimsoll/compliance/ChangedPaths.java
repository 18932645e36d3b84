package dev.plimsoll.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Where two documents differ, spelled as evidence spells paths. Pure. */
final class ChangedPaths {
  /** So many are kept; a container that was made anew differs in many more. */
  static final int MOST = 20;

  private ChangedPaths() {}

  /**
   * Paths below which the documents differ, those that evidence points to first.
   *
   * @param evidence paths that a check looked at
   */
  static List<String> between(JsonNode before, JsonNode after, Set<String> evidence) {
    List<String> all = new ArrayList<>();
    collect("", before, after, all);
    List<String> telling =
        all.stream().filter(path -> evidence.stream().anyMatch(e -> overlap(e, path))).toList();
    // Where the check looked at something else, any difference may be the one
    return (telling.isEmpty() ? all : telling).stream().limit(MOST).toList();
  }

  private static boolean overlap(String one, String other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  private static void collect(String path, JsonNode before, JsonNode after, List<String> found) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new TreeSet<>(before.propertyNames());
      names.addAll(after.propertyNames());
      for (String name : names) {
        collect(path + member(name), before.path(name), after.path(name), found);
      }
    } else {
      // Entries of lists move: the list as a whole tells more than each index
      found.add(path.isEmpty() ? "." : path);
    }
  }

  private static String member(String name) {
    boolean plain =
        !name.isEmpty()
            && name.chars().allMatch(c -> c == '_' || (Character.isLetterOrDigit(c) && c < 128));
    return plain ? "." + name : "['" + name + "']";
  }
}
