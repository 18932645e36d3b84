package dev.plimsoll.posture;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A subject's compact row of outcomes, and what time alone makes of it.
 *
 * @param rules what the letters belong to, in their order
 * @param letters one a check
 * @param turns by check ID
 */
record Judged(
    long subjectId,
    long hostId,
    SubjectKind kind,
    Instant from,
    Instant to,
    List<Rule> rules,
    String letters,
    Map<String, Turn> turns) {
  /** The end of an interval that lasts. */
  static final Instant OPEN_END = Instant.MAX;

  private static final JsonMapper MAPPER = new JsonMapper();

  Judged {
    turns = Map.copyOf(turns);
    if (letters.length() != rules.size()) {
      throw new IllegalStateException(
          "judgement of subject %d has %d outcomes for %d checks of kind %s"
              .formatted(subjectId, letters.length(), rules.size(), kind.word()));
    }
  }

  /** Columns of {@code judgement j} that {@link #of} reads. */
  static final String COLUMNS =
      "j.subject_id, j.host_id, j.kind, j.valid_from, nullif(j.valid_to, 'infinity') valid_to,"
          + " j.outcomes, j.turns, j.catalogue_version";

  static Judged of(ResultSet row, Catalogue.Snapshot checks) throws SQLException {
    SubjectKind kind = SubjectKind.of(row.getString("kind"));
    Instant to = Rows.instantOrNull(row, "valid_to");
    return new Judged(
        row.getLong("subject_id"),
        row.getLong("host_id"),
        kind,
        Rows.instant(row, "valid_from"),
        to == null ? OPEN_END : to,
        checks.rules(row.getInt("catalogue_version"), kind),
        row.getString("outcomes"),
        turns(row.getString("turns")));
  }

  /** Where a check's letter stands; negative if it was not asked for then. */
  int index(String checkId) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).id().equals(checkId)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the reading that the check needs was switched off. */
  boolean switchedOff(int index) {
    return letters.charAt(index) == 'O';
  }

  /** What the check at this place says at an instant of the interval. */
  Outcome outcome(int index, Instant at) {
    Turn due = dueTurn(index, at);
    return due == null ? written(index) : due.to();
  }

  /** What was written when the interval began. */
  Outcome written(int index) {
    return switch (letters.charAt(index)) {
      case 'P' -> Outcome.PASS;
      case 'F' -> Outcome.FAIL;
      case 'U', 'O' -> Outcome.UNKNOWN;
      case 'N' -> Outcome.NOT_APPLICABLE;
      default ->
          throw new IllegalStateException(
              "judgement of subject " + subjectId + " has the outcome " + letters.charAt(index));
    };
  }

  /** The turn of this check that has come by then; null if there is none. */
  @Nullable Turn dueTurn(int index, Instant at) {
    Turn turn = turns.isEmpty() ? null : turns.get(rules().get(index).id());
    return turn == null || turn.at().isAfter(at) ? null : turn;
  }

  /** How often each outcome that counts occurs, and the worst FAIL. */
  Tally tally(Instant at) {
    int failed = 0;
    int unknown = 0;
    Severity worst = null;
    for (int i = 0; i < letters.length(); i++) {
      Rule rule = rules().get(i);
      if (rule.mode() == Mode.ADVISORY || switchedOff(i)) {
        continue;
      }
      switch (outcome(i, at)) {
        case FAIL -> {
          failed++;
          // Severities are declared worst first.
          if (worst == null || rule.severity().compareTo(worst) < 0) {
            worst = rule.severity();
          }
        }
        case UNKNOWN -> unknown++;
        case PASS, NOT_APPLICABLE -> {}
      }
    }
    return new Tally(failed, unknown, worst);
  }

  /**
   * A subject's verdicts of checks that count.
   *
   * @param worst severity of the worst FAIL; null if there is none
   */
  record Tally(int failed, int unknown, @Nullable Severity worst) {
    static final Tally NONE = new Tally(0, 0, null);

    /** Everything is unknown. */
    static Tally blind(List<Rule> rules) {
      return new Tally(
          0,
          (int)
              rules.stream()
                  .filter(rule -> rule.mode() != Mode.ADVISORY && rule.needs() == null)
                  .count(),
          null);
    }
  }

  private static Map<String, Turn> turns(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    Map<String, Turn> turns = new HashMap<>();
    for (JsonNode turn : MAPPER.readTree(json).values()) {
      turns.put(
          turn.path("check").asString(""),
          new Turn(
              Instant.parse(turn.path("at").asString("")),
              Outcome.valueOf(turn.path("to").asString(""))));
    }
    return turns;
  }
}
