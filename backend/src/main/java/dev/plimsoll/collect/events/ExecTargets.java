package dev.plimsoll.collect.events;

import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What must be known of a container to judge an exec in it: its user and its health check, neither
 * of which ever changes. They stay in memory.
 */
final class ExecTargets {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST = 5_000;
  private static final int NOT_FOUND = 404;
  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  private final Map<String, Target> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Target> eldest) {
          return size() > MOST;
        }
      };

  /**
   * A container.
   *
   * @param user as it was configured; empty for root
   * @param healthCheck as the engine writes it behind {@code exec_create}; empty for none
   */
  record Target(String user, String healthCheck) {
    static final Target UNKNOWN = new Target("", "");

    /**
     * Whether an exec is the container's health check. The engine runs it as an exec like any
     * other, and only its command tells: a person who runs the very same is taken for the engine.
     */
    boolean checksHealthBy(String command) {
      return !healthCheck.isEmpty() && healthCheck.equals(command.strip());
    }

    @Override
    public String toString() {
      return "Target[" + user + "]";
    }
  }

  /**
   * The container of an exec; {@link Target#UNKNOWN} if it is gone.
   *
   * @throws EngineCallException if the engine does not answer as it should
   */
  Target of(String containerId, EngineConnection engine) throws EngineCallException {
    Target target = known.get(containerId);
    if (target == null) {
      target = read(containerId, engine);
      known.put(containerId, target);
    }
    return target;
  }

  private static Target read(String containerId, EngineConnection engine)
      throws EngineCallException {
    try {
      return target(JSON.readTree(engine.get(EngineRequest.container(containerId))));
    } catch (EngineCallException e) {
      if (e.status() == NOT_FOUND) {
        return Target.UNKNOWN;
      }
      throw e;
    } catch (IllegalArgumentException | JacksonException e) {
      return Target.UNKNOWN; // not an ID, or no container
    }
  }

  static Target target(JsonNode container) {
    JsonNode config = container.path("Config");
    return new Target(config.path("User").asString(""), healthCheck(config));
  }

  private static String healthCheck(JsonNode config) {
    List<String> test = texts(config.path("Healthcheck").path("Test"));
    if (test.size() < 2) {
      return "";
    }
    List<String> words = new ArrayList<>();
    switch (test.getFirst()) {
      case "CMD" -> {
        // The engine runs the words as they are.
      }
      case "CMD-SHELL" -> {
        List<String> shell = texts(config.path("Shell"));
        words.addAll(shell.isEmpty() ? SHELL : shell);
      }
      default -> {
        return "";
      }
    }
    words.addAll(test.subList(1, test.size()));
    return String.join(" ", words).strip();
  }

  private static List<String> texts(JsonNode array) {
    return array.values().stream().map(node -> node.asString("")).toList();
  }
}
