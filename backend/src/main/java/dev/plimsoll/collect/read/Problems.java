package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.Reading;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Failed calls as documents and observations keep them beside what was read. */
final class Problems {
  private Problems() {}

  static ObjectNode json(Reading.Unread problem) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("call", problem.call())
        .put("status", problem.status())
        .put("detail", problem.detail());
  }
}
