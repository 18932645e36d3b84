package dev.plimsoll.ui.checks;

import dev.plimsoll.checklist.Reference;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.posture.FleetOverview.CheckLoad;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.navigation.Place.CheckSort;
import dev.plimsoll.ui.widgets.Marks;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A check and how often it fails.
 *
 * @param load null if nothing was judged by it
 */
record CheckRow(Rule rule, @Nullable CheckLoad load) {

  String severity() {
    return Marks.word(rule.severity());
  }

  String mode() {
    return switch (rule.mode()) {
      case SCORED -> "scored";
      case EVIDENCE -> "evidence";
      case ADVISORY -> "advisory";
    };
  }

  long failingSubjects() {
    return load == null ? 0 : load.failingSubjects();
  }

  /** Its numbers in the benchmark whose name holds the text; empty if it has none. */
  String numbers(String benchmark) {
    return rule.references().stream()
        .filter(reference -> reference.source().contains(benchmark))
        .map(Reference::number)
        .collect(Collectors.joining(", "));
  }

  /** The order that people chose; the catalogue's own settles ties, for sorting is stable. */
  static Comparator<CheckRow> order(CheckSort sort, boolean descending) {
    Comparator<CheckRow> order =
        switch (sort) {
          case CATALOGUE -> Comparator.comparingInt(row -> 0);
          case TITLE -> Comparator.comparing(row -> row.rule().title());
          case SEVERITY ->
              Comparator.comparingInt(row -> -Marks.SEVERITIES.indexOf(row.severity()));
          case FAILING -> Comparator.comparingLong(CheckRow::failingSubjects);
        };
    return descending ? order.reversed() : order;
  }

  /**
   * Whether it is listed.
   *
   * @param scope IDs of the checks in the scope of the place's profile; null for any
   */
  boolean matches(Place.Checks place, @Nullable Set<String> scope) {
    return (scope == null || scope.contains(rule.id()))
        && (place.kind() == null || place.kind().equals(rule.subject().word()))
        && (place.severities().isEmpty() || place.severities().contains(severity()))
        && (!place.failing() || failingSubjects() > 0)
        && (place.text() == null || holds(place.text().toLowerCase(Locale.ROOT)));
  }

  private boolean holds(String text) {
    return rule.id().toLowerCase(Locale.ROOT).contains(text)
        || rule.title().toLowerCase(Locale.ROOT).contains(text)
        || rule.references().stream().anyMatch(reference -> reference.number().equals(text));
  }
}
