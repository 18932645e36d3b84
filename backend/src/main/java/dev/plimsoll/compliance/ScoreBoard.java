package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The score of one host while candidates are put on and taken off: what {@link HostScore} computes
 * from all answers, kept up to date by the few that turn. A workload stays the one that it is
 * today: that two become one because both are changed alike is not counted on.
 */
final class ScoreBoard {
  private static final int ABSENT = 0;
  private static final int PASS = 1;
  private static final int UNKNOWN = 2;
  private static final int FAIL = 3;

  private final Map<Pair, Integer> pairs = new HashMap<>();
  private final List<int[]> votes = new ArrayList<>();
  private final List<Integer> base = new ArrayList<>();
  private final List<Cell> cellOf = new ArrayList<>();
  private final List<Tally> tallies = new ArrayList<>();
  private final List<List<Turn>> candidates = new ArrayList<>();
  private int notPassing;

  /**
   * A board without candidates.
   *
   * @param before by subject
   * @param weights points of a check's first failing workload; 0 if it does not count
   */
  ScoreBoard(Map<Long, Judgement> before, ToIntFunction<Rule> weights) {
    Map<String, Tally> byRule = new HashMap<>();
    Map<String, Map<Object, Cell>> cells = new HashMap<>();
    for (Judgement judgement : before.values()) {
      if (!judgement.inScore()) {
        continue;
      }
      Object unit = judgement.workload() == null ? judgement.subjectId() : judgement.workload();
      for (int i = 0; i < judgement.rules().size(); i++) {
        Rule rule = judgement.rules().get(i);
        int weight = weights.applyAsInt(rule);
        if (weight <= 0) {
          continue;
        }
        Tally tally =
            byRule.computeIfAbsent(
                rule.id(),
                id -> {
                  Tally fresh = new Tally(rule, weight);
                  tallies.add(fresh);
                  return fresh;
                });
        Cell cell =
            cells
                .computeIfAbsent(rule.id(), id -> new HashMap<>())
                .computeIfAbsent(unit, one -> new Cell(tally));
        int state = state(judgement, i);
        pairs.put(new Pair(judgement.subjectId(), rule.id()), base.size());
        base.add(state);
        votes.add(new int[FAIL + 1]);
        cellOf.add(cell);
        cell.move(ABSENT, state, true);
        notPassing += state >= UNKNOWN ? 1 : 0;
      }
    }
  }

  /**
   * Adds a candidate by what it alone does.
   *
   * @param before judgements as things are
   * @param after judgements as they would be
   * @return whether anything that counts gets better with it
   */
  boolean add(Map<Long, Judgement> before, Map<Long, Judgement> after) {
    List<Turn> turns = new ArrayList<>();
    boolean better = false;
    for (Judgement old : before.values()) {
      Judgement changed = after.get(old.subjectId());
      if (old.equals(changed) || !old.inScore()) {
        continue;
      }
      for (int i = 0; i < old.rules().size(); i++) {
        Integer pair = pairs.get(new Pair(old.subjectId(), old.rules().get(i).id()));
        if (pair == null) {
          continue;
        }
        int was = base.get(pair);
        int becomes = changed == null || !changed.inScore() ? ABSENT : state(changed, i);
        if (becomes != was) {
          turns.add(new Turn(pair, becomes));
          better |= becomes < was && was >= UNKNOWN;
        }
      }
    }
    candidates.add(turns);
    return better;
  }

  /** Drops the candidate that was added last; it must not be laid on. */
  void forgetLast() {
    candidates.removeLast();
  }

  int candidates() {
    return candidates.size();
  }

  /** Whether a candidate makes anything worse that counts. */
  boolean harms(int candidate) {
    return candidates.get(candidate).stream()
        .anyMatch(turn -> turn.state() > base.get(turn.pair()) && turn.state() >= UNKNOWN);
  }

  /** Lays a candidate on. */
  void put(int candidate) {
    vote(candidate, 1);
  }

  /** Takes a candidate off that was laid on. */
  void take(int candidate) {
    vote(candidate, -1);
  }

  private void vote(int candidate, int by) {
    for (Turn turn : candidates.get(candidate)) {
      int old = current(turn.pair());
      votes.get(turn.pair())[turn.state()] += by;
      int now = current(turn.pair());
      if (old != now) {
        cellOf.get(turn.pair()).move(old, now, false);
        notPassing += (now >= UNKNOWN ? 1 : 0) - (old >= UNKNOWN ? 1 : 0);
      }
    }
  }

