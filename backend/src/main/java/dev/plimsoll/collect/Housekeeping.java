package dev.plimsoll.collect;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.fleet.CollectedHosts;
import dev.plimsoll.fleet.CollectedHosts.CollectedHost;
import dev.plimsoll.inventory.Ledger;
import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.retention.MonthPartitions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What time alone brings about: verdicts that turn, hosts that go stale, months that begin. */
@Component
@PortalItself
class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int TURNS_A_RUN = 200;

  private final CollectedHosts hosts;
  private final Attempts attempts;
  // Late: the schedule needs the scheduler, which needs this.
  private final ObjectProvider<CollectionSchedule> schedule;
  private final Publishing publishing;
  private final Rejudging rejudging;
  private final Ledger ledger;
  private final MonthPartitions months;
  private final Clock clock;

  Housekeeping(
      CollectedHosts hosts,
      Attempts attempts,
      ObjectProvider<CollectionSchedule> schedule,
      Publishing publishing,
      Rejudging rejudging,
      Ledger ledger,
      MonthPartitions months,
      @Qualifier("publishClock") Clock clock) {
    this.hosts = hosts;
    this.attempts = attempts;
    this.schedule = schedule;
    this.publishing = publishing;
    this.rejudging = rejudging;
    this.ledger = ledger;
    this.months = months;
    this.clock = clock;
  }

  /** Writes what has fallen due. One host's fault does not keep the others waiting. */
  void run() {
    int outdated = rejudging.requestOutdated();
    if (outdated > 0) {
      LOG.info("{} hosts are judged anew under another catalogue", outdated);
    }
    for (long hostId : publishing.hostsWithDueTurns(TURNS_A_RUN)) {
      guarded(hostId, () -> publishing.applyDueTurns(hostId));
    }
    markStaleHosts();
    // A request that came in the moment a run ended may have missed it.
    for (long hostId : attempts.requestedHosts()) {
      guarded(hostId, () -> schedule.getObject().dueNow(hostId));
    }
  }

  private void markStaleHosts() {
    Instant now = clock.instant();
    Set<Long> stale = ledger.staleHosts();
    List<CollectedHost> fresh =
        hosts.all().stream().filter(host -> !stale.contains(host.id())).toList();
    Map<Long, Attempts.LastRead> reads =
        attempts.lastReads(fresh.stream().map(CollectedHost::id).toList());
    for (CollectedHost host : fresh) {
      Attempts.LastRead last = reads.get(host.id());
      if (last == null) {
        continue; // added, and not yet attempted
      }
      Instant due = last.readAt().map(at -> at.plus(host.freshness())).orElse(last.attemptedAt());
      if (!due.isAfter(now)) {
        String detail =
            last.readAt().isEmpty()
                ? "The host was never read. " + last.detail()
                : "The host was last read at " + last.readAt().get() + ". " + last.detail();
        guarded(
            host.id(),
            () ->
                publishing.markStale(
                    host.id(), due, new Reading.Unread("connect", 0, detail.strip())));
      }
    }
  }

  private static void guarded(long hostId, Runnable job) {
    try {
      job.run();
    } catch (RuntimeException e) {
      LOG.error("Housekeeping of host {} failed; it is tried again", hostId, e);
    }
  }

  /** Makes the partitions of this month and of those to come; before anything is written. */
  @EventListener(ApplicationStartedEvent.class)
  void makePartitions() {
    months.ahead(clock.instant());
  }
}
