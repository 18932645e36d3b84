package dev.plimsoll.checklist.fix;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One value put into a JSON document, or one taken out of it.
 *
 * @param path names of members from the root on
 * @param value what shall stand there; null to take the member out
 */
public record Edit(List<String> path, @Nullable JsonNode value) {

  /** At least one name is needed. */
  public Edit {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("an edit needs a path");
    }
  }

  /** Changes the document in place; objects on the way that are missing are made. */
  void applyTo(JsonNode document) {
    JsonNode node = document;
    for (String name : path.subList(0, path.size() - 1)) {
      if (!(node instanceof ObjectNode object)) {
        return;
      }
      node = object.path(name).isObject() ? object.path(name) : object.putObject(name);
    }
    if (node instanceof ObjectNode object) {
      if (value == null) {
        object.remove(path.getLast());
      } else {
        object.set(path.getLast(), value.deepCopy());
      }
    }
  }
}
