package dev.plimsoll.compliance;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fewest candidates that reach a goal. Up to {@value #EXACT_UP_TO} of them every choice is
 * looked at, from the smallest on; beyond that the best next one is taken until the goal is
 * reached, and those that turn out not to be needed are put back. Pure.
 */
final class FixSearch {
  static final int EXACT_UP_TO = 20;

  private FixSearch() {}

  /** Something that candidates are laid on. */
  interface Board {
    int candidates();

    void put(int candidate);

    void take(int candidate);

    /** How good things are with what is laid on. */
    Progress progress();

    /** Whether a candidate makes anything worse. */
    boolean harms(int candidate);
  }

  /**
   * How good things are; a greater one is better.
   *
   * @param obstacles what keeps from the goal whatever the score
   * @param score in thousandths
   * @param lost points in thousandths
   * @param notPassing verdicts
   */
  record Progress(boolean reached, int obstacles, int score, long lost, long notPassing)
      implements Comparable<Progress> {
    private static final Comparator<Progress> ORDER =
        Comparator.comparing(Progress::reached)
            .thenComparing(Comparator.comparingInt(Progress::obstacles).reversed())
            .thenComparingInt(Progress::score)
            .thenComparing(Comparator.comparingLong(Progress::lost).reversed())
            .thenComparing(Comparator.comparingLong(Progress::notPassing).reversed());

    @Override
    public int compareTo(Progress other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * What was chosen, the best first.
   *
   * @param exact whether no smaller choice reaches the goal
   */
  record Found(List<Integer> candidates, boolean reached, boolean exact) {
    Found {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * Searches; the board is left as it was.
   *
   * @param most how many candidates may be chosen if the goal cannot be reached
   */
  static Found search(Board board, int most) {
    if (board.progress().reached()) {
      return new Found(List.of(), true, true);
    }
    if (board.candidates() <= EXACT_UP_TO) {
      BitSet chosen = exact(board);
      if (chosen != null) {
        return new Found(ordered(board, chosen), true, true);
      }
    }
    return greedy(board, most);
  }

  private static @Nullable BitSet exact(Board board) {
    boolean monotone = true;
    for (int c = 0; c < board.candidates(); c++) {
      monotone &= !board.harms(c);
    }
    for (int size = 1; size <= board.candidates(); size++) {
      Exact search = new Exact(board, monotone);
      search.descend(0, size);
      if (search.best != null) {
        return search.bestChoice;
      }
    }
    return null;
  }

  /** All choices of one size, and the best of those that reach the goal. */
  private static final class Exact {
    private final Board board;
    private final boolean monotone;
    private final BitSet chosen = new BitSet();
    private @Nullable Progress best;
    private BitSet bestChoice = new BitSet();

    Exact(Board board, boolean monotone) {
      this.board = board;
      this.monotone = monotone;
    }

    void descend(int from, int left) {
      if (left == 0) {
        Progress progress = board.progress();
        if (progress.reached() && (best == null || progress.compareTo(best) > 0)) {
          best = progress;
          bestChoice = (BitSet) chosen.clone();
        }
        return;
      }
      if (board.candidates() - from < left || (monotone && !reachable(from))) {
        return;
      }
      for (int c = from; c <= board.candidates() - left; c++) {
        board.put(c);
        chosen.set(c);
        descend(c + 1, left - 1);
        chosen.clear(c);
        board.take(c);
      }
    }

    /** Whether all that is left together would do; only where nothing makes anything worse. */
    private boolean reachable(int from) {
      for (int c = from; c < board.candidates(); c++) {
        board.put(c);
      }
      boolean reached = board.progress().reached();
      for (int c = from; c < board.candidates(); c++) {
        board.take(c);
      }
      return reached;
    }
  }

  private static List<Integer> ordered(Board board, BitSet chosen) {
    List<Integer> left = new ArrayList<>(chosen.stream().boxed().toList());
    List<Integer> order = new ArrayList<>();
    while (!left.isEmpty()) {
      Integer next = best(board, left);
      left.remove((Object) next);
      order.add(next);
      board.put(next);
    }
    order.forEach(board::take);
    return order;
  }

  private static Found greedy(Board board, int most) {
    List<Integer> left = new ArrayList<>();
    for (int c = 0; c < board.candidates(); c++) {
      left.add(c);
    }
    List<Integer> order = new ArrayList<>();
    Progress now = board.progress();
    while (!now.reached() && !left.isEmpty() && order.size() < most) {
      Integer next = best(board, left);
      board.put(next);
      Progress then = board.progress();
      if (then.compareTo(now) <= 0) {
        board.take(next);
        break;
      }
      left.remove((Object) next);
      order.add(next);
      now = then;
    }
    if (now.reached()) {
      // What was taken early may no longer be needed
      for (Integer step : List.copyOf(order)) {
        board.take(step);
        if (board.progress().reached()) {
          order.remove((Object) step);
        } else {
          board.put(step);
        }
      }
    }
    order.forEach(board::take);
    return new Found(order, now.reached(), false);
  }

  /** The candidate with which things are best. */
  private static Integer best(Board board, List<Integer> left) {
    Integer best = left.getFirst();
    Progress progress = null;
    for (Integer candidate : left) {
      board.put(candidate);
      Progress with = board.progress();
      board.take(candidate);
      if (progress == null || with.compareTo(progress) > 0) {
        progress = with;
        best = candidate;
      }
    }
    return best;
  }
}
