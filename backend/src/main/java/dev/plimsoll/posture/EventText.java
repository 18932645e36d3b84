package dev.plimsoll.posture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A finding's events in words. */
final class EventText {
  private static final JsonMapper MAPPER = new JsonMapper();

  private EventText() {}

  static FindingEvent event(Instant at, @Nullable String actor, String kind, String detail) {
    JsonNode json = MAPPER.readTree(detail);
    return new FindingEvent(at, actor, kind, text(kind, json), resolution(json));
  }

  private static FindingEvent.@Nullable Resolution resolution(JsonNode detail) {
    if (!detail.path("collection").isIntegralNumber()) {
      return null;
    }
    List<String> paths = new ArrayList<>();
    detail.path("paths").forEach(path -> paths.add(path.asString("")));
    return new FindingEvent.Resolution(
        detail.path("collection").longValue(),
        version(detail.path("subject"), detail.path("before")),
        version(detail.path("newSubject"), detail.path("after")),
        paths);
  }

  private static FindingEvent.@Nullable Version version(JsonNode subject, JsonNode sha256) {
    return subject.isIntegralNumber() && sha256.isString()
        ? new FindingEvent.Version(subject.longValue(), sha256.stringValue())
        : null;
  }

  private static String text(String kind, JsonNode detail) {
    return switch (kind) {
      case "OPENED" -> "A check failed.";
      case "REOPENED" -> "The check failed again.";
      case "RESOLVED" ->
          detail.path("outOfScope").asBoolean(false)
              ? "The check is no longer in the scope of the host's profile."
              : "Nothing fails any more.";
      case "STATUS" -> "Set to " + detail.path("status").asString("") + ".";
      case "ASSIGNED" -> assigned(detail.path("assignee"));
      case "DUE" -> due(detail.path("dueAt"));
      case "LINKED" -> linked(detail.path("externalUrl"));
      default -> detail.path("text").asString("");
    };
  }

  private static String assigned(JsonNode assignee) {
    return assignee.isString() ? "Assigned to " + assignee.asString() + "." : "Assigned to nobody.";
  }

  private static String due(JsonNode dueAt) {
    return dueAt.isString() ? "Due at " + dueAt.asString() + "." : "No longer due.";
  }

  private static String linked(JsonNode url) {
    return url.isString() ? "Linked to " + url.asString() + "." : "Link removed.";
  }
}
