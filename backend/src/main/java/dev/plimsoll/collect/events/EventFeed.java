package dev.plimsoll.collect.events;

import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineLines;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads an engine's stream as fast as it comes, whatever becomes of the events: an engine throws
 * away what a slow reader does not take.
 */
final class EventFeed implements AutoCloseable {
  private static final int MOST_WAITING = 4_000;
  private static final String CALL = "GET /events";

  private final EngineLines lines;
  private final Duration idle;

  /** Bounded by its one writer, so that there is always room for how it ended. */
  private final BlockingQueue<Heard> waiting = new LinkedBlockingQueue<>();

  /** What the stream brought. */
  sealed interface Heard {
    /** An event. */
    record Told(EngineEvent event) implements Heard {}

    /** An event that was too long to be read: nobody knows what it was. */
    record Missed() implements Heard {}

    /** Nothing, for so long that the connection may be dead: the engine is to be asked anew. */
    record Quiet() implements Heard {}

    /** The stream broke. */
    record Broken(EngineCallException failure) implements Heard {}
  }

  private EventFeed(EngineLines lines, Duration idle) {
    this.lines = lines;
    this.idle = idle;
  }

  /** Begins to read; closing ends it. */
  static EventFeed read(EngineLines lines, Duration idle) {
    EventFeed feed = new EventFeed(lines, idle);
    Thread.ofVirtual().name("event-feed").start(feed::run);
    return feed;
  }

  /**
   * The next thing heard, in order; after {@link Heard.Quiet} or {@link Heard.Broken} there is
   * nothing more.
   *
   * @return null if there was none in that time
   */
  @Nullable Heard next(Duration wait) throws InterruptedException {
    return waiting.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    lines.close();
  }

  private void run() {
    waiting.add(readToTheEnd());
  }

  private Heard readToTheEnd() {
    try {
      while (true) {
        switch (lines.next(idle)) {
          case EngineLines.Line.Text(String json) -> take(new Heard.Told(EngineEvent.parse(json)));
          case EngineLines.Line.TooLong tooLong -> take(new Heard.Missed());
          case EngineLines.Line.End ended ->
              throw failed(FailureCategory.PROTOCOL, "The engine ended its stream of events.");
        }
      }
    } catch (EngineCallException e) {
      return e.category() == FailureCategory.TIMEOUT ? new Heard.Quiet() : new Heard.Broken(e);
    } catch (IllegalArgumentException e) {
      return new Heard.Broken(
          failed(FailureCategory.PROTOCOL, "The engine's stream holds what is no event."));
    } catch (RuntimeException e) {
      return new Heard.Broken(
          new EngineCallException(
              FailureCategory.INTERNAL, CALL, 0, "Plimsoll failed at reading events.", e));
    }
  }

  private void take(Heard heard) throws EngineCallException {
    if (waiting.size() >= MOST_WAITING) {
      throw failed(FailureCategory.INTERNAL, "Events came faster than they could be looked at.");
    }
    waiting.add(heard);
  }

  private static EngineCallException failed(FailureCategory category, String sentence) {
    return new EngineCallException(category, CALL, 0, sentence, null);
  }
}
