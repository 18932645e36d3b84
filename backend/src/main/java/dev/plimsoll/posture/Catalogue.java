package dev.plimsoll.posture;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each check stands: among all, and among those of its kind. */
final class Catalogue {
  private static final List<Rule> RULES = Checklist.rules();
  private static final Map<String, Integer> POSITIONS = new HashMap<>();
  private static final Map<SubjectKind, List<Rule>> BY_KIND = new EnumMap<>(SubjectKind.class);

  static {
    for (int i = 0; i < RULES.size(); i++) {
      POSITIONS.put(RULES.get(i).id(), i);
      BY_KIND.computeIfAbsent(RULES.get(i).subject(), kind -> new ArrayList<>()).add(RULES.get(i));
    }
  }

  private Catalogue() {}

  /** Rules of one kind, in the order of a judgement's letters. */
  static List<Rule> rules(SubjectKind kind) {
    return BY_KIND.getOrDefault(kind, List.of());
  }

  /** Place among all checks; after all others if the catalogue has no such check any more. */
  static int position(String checkId) {
    return POSITIONS.getOrDefault(checkId, RULES.size());
  }

  /** The rule, or null if the catalogue has no such check any more. */
  static @Nullable Rule find(String checkId) {
    Integer position = POSITIONS.get(checkId);
    return position == null ? null : RULES.get(position);
  }

  /** A check's title; its ID if the catalogue has no such check any more. */
  static String title(String checkId) {
    Rule rule = find(checkId);
    return rule == null ? checkId : rule.title();
  }

  /**
   * The rule that a filter names.
   *
   * @throws InvalidInput if there is none
   */
  static Rule require(String checkId) {
    Rule rule = find(checkId);
    if (rule == null) {
      throw new InvalidInput(
          "check",
          "There is no check \"" + Shown.of(checkId) + "\". GET /api/v1/checks lists all.");
    }
    return rule;
  }

  /**
   * The kind that a filter names.
   *
   * @throws InvalidInput if there is none
   */
  static SubjectKind requireKind(String word) {
    for (SubjectKind kind : SubjectKind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new InvalidInput(
        "kind",
        "There is no kind \""
            + Shown.of(word)
            + "\". Give engine, container, image, volume or network.");
  }

  /** A severity as lists spell it. */
  static String word(Rule rule) {
    return rule.severity().name().toLowerCase(Locale.ROOT);
  }
}
