package dev.plimsoll.collect.read;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What stays the same when a thing is recreated. The forms cannot be mistaken for one another: a
 * container's name has neither slash nor colon.
 */
final class Lineage {
  private Lineage() {}

  /** {@code project/service} of Compose, {@code service:name} of Swarm, else the name. */
  static String ofContainer(JsonNode labels, String name) {
    String project = labels.path("com.docker.compose.project").asString("");
    String service = labels.path("com.docker.compose.service").asString("");
    if (!project.isEmpty() && !service.isEmpty()) {
      return project + "/" + service;
    }
    String swarmService = labels.path("com.docker.swarm.service.name").asString("");
    return swarmService.isEmpty() ? name : "service:" + swarmService;
  }

  /** The repository of its first tag, else of its first digest, else its ID. */
  static String ofImage(List<String> tags, List<String> digests, String id) {
    if (!tags.isEmpty()) {
      String tag = tags.getFirst();
      int colon = tag.lastIndexOf(':');
      return colon > tag.lastIndexOf('/') ? tag.substring(0, colon) : tag;
    }
    return digests.isEmpty() ? id : digests.getFirst().replaceFirst("@.*", "");
  }
}
