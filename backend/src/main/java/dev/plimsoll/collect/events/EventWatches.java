package dev.plimsoll.collect.events;

import dev.plimsoll.collect.connect.Connector;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.home.DatabaseLane;
import dev.plimsoll.home.WorkerName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows the hosts that this process holds a lease on. Each host is followed by one process of
 * all; if that one dies, another takes over when the lease ends, and goes on where it was.
 */
@Component
@ConditionalOnProperty(
    name = "db-scheduler.enabled",
    havingValue = "true",
    matchIfMissing = true) // as for all that runs without being asked
class EventWatches implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(EventWatches.class);
  private static final int RENEWALS_A_LEASE = 3;
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final String owner;
  private final Hosts hosts;
  private final Connector connector;
  private final EventStreams streams;
  private final EventLimits limits;
  private final Map<Long, Followed> followed = new HashMap<>();
  private @Nullable Thread thread;
  private long heldAt = System.nanoTime();

  /** A host that is followed here. */
  private record Followed(EventWatch watch, Thread thread, String reachedBy) {
    boolean goesOn(@Nullable String reachedNow) {
      return thread.isAlive() && reachedBy.equals(reachedNow);
    }
  }

  EventWatches(
      Hosts hosts,
      Connector connector,
      EventStreams streams,
      EventLimits limits,
      WorkerName worker) {
    this.owner = worker.value();
    this.hosts = hosts;
    this.connector = connector;
    this.streams = streams;
    this.limits = limits;
  }

  @Override
  public synchronized void start() {
    thread = Thread.ofVirtual().name("event-watches").start(DatabaseLane.WORK.of(this::keepLeases));
  }

  @Override
  public void stop() {
    Thread leases;
    synchronized (this) {
      leases = thread;
      thread = null;
    }
    if (leases != null) {
      leases.interrupt();
      try {
        leases.join(FAREWELL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    letGo();
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  private void keepLeases() {
    Duration pause = limits.lease().dividedBy(RENEWALS_A_LEASE);
    try {
      while (isRunning()) {
        keepLeasesOnce();
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Renews leases, takes over what nobody follows, and lets go of what is not held any more. */
  synchronized void keepLeasesOnce() {
    try {
      int room = Math.max(0, Math.min(limits.claims(), limits.hosts() - followed.size()));
      Map<Long, String> held = streams.hold(owner, limits.lease(), room);
      heldAt = System.nanoTime();
      end(held);
      held.forEach(this::follow);
    } catch (RuntimeException e) {
      LOG.warn("Leases on streams of events cannot be renewed: {}", e.getMessage());
      if (System.nanoTime() - heldAt > limits.lease().toNanos()) {
        end(Map.of()); // another process may have taken over
      }
    }
  }

  private void follow(long hostId, String reachedBy) {
    if (followed.containsKey(hostId)) {
      return;
    }
    EventWatch watch = new EventWatch(hostId, owner, hosts, connector, streams, limits);
    Thread running = Thread.ofVirtual().name("events-of-host-" + hostId).start(watch);
    followed.put(hostId, new Followed(watch, running, reachedBy));
  }

  private void end(Map<Long, String> held) {
    Iterator<Map.Entry<Long, Followed>> all = followed.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Long, Followed> one = all.next();
      if (!one.getValue().goesOn(held.get(one.getKey()))) {
        one.getValue().watch().stop();
        all.remove();
      }
    }
  }

  private synchronized void letGo() {
    followed.values().forEach(one -> one.watch().stop());
    long until = System.nanoTime() + FAREWELL.toNanos();
    try {
      for (Followed one : followed.values()) {
        one.thread().join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      streams.release(owner, followed.keySet());
    } catch (RuntimeException e) {
      LOG.info("Streams of events are free when their lease ends: {}", e.getMessage());
    }
    followed.clear();
  }
}
