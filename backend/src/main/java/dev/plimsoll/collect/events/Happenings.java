package dev.plimsoll.collect.events;

import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineRequest;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Picks from an engine's events what checks ask for. Health checks, and execs that no check could
 * hold against anybody, are left out: a container may see thousands of them a day.
 */
final class Happenings {
  private static final JsonMapper JSON = new JsonMapper();

  private final EngineConnection engine;
  private final ExecTargets targets;

  Happenings(EngineConnection engine, ExecTargets targets) {
    this.engine = engine;
    this.targets = targets;
  }

  /**
   * What is to be kept of an event; empty if nothing is.
   *
   * @throws EngineCallException if the engine cannot be asked any more
   */
  Optional<Happening> of(EngineEvent event) throws EngineCallException {
    return switch (event.type() + " " + event.action()) {
      case "container exec_create" -> exec(event);
      case "container commit" ->
          event.attribute("imageID").isEmpty()
              ? Optional.empty()
              : Optional.of(Happening.commit(event));
      case "volume destroy" -> Optional.of(Happening.volumeDestroyed(event));
      default -> Optional.empty();
    };
  }

  private Optional<Happening> exec(EngineEvent event) throws EngineCallException {
    ExecTargets.Target target = targets.of(event.actorId(), engine);
    if (target.checksHealthBy(event.argument())) {
      return Optional.empty();
    }
    JsonNode process;
    try {
      process =
          JSON.readTree(engine.get(EngineRequest.exec(event.attribute("execID"))))
              .path("ProcessConfig");
    } catch (EngineCallException e) {
      return switch (e.category()) {
        case REFUSED, PROTOCOL, TIMEOUT -> Optional.of(Happening.unreadExec(event, e.status()));
        case UNREACHABLE, TLS, AUTH, INTERNAL -> throw e;
      };
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.of(Happening.unreadExec(event, 0)); // no ID, or no exec
    }
    JsonNode privileged = process.path("privileged");
    if (!privileged.isBoolean()) {
      return Optional.of(Happening.unreadExec(event, 200));
    }
    // Left out, or the container's own, where nobody asked for another one.
    String shown = process.path("user").asString("");
    String user = shown.equals(target.user()) ? "" : shown;
    return privileged.booleanValue() || mayBeRoot(user)
        ? Optional.of(Happening.exec(event, privileged.booleanValue(), user))
        : Optional.empty();
  }

  /** Whether a user given as {@code user[:group]} is root, or a name that may stand for root. */
  private static boolean mayBeRoot(String user) {
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    if (name.isEmpty()) {
      return false;
    }
    OptionalLong number = number(name);
    return number.isEmpty() || number.getAsLong() == 0;
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