  /** The best that candidates make of what is bad, the worst that they make of what is good. */
  private int current(int pair) {
    int was = base.get(pair);
    int[] cast = votes.get(pair);
    if (was >= UNKNOWN) {
      for (int state = ABSENT; state <= FAIL; state++) {
        if (cast[state] > 0) {
          return state;
        }
      }
    } else {
      for (int state = FAIL; state >= ABSENT; state--) {
        if (cast[state] > 0) {
          return state;
        }
      }
    }
    return was;
  }

  private static int state(Judgement judgement, int index) {
    if (!judgement.asked(index)) {
      return ABSENT;
    }
    Outcome outcome = judgement.verdicts().get(index).outcome();
    return switch (outcome) {
      case NOT_APPLICABLE -> ABSENT;
      case PASS -> PASS;
      case UNKNOWN -> UNKNOWN;
      case FAIL -> FAIL;
    };
  }

  /** Where the host stands with what is laid on. */
  Standing standing() {
    long lost = 0;
    long weights = 0;
    double known = 0;
    int criticalFail = 0;
    int criticalElse = 0;
    int highFail = 0;
    for (Tally tally : tallies) {
      int all = tally.units[PASS] + tally.units[UNKNOWN] + tally.units[FAIL];
      if (all == 0) {
        continue;
      }
      lost += tally.loss();
      weights += tally.weight;
      known += tally.weight * (1 - (double) tally.units[UNKNOWN] / all);
      if (tally.rule.severity() == Severity.CRITICAL) {
        boolean scored = tally.rule.mode() == Mode.SCORED;
        boolean evidence = tally.rule.mode() == Mode.EVIDENCE;
        criticalFail += scored ? tally.units[FAIL] : 0;
        criticalElse += tally.units[UNKNOWN] + (evidence ? tally.units[FAIL] : 0);
      }
      highFail += tally.rule.severity() == Severity.HIGH ? tally.units[FAIL] : 0;
    }
    int score = ScoreFormula.score(lost);
    int confidence = weights == 0 ? 1000 : (int) Math.floor(1000 * known / weights + 1e-9);
    Grade grade =
        Grade.of(
            new Grade.Openings(criticalFail > 0, false, criticalElse > 0, highFail > 0),
            score,
            confidence);
    return new Standing(score, grade, lost, criticalFail, criticalElse, highFail, notPassing);
  }

  /**
   * Where a host stands.
   *
   * @param score in thousandths
   * @param lost points in thousandths
   * @param criticalFail workloads that fail a critical scored check, by check
   * @param criticalElse workloads for which a critical check is unknown, or fails by evidence
   * @param highFail workloads that fail a high check
   * @param notPassing verdicts that count and do not pass
   */
  record Standing(
      int score,
      Grade grade,
      long lost,
      int criticalFail,
      int criticalElse,
      int highFail,
      int notPassing) {
    /** A host that nothing can be told of: stale, or never read. */
    static Standing dead() {
      return new Standing(0, Grade.U, 0, 0, 0, 0, 0);
    }

    /** What keeps the host from a grade, whatever its score. */
    int obstacles(Grade goal) {
      return switch (goal) {
        case A -> criticalFail + criticalElse + highFail;
        case B, C -> criticalFail + criticalElse;
        case D -> criticalFail;
        case F, U -> 0;
      };
    }
  }

  private record Pair(long subjectId, String check) {}

  private record Turn(int pair, int state) {}

  /** One check: how many of its units stand how. */
  private static final class Tally {
    private final Rule rule;
    private final int weight;
    private final int[] units = new int[FAIL + 1];
    private int lossOf = -1;
    private long loss;

    Tally(Rule rule, int weight) {
      this.rule = rule;
      this.weight = weight;
    }

    long loss() {
      int failing = units[UNKNOWN] + units[FAIL];
      if (failing != lossOf) {
        lossOf = failing;
        loss = ScoreFormula.loss(weight, failing);
      }
      return loss;
    }
  }

  /** One check of one workload, whose worst replica speaks for it. */
  private static final class Cell {
    private final Tally tally;
    private final int[] members = new int[FAIL + 1];

    Cell(Tally tally) {
      this.tally = tally;
    }

    void move(int from, int to, boolean fresh) {
      int before = worst();
      boolean there = !fresh || members[ABSENT] + before > 0;
      if (!fresh) {
        members[from]--;
      }
      members[to]++;
      if (there) {
        tally.units[before]--;
      }
      tally.units[worst()]++;
    }

    private int worst() {
      for (int state = FAIL; state > ABSENT; state--) {
        if (members[state] > 0) {
          return state;
        }
      }
      return ABSENT;
    }
  }
}
