package dev.plimsoll.compliance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hosts of a scope with the candidates of each, as one thing to search: the mean of their scores by
 * criticality, and the grade that follows. Pure.
 */
final class PlannedHosts implements FixSearch.Board {
  private final List<Member> members = new ArrayList<>();
  private final List<ScoreBoard.Standing> standings = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final FixGoal goal;
  private final boolean group;

  /**
   * No hosts yet.
   *
   * @param group whether the grade is a group's; else there is one host, and it is its own
   */
  PlannedHosts(FixGoal goal, boolean group) {
    this.goal = goal;
    this.group = group;
  }

  /** A host and the candidates that its board holds. */
  void add(long hostId, int criticality, ScoreBoard board) {
    members.add(new Member(hostId, criticality, board));
    standings.add(board.standing());
    for (int c = 0; c < board.candidates(); c++) {
      places.add(new Place(members.size() - 1, c));
    }
  }

  /** A host that stays as it is. */
  void addFixed(long hostId, int criticality, ScoreBoard.Standing standing) {
    members.add(new Member(hostId, criticality, null));
    standings.add(standing);
  }

  /** Replaces a host's standing by what was really found. */
  void put(long hostId, ScoreBoard.Standing standing) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).hostId() == hostId) {
        standings.set(i, standing);
      }
    }
  }

  long hostOf(int candidate) {
    return members.get(places.get(candidate).member()).hostId();
  }

  /** The candidate's number on its own host. */
  int onHost(int candidate) {
    return places.get(candidate).candidate();
  }

  @Override
  public int candidates() {
    return places.size();
  }

  @Override
  public void put(int candidate) {
    Place place = places.get(candidate);
    board(place).put(place.candidate());
    standings.set(place.member(), board(place).standing());
  }

  @Override
  public void take(int candidate) {
    Place place = places.get(candidate);
    board(place).take(place.candidate());
    standings.set(place.member(), board(place).standing());
  }

  @Override
  public boolean harms(int candidate) {
    Place place = places.get(candidate);
    return board(place).harms(place.candidate());
  }

  @Override
  public FixSearch.Progress progress() {
    int obstacles = 0;
    long notPassing = 0;
    for (ScoreBoard.Standing standing : standings) {
      notPassing += standing.notPassing();
      if (goal instanceof FixGoal.AtLeast(String word)) {
        Grade grade = Grade.valueOf(word);
        obstacles += standing.obstacles(grade);
        // Below this score a host has a grade that keeps its group from the goal
        obstacles += standing.score() < 50_000 && grade != Grade.D ? 1 : 0;
      }
    }
    FixPlan.State state = state();
    return new FixSearch.Progress(
        reached(state), obstacles, state.score(), state.points(), notPassing);
  }

  /** Where the scope stands with what is laid on. */
  FixPlan.State state() {
    long weighted = 0;
    long weights = 0;
    long lost = 0;
    List<Grade> grades = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      ScoreBoard.Standing standing = standings.get(i);
      weighted += (long) standing.score() * members.get(i).criticality();
      weights += members.get(i).criticality();
      lost += standing.lost();
      grades.add(standing.grade());
    }
    int mean = weights == 0 ? 0 : (int) (weighted / weights);
    Grade grade =
        grades.isEmpty() ? Grade.U : group ? Grade.ofGroup(grades, mean) : grades.getFirst();
    return new FixPlan.State(mean, grade.name(), lost);
  }

  boolean reached(FixPlan.State state) {
    return switch (goal) {
      case FixGoal.Score(int thousandths) -> state.score() >= thousandths;
      case FixGoal.AtLeast(String word) ->
          Grade.valueOf(state.grade()).compareTo(Grade.valueOf(word)) <= 0;
    };
  }

  private ScoreBoard board(Place place) {
    ScoreBoard board = members.get(place.member()).board();
    if (board == null) {
      throw new IllegalStateException("host without candidates");
    }
    return board;
  }

  private record Member(long hostId, int criticality, @Nullable ScoreBoard board) {}

  private record Place(int member, int candidate) {}
}
