package dev.plimsoll.posture;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Every subject and check, PASS included. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class VerdictList {
  /**
   * Hosts of one page that have to be judged again to say what a PASS saw. Where there are more,
   * the page ends early and its cursor goes on.
   */
  private static final int MOST_HOSTS_JUDGED = 20;

  private static final int BATCH = 1000;

  private final Drafts drafts;
  private final VerdictRows rows;
  private final Clock clock;

  VerdictList(Drafts drafts, VerdictRows rows, @Qualifier("publishClock") Clock clock) {
    this.drafts = drafts;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Verdicts that match, by host, subject and check in catalogue order, paged by key. What is
   * unknown for a whole host is one row for host and check, with the engine as its subject. A page
   * may be shorter than asked for though others follow.
   */
  public Page<VerdictRow> list(VerdictQuery query, PageRequest page) {
    Listing<VerdictQuery> listing =
        Listing.of("verdicts", query, VerdictQuery.ALL, query.asOf(), page, clock);
    VerdictQuery asked = listing.query();
    if (asked.outcome() == Outcome.PASS
        && asked.hostId() == null
        && asked.subjectId() == null
        && asked.check() == null) {
      throw new InvalidInput("outcome", "PASS needs a host, subject or check. Give one of them.");
    }
    Drafts.Reader reader = drafts.reader(asked, listing.moment());
    List<Draft> found = reader.after(place(listing.after()), page.limit() + 1);
    List<Draft> shown = bounded(found, page.limit());
    int counted = page.count() ? count(reader) : 0;
    return new Page<>(
        rows.complete(shown, listing.moment()),
        shown.size() < found.size() ? listing.cursor(key(shown.getLast())) : null,
        page.count() ? (Long) (long) Math.min(counted, KeyedSelect.MOST_COUNTED) : null,
        counted > KeyedSelect.MOST_COUNTED);
  }

  private static List<Draft> bounded(List<Draft> found, int limit) {
    Set<Long> judged = new HashSet<>();
    List<Draft> shown = new ArrayList<>();
    for (Draft draft : found) {
      if (draft.needsJudging()) {
        judged.add(draft.hostId());
      }
      if (shown.size() == limit || judged.size() > MOST_HOSTS_JUDGED) {
        break;
      }
      shown.add(draft);
    }
    return shown;
  }

  private static int count(Drafts.Reader reader) {
    int count = 0;
    Draft.Key from = Draft.Key.START;
    while (count <= KeyedSelect.MOST_COUNTED) {
      List<Draft> batch = reader.after(from, BATCH);
      count += batch.size();
      if (batch.size() < BATCH) {
        break;
      }
      from = batch.getLast().key();
    }
    return count;
  }

  private static List<@Nullable String> key(Draft draft) {
    Draft.Key key = draft.key();
    return List.of(
        String.valueOf(key.hostId()),
        String.valueOf(key.subjectId()),
        String.valueOf(key.position()));
  }

  private static Draft.Key place(@Nullable List<@Nullable String> key) {
    if (key == null) {
      return Draft.Key.START;
    }
    if (key.size() == 3) {
      try {
        return new Draft.Key(
            Long.parseLong(String.valueOf(key.get(0))),
            Long.parseLong(String.valueOf(key.get(1))),
            Integer.parseInt(String.valueOf(key.get(2))));
      } catch (NumberFormatException e) {
        throw (InvalidInput) Listing.unfit("is damaged").initCause(e);
      }
    }
    throw Listing.unfit("is damaged");
  }
}
