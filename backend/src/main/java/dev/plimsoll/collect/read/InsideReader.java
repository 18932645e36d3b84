package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.LayerChanges;
import dev.plimsoll.checklist.ProcessTable;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineRequest;
import dev.plimsoll.collect.read.EngineAnswers.ContainerAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Looks inside containers: at their processes and their own layers. Both can take an engine long,
 * so it is done when all else was read, each call and all of them within bounds, and whatever fails
 * costs only what it would have told.
 */
final class InsideReader {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(45);
  private static final int MOST_BYTES = 32 << 20;
  private static final int AT_ONCE = 4;

  private final EngineConnection engine;
  private final Clock clock;
  private final ReadOrder order;
  private final Instant end;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  InsideReader(EngineConnection engine, Clock clock, ReadOrder order) {
    this.engine = engine;
    this.clock = clock;
    this.order = order;
    this.end = clock.instant().plus(LONGEST);
  }

  /**
   * Looks inside all containers that were inspected.
   *
   * @return what was seen, by Docker ID; empty if nothing is switched on
   * @throws InterruptedException if the collection is to end
   */
  Map<String, ContainerInside> read(List<ContainerAnswer> answers) throws InterruptedException {
    if (!order.switchedOn().contains(ReadingSwitch.PROCESSES)
        && !order.switchedOn().contains(ReadingSwitch.CHANGES)) {
      return Map.of();
    }
    Map<String, JsonNode> earlier = order.observations().get();
    Map<String, Future<ContainerInside>> pending = new HashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ContainerAnswer answer : answers) {
        if (answer instanceof ContainerAnswer.Inspected inspected) {
          JsonNode before = earlier.getOrDefault(inspected.id(), MissingNode.getInstance());
          pending.put(inspected.id(), threads.submit(() -> inside(inspected, before)));
        }
      }
      Map<String, ContainerInside> seen = new HashMap<>();
      for (Map.Entry<String, Future<ContainerInside>> one : pending.entrySet()) {
        seen.put(one.getKey(), one.getValue().get());
      }
      return seen;
    } catch (ExecutionException e) {
      throw new IllegalStateException("looking inside a container failed", e.getCause());
    }
  }

  private ContainerInside inside(ContainerAnswer.Inspected container, JsonNode earlier)
      throws InterruptedException {
    JsonNode inspect = container.inspect();
    if (inspect.path("Platform").asString("").equals("windows")) {
      return ContainerInside.UNSEEN;
    }
    JsonNode state = inspect.path("State");
    boolean runs = state.path("Running").asBoolean(false);
    boolean stable = runs && !state.path("Restarting").asBoolean(false);
    boolean started = !ContainerForm.isNever(state.path("StartedAt").asString(""));
    boolean writes = !inspect.path("HostConfig").path("ReadonlyRootfs").asBoolean(false);
    return new ContainerInside(
        stable && order.switchedOn().contains(ReadingSwitch.PROCESSES)
            ? processes(container, earlier)
            : null,
        started && writes && order.switchedOn().contains(ReadingSwitch.CHANGES)
            ? changes(container)
            : null);
  }

  private ProcessTable processes(ContainerAnswer.Inspected container, JsonNode earlier)
      throws InterruptedException {
    EngineRequest request = EngineRequest.processes(container.id());
    return switch (ask(request)) {
      case Answer.Json(JsonNode json) -> {
        String startedAt = container.inspect().path("State").path("StartedAt").asString("");
        boolean sameStart =
            earlier.path(ContainerForm.PROCESSES_READ_FOR).asString("").equals(startedAt);
        yield ProcessTable.of(
            json,
            sameStart ? earlier.path("processes") : MissingNode.getInstance(),
            request.call());
      }
      case Answer.None(Reading.Unread problem) -> new ProcessTable.Refused(problem);
    };
  }

  private LayerChanges changes(ContainerAnswer.Inspected container) throws InterruptedException {
    return switch (ask(EngineRequest.changes(container.id()))) {
      case Answer.None(Reading.Unread problem) -> new LayerChanges.Refused(problem);
      case Answer.Json(JsonNode changes) -> {
        EngineRequest sized = EngineRequest.containerWithSize(container.id());
        yield switch (ask(sized)) {
          case Answer.None(Reading.Unread problem) ->
              LayerChanges.of(changes, container.inspect(), null, problem);
          case Answer.Json(JsonNode json) -> {
            Long size = size(json);
            yield LayerChanges.of(
                changes,
                container.inspect(),
                size,
                size != null
                    ? null
                    : new Reading.Unread(
                        sized.call(), 200, "The engine shows no size of the layer."));
          }
        };
      }
    };
  }

  /** Bytes of the layer; none are left out of the answer, and then only the sum stands there. */
  private static @Nullable Long size(JsonNode sized) {
    if (sized.path("SizeRw").isIntegralNumber()) {
      return sized.path("SizeRw").longValue();
    }
    return sized.path("SizeRootFs").isIntegralNumber() ? 0L : null;
  }

  private sealed interface Answer {
    record Json(JsonNode json) implements Answer {}

    record None(Reading.Unread problem) implements Answer {}
  }

  private Answer ask(EngineRequest request) throws InterruptedException {
    turns.acquire();
    try {
      return askNow(request);
    } finally {
      turns.release();
    }
  }

  private Answer askNow(EngineRequest request) {
    Duration left = Duration.between(clock.instant(), end);
    if (!left.isPositive()) {
      return new Answer.None(
          new Reading.Unread(
              request.call(), 0, "There was no time left for it in this collection."));
    }
    Duration limit = left.compareTo(LONGEST_CALL) < 0 ? left : LONGEST_CALL;
    try {
      byte[] body = engine.stream(request, limit, InsideReader::bounded);
      // null stands for no change at all
      return new Answer.Json(MAPPER.readTree(body));
    } catch (EngineCallException e) {
      String detail = e.getMessage();
      return new Answer.None(
          new Reading.Unread(e.call(), e.status(), detail == null ? "" : detail));
    } catch (JacksonException e) {
      return new Answer.None(
          new Reading.Unread(
              request.call(), 200, "The answer to " + request.call() + " is not JSON."));
    }
  }

  private static byte[] bounded(InputStream body) throws IOException {
    return body.readNBytes(MOST_BYTES); // what is longer is cut, and then no longer JSON
  }
}
