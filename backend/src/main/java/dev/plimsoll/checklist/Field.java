package dev.plimsoll.checklist;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A place in a JSON document.
 *
 * @param path as evidence shows it, such as {@code .HostConfig.Privileged}
 * @param names the same, step by step
 */
record Field(String path, List<String> names) {

  /** The place that a path of plain names leads to. */
  static Field of(String path) {
    return new Field(path, List.of(path.substring(1).split("\\.")));
  }

  /** What stands there; a missing node if nothing does. */
  JsonNode in(JsonNode root) {
    JsonNode node = root;
    for (int i = 0; i < names.size(); i++) {
      node = node.path(names.get(i));
    }
    return node;
  }

  /** Path of an entry of the array that stands here. */
  String entry(int index) {
    return path + "[" + index + "]";
  }

  /** Path of a member of the object that stands here, whatever characters its name has. */
  String member(String name) {
    return path + "['" + name + "']";
  }
}
