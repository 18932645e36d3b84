package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Plans over hosts drawn at random: right against trying everything, and honest. */
class FixSearchTest {
  private static final List<Rule> RULES = Checklist.standard().rules(SubjectKind.CONTAINER);

  @Property(tries = 150)
  void exactIsAsShortAsTryingEverything(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int size) {
    Drawn drawn = new Drawn(new Random(seed), size, 2);
    FixSearch.Found found = FixSearch.search(drawn.board, 100);
    int shortest = drawn.shortest();

    if (shortest < 0) {
      assertThat(found.reached()).isFalse();
    } else {
      assertThat(found.reached()).isTrue();
      assertThat(found.exact()).isTrue();
      assertThat(found.candidates()).hasSize(shortest).doesNotHaveDuplicates();
      assertThat(drawn.with(found.candidates()).reached()).isTrue();
    }
  }

  @Property(tries = 60)
  void greedyReachesTheGoalOnlyWithWhatItNeeds(@ForAll long seed) {
    Drawn drawn = new Drawn(new Random(seed), FixSearch.EXACT_UP_TO + 8, 3);
    FixSearch.Found found = FixSearch.search(drawn.board, 100);

    assertThat(drawn.with(found.candidates()).reached()).isEqualTo(found.reached());
    if (found.reached() && !found.candidates().isEmpty()) {
      assertThat(found.exact()).isFalse();
      for (Integer step : found.candidates()) {
        List<Integer> others = new ArrayList<>(found.candidates());
        others.remove((Object) step);
        assertThat(drawn.with(others).reached()).as("without %s", step).isFalse();
      }
    }
  }

  @Property(tries = 150)
  void laidOnAndTakenOffNothingIsLeft(@ForAll long seed) {
    Drawn drawn = new Drawn(new Random(seed), 6, 2);
    FixPlan.State before = drawn.board.state();
    FixSearch.search(drawn.board, 3);
    assertThat(drawn.board.state()).isEqualTo(before);
  }

  @Property(tries = 150)
  void theBoardScoresAsTheFormulaDoes(@ForAll long seed) {
    Random random = new Random(seed);
    Map<Long, Judgement> before = judgements(random);
    ScoreBoard.Standing standing = new ScoreBoard(before, Rule::weight).standing();
    HostScore score = score(before);
    assertThat(standing.score()).isEqualTo(score.score());
    assertThat(standing.grade()).isEqualTo(score.grade());
    assertThat(standing.lost()).isEqualTo(score.points().sum());
  }

  @Property(tries = 150)
  void oneCandidateScoresAsJudgingAnew(@ForAll long seed) {
    Random random = new Random(seed);
    Map<Long, Judgement> before = judgements(random);
    Map<Long, Judgement> after = fixed(before, random, 1);
    ScoreBoard board = new ScoreBoard(before, Rule::weight);
    board.add(before, after);
    board.put(0);
    // Units stay those of before, which is what these judgements have as well
    assertThat(board.standing().score()).isEqualTo(score(after).score());
    board.take(0);
    assertThat(board.standing().score()).isEqualTo(score(before).score());
  }

  /** Hosts with candidates, and a goal somewhere between all and nothing. */
  private static final class Drawn {
    private final PlannedHosts board;

    Drawn(Random random, int candidates, int hosts) {
      FixGoal goal =
          random.nextInt(3) == 0
              ? new FixGoal.AtLeast(List.of("A", "B", "C", "D").get(random.nextInt(4)))
              : new FixGoal.Score(random.nextInt(100_000));
      board = new PlannedHosts(goal, hosts > 1);
      List<ScoreBoard> boards = new ArrayList<>();
      List<Map<Long, Judgement>> before = new ArrayList<>();
      for (int h = 0; h < hosts; h++) {
        before.add(judgements(random));
        boards.add(new ScoreBoard(before.get(h), Rule::weight));
      }
      for (int c = 0; c < candidates; c++) {
        int host = random.nextInt(hosts);
        int strength = 1 + random.nextInt(4);
        boards.get(host).add(before.get(host), fixed(before.get(host), random, strength));
      }
      for (int h = 0; h < hosts; h++) {
        board.add(h, 1 << random.nextInt(3), boards.get(h));
      }
    }

    FixSearch.Progress with(List<Integer> chosen) {
      chosen.forEach(board::put);
      FixSearch.Progress progress = board.progress();
      chosen.forEach(board::take);
      return progress;
    }

    /** Size of the smallest choice that reaches the goal; -1 if none does. */
    int shortest() {
      int shortest = -1;
      for (int set = 0; set < 1 << board.candidates(); set++) {
        List<Integer> chosen = new ArrayList<>();
        for (int c = 0; c < board.candidates(); c++) {
          if ((set >> c & 1) == 1) {
            chosen.add(c);
          }
        }
        if ((shortest < 0 || chosen.size() < shortest) && with(chosen).reached()) {
          shortest = chosen.size();
        }
      }
      return shortest;
    }
  }

  private static Map<Long, Judgement> judgements(Random random) {
    Map<Long, Judgement> all = new HashMap<>();
    for (long subject = 0; subject < 4; subject++) {
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < RULES.size(); i++) {
        verdicts.add(verdict(outcome(random)));
      }
      all.put(subject, judgement(subject, verdicts));
    }
    return all;
  }

  private static Outcome outcome(Random random) {
    int draw = random.nextInt(20);
    return draw < 4
        ? Outcome.FAIL
        : draw < 5 ? Outcome.UNKNOWN : draw < 7 ? Outcome.NOT_APPLICABLE : Outcome.PASS;
  }

  /** The same, with some failures of one or several subjects fixed. */
  private static Map<Long, Judgement> fixed(
      Map<Long, Judgement> before, Random random, int strength) {
    Map<Long, Judgement> after = new HashMap<>(before);
    for (int n = 0; n < strength; n++) {
      long subject = random.nextInt(4);
      List<Verdict> verdicts = new ArrayList<>();
      for (Verdict verdict : Objects.requireNonNull(after.get(subject)).verdicts()) {
        boolean fix = verdict.outcome() == Outcome.FAIL && random.nextInt(3) > 0;
        verdicts.add(fix ? verdict(Outcome.PASS) : verdict);
      }
      after.put(subject, judgement(subject, verdicts));
    }
    return after;
  }

  private static Judgement judgement(long subject, List<Verdict> verdicts) {
    return new Judgement(
        subject, SubjectKind.CONTAINER, RULES, verdicts, Set.of(), null, true, null);
  }

  private static Verdict verdict(Outcome outcome) {
    return new Verdict(outcome, List.of(), null, null);
  }

  private static HostScore score(Map<Long, Judgement> judgements) {
    List<HostScore.Answer> answers = new ArrayList<>();
    for (Judgement judgement : judgements.values()) {
      for (int i = 0; i < RULES.size(); i++) {
        if (judgement.asked(i)) {
          answers.add(
              new HostScore.Answer(
                  RULES.get(i),
                  judgement.subjectId(),
                  judgement.verdicts().get(i).outcome(),
                  false));
        }
      }
    }
    return HostScore.of(
        answers, Weights.of(Profile.EVERYTHING, Checklist.standard().rules(), Set.of()));
  }
}
