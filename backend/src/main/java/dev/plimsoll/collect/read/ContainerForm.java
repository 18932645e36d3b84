package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.ContainerAccounts;
import dev.plimsoll.checklist.ContainerExecs;
import dev.plimsoll.checklist.ContainerObservation;
import dev.plimsoll.collect.read.EngineAnswers.Accounts;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What of a container's inspect is kept, and what its volatile parts are reduced to. */
final class ContainerForm {
  /** Field of the observation: the start for which {@code users} was looked up. */
  static final String USERS_READ_FOR = "usersReadFor";

  /** Field of the observation: the start since which {@code processes} were seen. */
  static final String PROCESSES_READ_FOR = "processesReadFor";

  private static final Set<String> VOLATILE =
      Set.of(
          "State",
          "RestartCount",
          "ExecIDs",
          "SizeRw",
          "SizeRootFs",
          "ResolvConfPath",
          "HostnamePath",
          "HostsPath",
          "LogPath");

  /** Of a container's place on a network: what it is given anew at each start. */
  private static final Set<String> GIVEN_AT_START =
      Set.of(
          "EndpointID",
          "Gateway",
          "IPAddress",
          "IPPrefixLen",
          "IPv6Gateway",
          "GlobalIPv6Address",
          "GlobalIPv6PrefixLen",
          "MacAddress",
          "DNSNames");

  /** A container that runs for less than this after a restart is still in its crash loop. */
  private static final Duration SETTLED = Duration.ofMinutes(2);

  private static final String NEVER = "0001-01-01T00:00:00Z";

  private ContainerForm() {}

  static ObjectNode document(JsonNode inspect) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : inspect.properties()) {
      switch (field.getKey()) {
        case "NetworkSettings" -> kept.set("NetworkSettings", network(field.getValue()));
        case "Mounts" -> kept.set("Mounts", byDestination(field.getValue()));
        default -> {
          if (!VOLATILE.contains(field.getKey())) {
            kept.set(field.getKey(), field.getValue());
          }
        }
      }
    }
    return kept;
  }

  private static ObjectNode network(JsonNode settings) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    if (settings.has("Ports")) {
      kept.set("Ports", settings.get("Ports"));
    }
    if (settings.path("Networks").isObject()) {
      ObjectNode networks = kept.putObject("Networks");
      for (Map.Entry<String, JsonNode> network : settings.path("Networks").properties()) {
        ObjectNode place = networks.putObject(network.getKey());
        for (Map.Entry<String, JsonNode> field : network.getValue().properties()) {
          if (!GIVEN_AT_START.contains(field.getKey())) {
            place.set(field.getKey(), field.getValue());
          }
        }
      }
    }
    return kept;
  }

  /** The engine lists mounts in the order of a hash map, which differs from answer to answer. */
  private static JsonNode byDestination(JsonNode mounts) {
    if (!mounts.isArray()) {
      return mounts;
    }
    ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
    mounts.values().stream()
        .sorted(Comparator.comparing(mount -> mount.path("Destination").asString("")))
        .forEach(sorted::add);
    return sorted;
  }

  /**
   * The container's observation.
   *
   * @param engineTime the engine's clock when it answered; null if it did not say
   */
  static JsonNode observation(
      JsonNode inspect,
      @Nullable Accounts accounts,
      ContainerInside inside,
      @Nullable Instant engineTime) {
    JsonNode state = inspect.path("State");
    boolean everStarted = !isNever(state.path("StartedAt").asString(""));
    ContainerObservation.State now = state(state, inspect, engineTime);
    ContainerAccounts looked =
        accounts instanceof Accounts.Looked(ContainerAccounts read) ? read : null;
    ContainerObservation observed =
        new ContainerObservation(
            now,
            everStarted,
            stopped(now) && everStarted ? time(state.path("FinishedAt")) : null,
            running(now)
                ? ContainerObservation.Health.of(state.path("Health").path("Status").asString(""))
                : null,
            looked,
            inside.processes(),
            inside.changes());
    ObjectNode observation = observed.toJson();
    String startedAt = state.path("StartedAt").asString("");
    if (accounts != null) {
      observation.put(USERS_READ_FOR, startedAt);
      if (accounts instanceof Accounts.Known(JsonNode users)) {
        observation.set("users", users);
      }
    }
    if (inside.processes() != null) {
      observation.put(PROCESSES_READ_FOR, startedAt);
    }
    return observation;
  }

  /** The observation with what was heard of people's processes in the container, if anything. */
  static JsonNode with(JsonNode observation, @Nullable ContainerExecs execs) {
    if (execs != null && observation instanceof ObjectNode fields) {
      fields.set("execs", execs.toJson());
    }
    return observation;
  }

  /**
   * What the container is doing. One in a crash loop is seen running and restarting by turns; both
   * are {@code restarting} until it has run for a while, or every collection would find a change.
   */
  private static ContainerObservation.State state(
      JsonNode state, JsonNode inspect, @Nullable Instant engineTime) {
    String word = state.path("Status").asString("");
    Instant started = time(state.path("StartedAt"));
    boolean loops =
        word.equals("running")
            && inspect.path("RestartCount").asInt(0) > 0
            && started != null
            && engineTime != null
            && Duration.between(started, engineTime).compareTo(SETTLED) < 0;
    if (loops) {
      return ContainerObservation.State.RESTARTING;
    }
    try {
      return ContainerObservation.State.of(word);
    } catch (IllegalArgumentException e) {
      return state.path("Running").asBoolean(false)
          ? ContainerObservation.State.RUNNING
          : ContainerObservation.State.EXITED;
    }
  }

  private static boolean running(ContainerObservation.State state) {
    return switch (state) {
      case RUNNING, PAUSED, RESTARTING -> true;
      case CREATED, EXITED, DEAD, REMOVING -> false;
    };
  }

  private static boolean stopped(ContainerObservation.State state) {
    return switch (state) {
      case EXITED, DEAD -> true;
      case CREATED, RUNNING, PAUSED, RESTARTING, REMOVING -> false;
    };
  }

  static boolean isNever(String time) {
    return time.isEmpty() || time.equals(NEVER);
  }

  private static @Nullable Instant time(JsonNode value) {
    String text = value.asString("");
    if (isNever(text)) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
