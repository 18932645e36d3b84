package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The watches among a host's audit rules, as auditctl(8) lists them and audit.rules(7) keeps them.
 */
final class AuditRules {
  private final List<Watch> watches = new ArrayList<>();

  /** Reads rules; those that watch no path are passed over. */
  AuditRules(List<String> rules) {
    for (int i = 0; i < rules.size(); i++) {
      Watch watch = parse(i, rules.get(i));
      if (watch != null) {
        watches.add(watch);
      }
    }
  }

  /**
   * A rule that watches a path.
   *
   * @param index its place in the list
   * @param below whether it covers what lies below the path too
   * @param always false for a rule that says never to audit it
   */
  private record Watch(int index, String path, boolean below, boolean always) {
    boolean covers(String other) {
      return other.equals(path) || (below && (path.equals("/") || other.startsWith(path + "/")));
    }
  }

  /**
   * Index of the rule by which changes of an object are audited; -1 if none does. The kernel takes
   * the first rule that matches, so an earlier {@code never} hides a later {@code always}.
   *
   * @param names the object's paths, each as good as the other
   */
  int watching(List<String> names) {
    for (Watch watch : watches) {
      if (names.stream().anyMatch(watch::covers)) {
        return watch.always() ? watch.index() : -1;
      }
    }
    return -1;
  }

  private static @Nullable Watch parse(int index, String rule) {
    String text = rule.strip();
    if (text.startsWith("#")) {
      return null;
    }
    String path = null;
    boolean below = false;
    boolean always = true;
    boolean onExit = true;
    boolean changes = true;
    String[] words = text.split("\\s+");
    for (int i = 0; i + 1 < words.length; i++) {
      String value = words[i + 1];
      switch (words[i]) {
        case "-w" -> {
          path = value;
          below = true; // the kernel turns a watch on a directory into one of its tree
        }
        case "-p" -> changes = seesChanges(value);
        case "-a", "-A" -> {
          List<String> list = List.of(value.split(","));
          always = list.contains("always");
          onExit = list.contains("exit");
        }
        case "-F" -> {
          if (value.startsWith("path=")) {
            path = value.substring("path=".length());
          } else if (value.startsWith("dir=")) {
            path = value.substring("dir=".length());
            below = true;
          } else if (value.startsWith("perm=")) {
            changes = seesChanges(value.substring("perm=".length()));
          }
        }
        default -> {
          // neither where nor what: keys, system calls, other fields
        }
      }
    }
    return path == null || path.isEmpty() || !onExit || !changes
        ? null
        : new Watch(index, withoutEnd(path), below, always);
  }

  /** Whether writing or a change of owner and mode is among what is watched for. */
  private static boolean seesChanges(String permissions) {
    return permissions.indexOf('w') >= 0 || permissions.indexOf('a') >= 0;
  }

  private static String withoutEnd(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
