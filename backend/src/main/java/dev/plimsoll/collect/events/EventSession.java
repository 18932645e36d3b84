package dev.plimsoll.collect.events;

import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.events.EventFeed.Heard;
import dev.plimsoll.collect.events.EventStreams.Anchor;
import dev.plimsoll.collect.events.EventStreams.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection's worth of events: first decides whether it goes on where the last one ended, then
 * keeps what checks ask for.
 */
final class EventSession {
  /** Events are told in another order than that of their times by less than this. */
  static final Duration MARGIN = Duration.ofSeconds(1);

  private final long hostId;
  private final String owner;
  private final EventStreams streams;
  private final EventLimits limits;
  private final Happenings happenings;
  private final EventWatch.EngineNow engine;
  private final Progress before;
  private final @Nullable Anchor anchor;

  private final List<Happening> pending = new ArrayList<>();
  private boolean decided;
  private @Nullable Newest newest;
  private long flushedAt;

  /** The newest event that was looked at, and when by {@link System#nanoTime}. */
  private record Newest(EngineEvent event, long heardAt) {}

  /**
   * A connection that was just opened.
   *
   * @param anchor the event that the engine must repeat; null if there is none that it could
   */
  EventSession(
      long hostId,
      String owner,
      EventStreams streams,
      EventLimits limits,
      Happenings happenings,
      EventWatch.EngineNow engine,
      Progress before,
      @Nullable Anchor anchor) {
    this.hostId = hostId;
    this.owner = owner;
    this.streams = streams;
    this.limits = limits;
    this.happenings = happenings;
    this.engine = engine;
    this.before = before;
    this.anchor = anchor;
  }

  /**
   * Follows the feed until it is quiet or stopped.
   *
   * @throws EngineCallException if it broke, or the engine cannot be asked about what it told
   */
  void follow(EventFeed feed, BooleanSupplier stopped)
      throws EngineCallException, InterruptedException {
    Instant opened = streams.now();
    long deadline = System.nanoTime() + limits.proof().toNanos();
    flushedAt = System.nanoTime();
    if (anchor == null) {
      beginAnew(opened, noAnchor());
    }
    try {
      while (!stopped.getAsBoolean()) {
        Duration wait = decided ? limits.flush() : Duration.ofNanos(deadline - System.nanoTime());
        Heard heard = feed.next(wait);
        if (!decided && (heard == null || System.nanoTime() - deadline > 0)) {
          beginAnew(opened, "The engine did not repeat the last event that it had told of.");
        }
        switch (heard) {
          case null -> flushIfDue();
          case Heard.Told(EngineEvent event) -> told(event, opened);
          case Heard.Missed missed -> beginAnew(streams.now(), "An event was too long to be read.");
          case Heard.Quiet quiet -> {
            return;
          }
          case Heard.Broken(EngineCallException failure) -> throw failure;
        }
      }
    } finally {
      flush();
    }
  }

  private void told(EngineEvent event, Instant opened) throws EngineCallException {
    if (!decided && anchor != null) {
      if (event.key().equals(anchor.key())) {
        streams.goesOn(hostId, owner);
        decided = true;
      } else if (event.nanos() - anchor.nanos() > MARGIN.toNanos()) {
        beginAnew(opened, "The engine has forgotten the last event that it had told of.");
      }
    }
    happenings.of(event).ifPresent(pending::add);
    newest = new Newest(event, System.nanoTime());
    if (decided && !pending.isEmpty()) {
      flush();
    } else {
      flushIfDue();
    }
  }

  private void beginAnew(Instant since, String reason) {
    Instant sinceOnEngine = since.plus(engine.ahead()).plus(engine.doubt());
    streams.beginsAnew(hostId, owner, engine.id(), since, sinceOnEngine, reason);
    decided = true;
  }

  private String noAnchor() {
    if (before.watchedSince() == null) {
      return "The engine was never watched before.";
    }
    return engine.id().equals(before.engineId())
        ? "The engine had told of no event that it could repeat."
        : "Another engine answers.";
  }

  private void flushIfDue() {
    if (System.nanoTime() - flushedAt > limits.flush().toNanos()) {
      flush();
    }
  }

  /** Until it is decided whether the stream goes on, the anchor stays. */
  private void flush() {
    flushedAt = System.nanoTime();
    Newest last = newest;
    if (last == null) {
      return;
    }
    Instant at = streams.now().minusNanos(System.nanoTime() - last.heardAt());
    Anchor kept =
        decided || anchor == null
            ? new Anchor(last.event().nanos(), last.event().key(), at)
            : anchor;
    streams.heard(hostId, owner, kept, pending, engine.ahead());
    pending.clear();
    newest = null;
  }
}
