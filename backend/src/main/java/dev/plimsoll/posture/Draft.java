package dev.plimsoll.posture;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Turn;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A verdict that has its place in the list but not its evidence yet.
 *
 * @param position of the rule, among all checks that count
 * @param subjectId 0 if it speaks of a whole host whose engine was never seen
 */
record Draft(long hostId, long subjectId, Rule rule, int position, Outcome outcome, Source source) {
  /** Where a verdict's outcome comes from. */
  sealed interface Source {
    /** A letter in the subject's compact row. */
    record Letter(Judged judged, int index, @Nullable Turn turn) implements Source {}

    /** A reading that is switched off for the host. */
    record SwitchedOff(Judged judged, ReadingSwitch reading) implements Source {}

    /** What cannot be seen of the host. */
    record Blind(Blindness.Cause cause) implements Source {}
  }

  /** Place in the list: by host, subject and check in catalogue order. */
  static final Comparator<Draft> ORDER = Comparator.comparing(Draft::key);

  Key key() {
    return new Key(hostId, subjectId, position);
  }

  /** Whether the stored rows say what the check saw; else it has to look again. */
  boolean hasRow() {
    return source instanceof Source.Letter letter
        && letter.turn() == null
        && (outcome == Outcome.FAIL || outcome == Outcome.UNKNOWN);
  }

  /** Whether only judging again shows what the check saw. */
  boolean needsJudging() {
    return source instanceof Source.Letter && !hasRow();
  }

  /** A place in the list. */
  record Key(long hostId, long subjectId, int position) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::hostId)
            .thenComparingLong(Key::subjectId)
            .thenComparingInt(Key::position);

    static final Key START = new Key(0, 0, -1);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }
}
