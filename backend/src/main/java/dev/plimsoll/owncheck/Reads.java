package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Evidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one evaluation read, and what it may still spend. The unit of cost is about one step: a
 * field looked at, or {@value #CHARACTERS_A_STEP} characters of text.
 */
final class Reads {
  /** Steps that one evaluation may take: a large document's every field, several times over. */
  static final int MAX_STEPS = 100_000;

  /** Texts longer than this are not judged: no setting of an engine is. */
  static final int MAX_TEXT = 65_536;

  /** Evidence kept: what was read last is what decided. */
  static final int MAX_KEPT = 50;

  private static final int CHARACTERS_A_STEP = 64;

  private final Map<Place, Reading> kept = new LinkedHashMap<>();
  private int steps;
  private int dropped;
  private @Nullable Place missing;

  /**
   * A document that an evaluation may open.
   *
   * @param prefix what stands before its paths in evidence; empty for the subject's own
   * @param sha256 its hash; null for facts that are no document
   */
  record Origin(String prefix, @Nullable String sha256) {}

  private record Place(Origin origin, String path) {}

  /** A value; one that holds others gives way to those of them that are read. */
  private record Reading(JsonNode node, boolean whole) {}

  /** Keeps a field that was looked at, be it there or not. */
  void read(Origin origin, String parent, String path, JsonNode node) {
    spend(1);
    Reading container = kept.get(new Place(origin, parent));
    if (container != null && !container.whole()) {
      kept.remove(new Place(origin, parent));
    }
    Place place = new Place(origin, path);
    missing = node.isMissingNode() ? place : null;
    if (!kept.containsKey(place)) {
      keep(place, new Reading(node, !node.isContainer()));
    }
  }

  /** Keeps a list or object as one value: its size, its names or all of it were looked at. */
  void whole(Origin origin, String path, JsonNode node) {
    spend(1);
    keep(new Place(origin, path), new Reading(node, true));
  }

  private void keep(Place place, Reading reading) {
    kept.put(place, reading);
    if (kept.size() > MAX_KEPT) {
      kept.remove(kept.keySet().iterator().next());
      dropped++;
    }
  }

  /**
   * Pays for work.
   *
   * @throws TooCostly if more was spent than one evaluation may
   */
  void spend(int more) {
    steps += Math.min(more, MAX_STEPS);
    if (steps > MAX_STEPS) {
      throw new TooCostly("takes more than " + MAX_STEPS + " steps on this subject");
    }
  }

  /**
   * Pays for a text.
   *
   * @throws TooCostly if it is longer than {@value #MAX_TEXT} characters
   */
  String text(String text) {
    if (text.length() > MAX_TEXT) {
      throw new TooCostly("reads a text longer than " + MAX_TEXT + " characters");
    }
    spend(text.length() / CHARACTERS_A_STEP);
    return text;
  }

  /**
   * Pays for going through a text as often as a pattern has parts.
   *
   * @throws TooCostly if that is more than one evaluation may spend
   */
  void search(String text, int parts) {
    spend((int) Math.min(MAX_STEPS, (long) text.length() * parts / CHARACTERS_A_STEP / 16));
  }

  /** Whether everything was spent, whatever became of the evaluation. */
  boolean spent() {
    return steps > MAX_STEPS;
  }

  /** Path of the field that was looked for last and was not there; null if the last one was. */
  @Nullable String missing() {
    return missing == null ? null : missing.origin().prefix() + missing.path();
  }

  /** Readings that were left out because there were too many. */
  int dropped() {
    return dropped;
  }

  List<Evidence> evidence() {
    return kept.entrySet().stream()
        .map(
            read ->
                new Evidence(
                    read.getKey().origin().prefix()
                        + (read.getKey().path().isEmpty() ? "." : read.getKey().path()),
                    read.getValue().node().isMissingNode()
                        ? null
                        : read.getValue().node().toString(),
                    read.getKey().origin().sha256()))
        .toList();
  }

  /** An evaluation that costs more than it may. */
  static final class TooCostly extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooCostly(String what) {
      super(what, null, false, false);
    }
  }
}
