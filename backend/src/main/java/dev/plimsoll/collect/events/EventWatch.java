package dev.plimsoll.collect.events;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.collect.connect.Connector;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineLines;
import dev.plimsoll.collect.connect.EngineRequest;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.collect.events.EventStreams.Anchor;
import dev.plimsoll.collect.events.EventStreams.LeaseLost;
import dev.plimsoll.collect.events.EventStreams.Progress;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the events of one host for as long as this process holds its lease: connects, reads,
 * connects again. Whether anything was missed in between is decided by whether the engine repeats
 * an event that is known; it remembers its newest 256, and none from before its start.
 */
final class EventWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(EventWatch.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final double JITTER = 0.2;

  /** A stream that lived so long was a good one: whatever ends it, the next try comes soon. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final long hostId;
  private final String owner;
  private final Hosts hosts;
  private final Connector connector;
  private final EventStreams streams;
  private final EventLimits limits;
  private final ExecTargets targets = new ExecTargets();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable EngineConnection open;

  EventWatch(
      long hostId,
      String owner,
      Hosts hosts,
      Connector connector,
      EventStreams streams,
      EventLimits limits) {
    this.hostId = hostId;
    this.owner = owner;
    this.hosts = hosts;
    this.connector = connector;
    this.streams = streams;
    this.limits = limits;
  }

  /** Follows the host until it is stopped, or until another process has taken it over. */
  @Override
  public void run() {
    int failures = 0;
    try {
      while (!stopped()) {
        long began = System.nanoTime();
        try {
          follow();
          failures = 0;
          continue;
        } catch (EngineCallException e) {
          String detail = e.getMessage();
          interrupted(new Reading.Unread(e.call(), e.status(), detail == null ? "" : detail));
        } catch (LeaseLost e) {
          throw e;
        } catch (RuntimeException e) {
          LOG.error("Following the events of host {} failed by a fault of the portal", hostId, e);
          interrupted(new Reading.Unread("GET /events", 0, "A fault of the portal; see its log."));
        }
        boolean settled = System.nanoTime() - began > SETTLED.toNanos();
        failures = settled ? 1 : failures + 1;
        Duration pause = pause(failures, ThreadLocalRandom.current().nextDouble());
        if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (LeaseLost e) {
      LOG.info("No more events here: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the stream; {@link #run} returns soon. */
  void stop() {
    stopping.countDown();
    EngineConnection engine = open;
    if (engine != null) {
      engine.close();
    }
  }

  private boolean stopped() {
    return stopping.getCount() == 0;
  }

  /** How long to wait before the next try. */
  static Duration pause(int failures, double random) {
    Duration pause = FIRST_PAUSE;
    for (int i = 1; i < failures && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    long millis = (pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE).toMillis();
    return Duration.ofMillis((long) (millis * (1 + JITTER * (2 * random - 1))));
  }

  private void interrupted(Reading.Unread problem) {
    if (stopped()) {
      return;
    }
    LOG.info("No events of host {}: {}", hostId, problem.detail());
    try {
      streams.interrupted(hostId, owner, problem);
    } catch (RuntimeException e) {
      LOG.warn("Cannot note that host {} tells of no events: {}", hostId, e.getMessage());
    }
  }

  /** Follows one connection to its end; returns if the engine said nothing for long. */
  private void follow() throws EngineCallException, InterruptedException {
    HostRecord host = hosts.forCollection(hostId).orElseThrow(() -> new LeaseLost(hostId));
    EngineTarget target =
        new EngineTarget(host.endpoint(), hosts.credentialForCollection(hostId).orElse(null));
    Progress before = streams.progress(hostId, owner);
    try (EngineConnection engine = connector.open(target, limits.ofConnection())) {
      open = engine;
      if (stopped()) {
        return;
      }
      EngineNow now = ask(engine);
      @Nullable Anchor anchor = now.id().equals(before.engineId()) ? before.anchor() : null;
      try (EngineLines lines = engine.lines(EngineRequest.events(since(anchor)));
          EventFeed feed = EventFeed.read(lines, limits.idle())) {
        new EventSession(
                hostId,
                owner,
                streams,
                limits,
                new Happenings(engine, targets),
                now,
                before,
                anchor)
            .follow(feed, this::stopped);
      }
    } finally {
      open = null;
    }
  }

  /** Some time before the anchor: events can be told in another order than that of their times. */
  private static long since(@Nullable Anchor anchor) {
    return anchor == null ? 0 : anchor.nanos() - EventSession.MARGIN.toNanos();
  }

  /**
   * What an engine said of itself.
   *
   * @param ahead how far its clock is ahead of the portal's
   * @param doubt how far off that may be
   */
  record EngineNow(String id, Duration ahead, Duration doubt) {}

  private EngineNow ask(EngineConnection engine) throws EngineCallException {
    EngineRequest request = EngineRequest.info();
    Instant sent = streams.now();
    JsonNode info;
    try {
      info = JSON.readTree(engine.get(request));
    } catch (JacksonException e) {
      throw new EngineCallException(
          FailureCategory.PROTOCOL, request.call(), 200, "The answer to GET /info is not JSON.", e);
    }
    Duration roundTrip = Duration.between(sent, streams.now());
    Instant middle = sent.plus(roundTrip.dividedBy(2));
    return new EngineNow(
        info.path("ID").asString(""), ahead(info.path("SystemTime"), middle), roundTrip);
  }

  private static Duration ahead(JsonNode systemTime, Instant portal) {
    try {
      return Duration.between(portal, OffsetDateTime.parse(systemTime.asString("")).toInstant());
    } catch (DateTimeParseException e) {
      return Duration.ZERO; // it does not say; most clocks agree
    }
  }
}
