package dev.plimsoll.compliance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has which profile. The most specific rule that speaks of a host decides: group and
 * environment before group alone before environment alone, and of two groups the deeper one.
 */
record Assignments(List<Rule> rules) {
  Assignments {
    rules = List.copyOf(rules);
  }

  /**
   * One rule.
   *
   * @param groupId whose subtree it speaks of; null for any
   * @param environment which it speaks of, ignoring case; null for any
   * @param profile name of the profile
   */
  record Rule(@Nullable Long groupId, @Nullable String environment, String profile) {}

  /**
   * Where a host stands.
   *
   * @param groupsUpwards its group and those above it, nearest first; empty for none
   */
  record Place(List<Long> groupsUpwards, @Nullable String environment) {
    Place {
      groupsUpwards = List.copyOf(groupsUpwards);
    }
  }

  /** Name of the profile that a host at this place has. */
  String effective(Place place) {
    Rule best = null;
    for (Rule rule : rules) {
      if (speaksOf(rule, place) && (best == null || moreSpecific(rule, best, place))) {
        best = rule;
      }
    }
    return best == null ? Profile.EVERYTHING.name() : best.profile();
  }

  private static boolean speaksOf(Rule rule, Place place) {
    return (rule.groupId() == null || place.groupsUpwards().contains(rule.groupId()))
        && (rule.environment() == null
            || (place.environment() != null
                && rule.environment().equalsIgnoreCase(place.environment())));
  }

  private static boolean moreSpecific(Rule rule, Rule other, Place place) {
    int difference = rank(rule) - rank(other);
    return difference != 0 ? difference > 0 : height(rule, place) < height(other, place);
  }

  private static int rank(Rule rule) {
    return (rule.groupId() == null ? 0 : 2) + (rule.environment() == null ? 0 : 1);
  }

  private static int height(Rule rule, Place place) {
    return rule.groupId() == null ? 0 : place.groupsUpwards().indexOf(rule.groupId());
  }
}
