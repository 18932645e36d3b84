package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Scores of hosts, groups and the fleet. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class ScoreList {
  private static final int MOST_CHANGES = 5000;

  private final ScoreRows rows;
  private final Clock clock;

  ScoreList(ScoreRows rows, @Qualifier("publishClock") Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * The score at the instant, null for now; staleness that has come due by then counts.
   *
   * @throws NoSuchScope if there was no such host or group then
   */
  public ScoreRow at(Scope scope, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    return rows.at(rows.key(scope, moment), moment);
  }

  /**
   * One entry a change in [from, to), led by the one in force at {@code from}; at most 5000.
   *
   * @throws NoSuchScope if there is no such host or group
   */
  public List<ScoreRow> history(Scope scope, Instant from, Instant to) {
    return rows.history(rows.key(scope, Moment.of(null, clock)), from, to, MOST_CHANGES);
  }
}
