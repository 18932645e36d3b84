package dev.plimsoll.collect;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.plimsoll.fleet.CollectedHosts;
import dev.plimsoll.fleet.HostChanged;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which host is due when, kept in the scheduler's table: in whichever process the time comes, the
 * host is collected once.
 */
@Component
@PortalItself
class CollectionSchedule {
  /** The scheduled task; its instance is the host's ID. */
  static final TaskDescriptor<Void> COLLECT = TaskDescriptor.of("collect-host");

  private static final Logger LOG = LoggerFactory.getLogger(CollectionSchedule.class);

  private final SchedulerClient scheduler;
  private final CollectedHosts hosts;
  private final Attempts attempts;
  private final Clock clock;

  CollectionSchedule(
      SchedulerClient scheduler, CollectedHosts hosts, Attempts attempts, Clock clock) {
    this.scheduler = scheduler;
    this.hosts = hosts;
    this.attempts = attempts;
    this.clock = clock;
  }

  /** Makes a host due at once; if it is being collected right now, that is soon enough. */
  void dueNow(long hostId) {
    String instance = Long.toString(hostId);
    Instant now = clock.instant();
    if (scheduler.scheduleIfNotExists(COLLECT.instance(instance).build(), now)) {
      return;
    }
    try {
      scheduler.reschedule(COLLECT.instanceId(instance), now);
    } catch (TaskInstanceCurrentlyExecutingException e) {
      LOG.debug("Host {} is being collected already", hostId);
    }
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void onHostChanged(HostChanged change) {
    switch (change.kind()) {
      case ADDED, REACHED_ANEW, READ_OTHERWISE, RESUMED -> {
        // A row of its own, so that it is not lost where the host is being read this moment.
        attempts.request(change.hostId());
        dueNow(change.hostId());
      }
      case EDITED -> dueNow(change.hostId());
      case PAUSED, DECOMMISSIONED -> {
        // The task notices when it is due, and ends itself.
      }
    }
  }

  /** Puts back on the schedule what an interrupted change or a restored database left off it. */
  @EventListener(ApplicationReadyEvent.class)
  void scheduleWhatIsMissing() {
    for (CollectedHosts.CollectedHost host : hosts.all()) {
      if (!host.paused()) {
        scheduler.scheduleIfNotExists(
            COLLECT.instance(Long.toString(host.id())).build(), clock.instant());
      }
    }
  }
}
