package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Scores of hosts, groups and the fleet. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class ScoreList {
  /** The score at the instant, null for now; staleness that has come due by then counts. */
  public ScoreRow at(Scope scope, @Nullable Instant asOf) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** One entry a change in [from, to), led by the one in force at {@code from}; at most 5000. */
  public List<ScoreRow> history(Scope scope, Instant from, Instant to) {
    throw new UnsupportedOperationException("not built yet");
  }
}
