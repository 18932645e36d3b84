package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes scores of hosts when they change, and has those of groups and fleet follow. */
@Component
@PortalItself
class ScoreLedger {
  private final ScoreStore store;
  private final RollUps rollUps;
  private final Breaks breaks;

  ScoreLedger(ScoreStore store, RollUps rollUps, Breaks breaks) {
    this.store = store;
    this.rollUps = rollUps;
    this.breaks = breaks;
  }

  /**
   * Records a host's score, if it or what it speaks of changed, and what follows for its groups and
   * the fleet. Where what it speaks of changed, the line of scores breaks, and the past is told
   * again.
   *
   * @param checksInScope how many checks count on the host
   * @return whether it changed
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean record(long hostId, Instant at, ScoreBasis basis, int checksInScope, HostScore score) {
    ScoreFigures figures = ScoreFigures.of(score, basis, checksInScope);
    Optional<ScoreStore.Last> last = store.last("HOST", hostId);
    Optional<Instant> written = store.write("HOST", hostId, at, last, figures);
    if (written.isEmpty()) {
      return false;
    }
    ScoreFigures before = last.map(ScoreStore.Last::figures).orElse(null);
    if (before != null && !before.basis().equals(basis)) {
      breaks.note(hostId, written.get());
    }
    rollUps.scored(hostId, at, before, figures);
    return true;
  }

  /**
   * Has every group and the fleet summed up anew from the hosts' newest scores, because who belongs
   * to them, or with what weight, has changed.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void rollUp(Instant at) {
    rollUps.anew(at);
  }
}
