package dev.plimsoll.compliance;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How far judging anew has come, now and over the past. */
@Service
public class Rejudgings {
  private final Rejudging rejudging;
  private final SecondSeries series;

  Rejudgings(Rejudging rejudging, SecondSeries series) {
    this.rejudging = rejudging;
    this.series = series;
  }

  /**
   * Progress.
   *
   * @param hosts hosts judged under the current catalogue, of all that were ever judged
   * @param past the run that tells the past again; null if none is under way
   */
  public record Status(Rejudging.Progress hosts, SecondSeries.@Nullable Progress past) {
    /** Whether something is still to be judged. */
    public boolean running() {
      return past != null || hosts.done() < hosts.total();
    }
  }

  /** How far it is now. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Status status() {
    return new Status(rejudging.progress(), series.progress().orElse(null));
  }
}
