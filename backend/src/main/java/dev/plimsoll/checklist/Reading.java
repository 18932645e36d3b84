package dev.plimsoll.checklist;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is known of one subject: its document, or why there is none. */
public sealed interface Reading {

  /**
   * The subject was read.
   *
   * @param sha256 hash of the canonical document
   * @param document the engine's own JSON, secrets masked, volatile fields out
   * @param observationSha256 hash of the observation; null if there is none
   * @param observation stable facts reduced from volatile ones, such as {@code
   *     {"state":"running","health":"healthy"}}; a missing node if there are none
   */
  record Read(
      String sha256, JsonNode document, @Nullable String observationSha256, JsonNode observation)
      implements Reading {}

  /**
   * The subject exists, but the engine did not show it.
   *
   * @param call the request that failed, such as {@code GET /containers/4f2a/json}
   * @param status HTTP status, 0 if no answer came
   * @param detail what went wrong, for people
   */
  record Unread(String call, int status, String detail) implements Reading {}
}
