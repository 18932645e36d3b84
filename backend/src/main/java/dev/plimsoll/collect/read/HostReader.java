package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.ContainerAccounts;
import dev.plimsoll.checklist.ContainerAccounts.AccountFile;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineRequest;
import dev.plimsoll.collect.read.EngineAnswers.Accounts;
import dev.plimsoll.collect.read.EngineAnswers.ContainerAnswer;
import dev.plimsoll.collect.read.EngineAnswers.ImageAnswer;
import dev.plimsoll.collect.read.EngineAnswers.PluginsAnswer;
import dev.plimsoll.collect.read.EngineAnswers.SwarmAnswers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks one engine all there is to ask. A call that the engine declines costs only what it would
 * have told; an engine that is gone, or is not what it should be, ends the read.
 */
final class HostReader {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_ROUND_TRIP = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final String SPARED =
      "the container is stopped, and asking makes the engine create missing directories it binds";

  private final EngineConnection engine;
  private final Clock clock;
  private final ReadOrder order;
  private final Map<SubjectKind, Reading.Unread> unreadLists = new EnumMap<>(SubjectKind.class);

  HostReader(EngineConnection engine, Clock clock, ReadOrder order) {
    this.engine = engine;
    this.clock = clock;
    this.order = order;
  }

  /**
   * Reads the engine.
   *
   * @throws EngineCallException if the engine cannot be read at all any more
   * @throws InterruptedException if the collection is to end
   */
  EngineAnswers read() throws EngineCallException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> info = threads.submit(() -> answer(EngineRequest.info()));
      Future<Answer> version = threads.submit(() -> answer(EngineRequest.version()));
      Future<Answer> containers = threads.submit(() -> answer(EngineRequest.containers()));
      Future<Answer> images = threads.submit(() -> answer(EngineRequest.images()));
      Future<Answer> volumes = threads.submit(() -> answer(EngineRequest.volumes()));
      Future<Answer> networks = threads.submit(() -> answer(EngineRequest.networks()));
      Future<Answer> plugins = threads.submit(() -> answer(EngineRequest.plugins()));
      try {
        List<Future<ContainerAnswer>> inspected = new ArrayList<>();
        for (JsonNode listed : list(SubjectKind.CONTAINER, get(containers))) {
          inspected.add(threads.submit(() -> container(listed)));
        }
        List<Future<ImageAnswer>> imagesRead = new ArrayList<>();
        for (JsonNode listed : list(SubjectKind.IMAGE, get(images))) {
          imagesRead.add(threads.submit(() -> image(listed)));
        }
        Answer infoAnswer = get(info);
        JsonNode infoJson = object(SubjectKind.ENGINE, infoAnswer);
        SwarmAnswers swarm =
            infoJson == null || !isManager(infoJson) ? SwarmAnswers.NONE : swarm(threads);
        List<ContainerAnswer> containersRead = present(inspected);
        List<ImageAnswer> imagesInspected = present(imagesRead);
        List<JsonNode> volumesRead = list(SubjectKind.VOLUME, get(volumes));
        List<JsonNode> networksRead = list(SubjectKind.NETWORK, get(networks));
        return new EngineAnswers(
            infoJson,
            object(SubjectKind.ENGINE, get(version)),
            infoJson == null ? null : clockAgrees(infoJson, infoAnswer),
            containersRead,
            new InsideReader(engine, clock, order).read(containersRead),
            imagesInspected,
            volumesRead,
            networksRead,
            plugins(get(plugins)),
            swarm,
            unreadLists);
      } catch (EngineCallException | InterruptedException | RuntimeException e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  private static boolean isManager(JsonNode info) {
    JsonNode swarm = info.path("Swarm");
    return swarm.path("LocalNodeState").asString("").equals("active")
        && swarm.path("ControlAvailable").asBoolean(false);
  }

  private SwarmAnswers swarm(ExecutorService threads)
      throws EngineCallException, InterruptedException {
    Map<String, Future<Answer>> asked =
        Map.of(
            "swarm", threads.submit(() -> answer(EngineRequest.swarm())),
            "nodes", threads.submit(() -> answer(EngineRequest.nodes())),
            "services", threads.submit(() -> answer(EngineRequest.services())));
    Map<String, JsonNode> parts = new TreeMap<>();
    Map<String, Reading.Unread> unread = new TreeMap<>();
    for (Map.Entry<String, Future<Answer>> part : asked.entrySet()) {
      switch (get(part.getValue())) {
        case Answer.Json(JsonNode json, Instant sent, Instant received) ->
            parts.put(part.getKey(), json);
        case Answer.None(Reading.Unread problem) -> unread.put(part.getKey(), problem);
      }
    }
    return new SwarmAnswers(parts, unread);
  }

  private static PluginsAnswer plugins(Answer answer) {
    return switch (answer) {
      case Answer.Json(JsonNode json, Instant sent, Instant received) ->
          new PluginsAnswer.Listed(json);
      case Answer.None(Reading.Unread problem) -> new PluginsAnswer.Refused(problem);
    };
  }

  private static <T> List<T> present(List<Future<@Nullable T>> futures)
      throws EngineCallException, InterruptedException {
    List<T> answers = new ArrayList<>(futures.size());
    for (Future<@Nullable T> future : futures) {
      T answer = get(future);
      if (answer != null) {
        answers.add(answer);
      }
    }
    return answers;
  }

  private static <T extends @Nullable Object> T get(Future<T> future)
      throws EngineCallException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineCallException call) {
        throw call;
      }
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException("a read failed unexpectedly", e.getCause());
    }
  }

  /** An answer, or why there is none; gone engines throw. */
  private sealed interface Answer {
    record Json(JsonNode json, Instant sent, Instant received) implements Answer {}

    record None(Reading.Unread problem) implements Answer {}
  }

  private Answer answer(EngineRequest request) throws EngineCallException {
    Instant sent = clock.instant();
    try {
      return new Answer.Json(json(request, engine.get(request)), sent, clock.instant());
    } catch (EngineCallException e) {
      if (engineGone(e)) {
        throw e;
      }
      return new Answer.None(unread(e));
    }
  }

  /** Whether nothing more can be read: what was read so far must not pass for the whole. */
  private static boolean engineGone(EngineCallException e) {
    return switch (e.category()) {
      case UNREACHABLE, TLS, AUTH, INTERNAL -> true;
      case TIMEOUT, PROTOCOL, REFUSED -> false;
    };
  }

  private static Reading.Unread unread(EngineCallException e) {
    String detail = e.getMessage();
    return new Reading.Unread(e.call(), e.status(), detail == null ? "" : detail);
  }

  private static JsonNode json(EngineRequest request, byte[] body) throws EngineCallException {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new EngineCallException(
          FailureCategory.PROTOCOL,
          request.call(),
          200,
          "The answer to " + request.call() + " is not JSON.",
          e);
    }
  }

  private @Nullable JsonNode object(SubjectKind kind, Answer answer) {
    return switch (answer) {
      case Answer.Json(JsonNode json, Instant sent, Instant received) -> json;
      case Answer.None(Reading.Unread problem) -> {
        unreadLists.putIfAbsent(kind, problem);
        yield null;
      }
    };
  }

  private List<JsonNode> list(SubjectKind kind, Answer answer) {
    JsonNode json = object(kind, answer);
    if (json == null) {
      return List.of();
    }
    // Volumes come wrapped, and null stands for none: {"Volumes":null}.
    JsonNode items = kind == SubjectKind.VOLUME ? json.path("Volumes") : json;
    return List.copyOf(items.values());
  }

  private @Nullable ContainerAnswer container(JsonNode listed) throws EngineCallException {
    String id = listed.path("Id").asString("");
    try {
      EngineRequest request = EngineRequest.container(id);
      JsonNode inspect = json(request, engine.get(request));
      return new ContainerAnswer.Inspected(id, inspect, accounts(id, inspect));
    } catch (EngineCallException e) {
      if (engineGone(e)) {
        throw e;
      }
      if (e.status() == NOT_FOUND) {
        return null; // it was removed between the list and now
      }
      String name = listed.path("Names").path(0).asString(id);
      return new ContainerAnswer.Refused(id, name.replaceFirst("^/", ""), unread(e));
    }
  }

  private @Nullable Accounts accounts(String id, JsonNode inspect) throws EngineCallException {
    boolean passwd = ContainerAccounts.needsPasswd(inspect);
    boolean group = ContainerAccounts.needsGroup(inspect);
    if (!passwd && !group) {
      return null;
    }
    JsonNode known = order.observations().get().get(id);
    String startedAt = inspect.path("State").path("StartedAt").asString("");
    if (known != null
        && known.path("users").isObject()
        && known.path("users").path("error").isMissingNode()
        && known.path(ContainerForm.USERS_READ_FOR).asString("").equals(startedAt)) {
      return new Accounts.Known(known.path("users"));
    }
    if (askingMakesDirectories(inspect)) {
      AccountFile spared = new AccountFile.Unreadable(SPARED);
      return new Accounts.Looked(ContainerAccounts.resolve(inspect, spared, spared));
    }
    return new Accounts.Looked(
        ContainerAccounts.resolve(
            inspect,
            passwd ? accountFile(id, "/etc/passwd") : notAsked(),
            group ? accountFile(id, "/etc/group") : notAsked()));
  }

  /**
   * Whether asking for a file would change the host: for a container that does not run, the engine
   * mounts what it mounts at a start, and creates the directories of bind mounts that are missing.
   */
  private static boolean askingMakesDirectories(JsonNode inspect) {
    return !inspect.path("State").path("Running").asBoolean(false)
        && inspect
            .path("Mounts")
            .valueStream()
            .anyMatch(mount -> mount.path("Type").asString("").equals("bind"));
  }

  private static AccountFile notAsked() {
    return new AccountFile.Unreadable("it was not needed");
  }

  private AccountFile accountFile(String id, String path) throws EngineCallException {
    try {
      return TarText.firstFile(engine.get(EngineRequest.archive(id, path)));
    } catch (EngineCallException e) {
      if (engineGone(e)) {
        throw e;
      }
      return e.status() == NOT_FOUND
          ? new AccountFile.Absent()
          : new AccountFile.Unreadable(e.call() + " answered " + e.status());
    }
  }

  private @Nullable ImageAnswer image(JsonNode listed) throws EngineCallException {
    String id = listed.path("Id").asString("");
    if (order.knownImages().contains(id)) {
      return new ImageAnswer.Known(listed);
    }
    try {
      EngineRequest request = EngineRequest.image(id);
      EngineRequest history = EngineRequest.imageHistory(id);
      return new ImageAnswer.Inspected(
          listed, json(request, engine.get(request)), json(history, engine.get(history)));
    } catch (EngineCallException e) {
      if (engineGone(e)) {
        throw e;
      }
      return e.status() == NOT_FOUND ? null : new ImageAnswer.Refused(listed, unread(e));
    }
  }

  private static @Nullable Boolean clockAgrees(JsonNode info, Answer answer) {
    if (!(answer instanceof Answer.Json(JsonNode json, Instant sent, Instant received))) {
      return null;
    }
    Duration roundTrip = Duration.between(sent, received);
    if (roundTrip.compareTo(LONGEST_ROUND_TRIP) > 0) {
      return null;
    }
    try {
      Instant engineTime = OffsetDateTime.parse(info.path("SystemTime").asString("")).toInstant();
      Instant middle = sent.plus(roundTrip.dividedBy(2));
      return Duration.between(engineTime, middle).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
