package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.ContainerAccounts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An engine's raw answers of one collection, secrets and all: never stored, never logged.
 *
 * @param info null if the engine did not show it; likewise {@code version}
 * @param clockWithin60s whether the engine's clock agreed with the portal's; null if nobody knows
 * @param swarm what a manager shows of its swarm; empty elsewhere
 * @param inside what was seen inside containers, by Docker ID
 * @param unreadLists lists that the engine did not show
 */
record EngineAnswers(
    @Nullable JsonNode info,
    @Nullable JsonNode version,
    @Nullable Boolean clockWithin60s,
    List<ContainerAnswer> containers,
    Map<String, ContainerInside> inside,
    List<ImageAnswer> images,
    List<JsonNode> volumes,
    List<JsonNode> networks,
    PluginsAnswer plugins,
    SwarmAnswers swarm,
    Map<SubjectKind, Reading.Unread> unreadLists) {

  /** The engine's plugins, or why they are not known. */
  sealed interface PluginsAnswer {
    /** The list. */
    record Listed(JsonNode plugins) implements PluginsAnswer {}

    /** The call failed. */
    record Refused(Reading.Unread problem) implements PluginsAnswer {}
  }

  /**
   * A swarm's parts, {@code swarm}, {@code nodes} and {@code services}, by name.
   *
   * @param unread parts that the manager did not show
   */
  record SwarmAnswers(Map<String, JsonNode> parts, Map<String, Reading.Unread> unread) {
    static final SwarmAnswers NONE = new SwarmAnswers(Map.of(), Map.of());
  }

  /** A listed container, and what inspecting it gave. */
  sealed interface ContainerAnswer {
    /**
     * It was inspected.
     *
     * @param accounts what its user and groups mean inside it; null where nobody need know
     */
    record Inspected(String id, JsonNode inspect, @Nullable Accounts accounts)
        implements ContainerAnswer {}

    /** Inspecting failed. */
    record Refused(String id, String name, Reading.Unread problem) implements ContainerAnswer {}
  }

  /** Looked-up accounts: read now, or known from the same start of the same container. */
  sealed interface Accounts {
    /** Read in this collection. */
    record Looked(ContainerAccounts accounts) implements Accounts {}

    /** The {@code users} of the earlier observation still hold. */
    record Known(JsonNode users) implements Accounts {}
  }

  /** A listed image, and what inspecting it gave. */
  sealed interface ImageAnswer {
    /** The image's element of the list. */
    JsonNode listed();

    /** It was inspected. */
    record Inspected(JsonNode listed, JsonNode inspect, JsonNode history) implements ImageAnswer {}

    /** Its document is stored already. */
    record Known(JsonNode listed) implements ImageAnswer {}

    /** Inspecting failed. */
    record Refused(JsonNode listed, Reading.Unread problem) implements ImageAnswer {}
  }
}
