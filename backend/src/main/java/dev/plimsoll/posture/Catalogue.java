package dev.plimsoll.posture;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.Catalogues;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.permission.PortalItself;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The checks that count now, and those that rows of another day speak of. */
@Component
@PortalItself
class Catalogue {
  private final Catalogues catalogues;
  private volatile @Nullable Snapshot snapshot;

  Catalogue(Catalogues catalogues) {
    this.catalogues = catalogues;
  }

  /** The checks that count now. */
  Snapshot now() {
    Catalogues.Numbered current = catalogues.current();
    Snapshot known = snapshot;
    if (known == null || known.current.number() != current.number()) {
      known = new Snapshot(current);
      snapshot = known;
    }
    return known;
  }

  /** Where a check's letter stands, counted from 1, by the number of each catalogue that has it. */
  Map<Integer, Integer> places(Rule rule) {
    Map<Integer, Integer> places = new HashMap<>();
    for (int number : catalogues.numbers()) {
      int index = catalogues.order(number, rule.subject()).indexOf(rule.id());
      if (index >= 0) {
        places.put(number, index + 1);
      }
    }
    return places;
  }

  private static Rule retired(String id, SubjectKind kind) {
    return new Rule(id, id, kind, Severity.LOW, Mode.ADVISORY, List.of(), "", "", null, false);
  }

  /** The checks that count at one moment. */
  final class Snapshot {
    private final Catalogues.Numbered current;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<Integer, Map<SubjectKind, List<Rule>>> ofOthers = new ConcurrentHashMap<>();

    private Snapshot(Catalogues.Numbered current) {
      this.current = current;
      for (Rule rule : rules()) {
        positions.put(rule.id(), positions.size());
      }
    }

    Checklist checklist() {
      return current.checklist();
    }

    List<Rule> rules() {
      return checklist().rules();
    }

    List<Rule> rules(SubjectKind kind) {
      return checklist().rules(kind);
    }

    /**
     * Rules that the letters of a row belong to, in their order. One that does not count any more
     * has no words but its ID.
     *
     * @param number the catalogue under which the row was written
     */
    List<Rule> rules(int number, SubjectKind kind) {
      return number == current.number()
          ? rules(kind)
          : ofOthers
              .computeIfAbsent(number, other -> new ConcurrentHashMap<>())
              .computeIfAbsent(kind, of -> ofOther(number, of));
    }

    private List<Rule> ofOther(int number, SubjectKind kind) {
      return catalogues.order(number, kind).stream()
          .map(
              id -> {
                Rule rule = find(id);
                return rule == null ? retired(id, kind) : rule;
              })
          .toList();
    }

    /** Place among all checks; after all others if the check does not count any more. */
    int position(String checkId) {
      return positions.getOrDefault(checkId, positions.size());
    }

    /** The rule, or null if the check does not count any more. */
    @Nullable Rule find(String checkId) {
      Integer position = positions.get(checkId);
      return position == null ? null : rules().get(position);
    }

    /** A check's title; its ID if the check does not count any more. */
    String title(String checkId) {
      Rule rule = find(checkId);
      return rule == null ? checkId : rule.title();
    }

    /**
     * The rule that a filter names.
     *
     * @throws InvalidInput if there is none
     */
    Rule require(String checkId) {
      Rule rule = find(checkId);
      if (rule == null) {
        throw new InvalidInput(
            "check",
            "There is no check \"" + Shown.of(checkId) + "\". GET /api/v1/checks lists all.");
      }
      return rule;
    }
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
            + "\". Give engine, container, image, volume, network, swarm or host-file.");
  }

  /** A severity as lists spell it. */
  static String word(Rule rule) {
    return rule.severity().name().toLowerCase(Locale.ROOT);
  }
}
