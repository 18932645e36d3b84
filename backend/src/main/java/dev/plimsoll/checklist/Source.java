package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One JSON document in which a check reads fields. Every field read is kept as evidence; one that
 * is missing or of another type ends the examination as {@link Unanswerable}.
 */
final class Source {
  private final @Nullable String sha256;
  private final JsonNode root;
  private final List<Evidence> seen;

  Source(@Nullable String sha256, JsonNode root, List<Evidence> seen) {
    this.sha256 = sha256;
    this.root = root;
    this.seen = seen;
  }

  /** What stands in a field, without keeping it; a missing node if nothing does. */
  JsonNode peek(Field field) {
    return field.in(root);
  }

  /** What stands in a field, whatever it is; a missing node if nothing does. */
  JsonNode look(Field field) {
    JsonNode node = field.in(root);
    seen.add(evidence(field.path(), node));
    return node;
  }

  boolean flag(Field field) {
    JsonNode node = look(field);
    if (!node.isBoolean()) {
      throw unreadable(field.path(), node, "true or false");
    }
    return node.booleanValue();
  }

  long integer(Field field) {
    JsonNode node = look(field);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw unreadable(field.path(), node, "a whole number");
    }
    return node.longValue();
  }

  String text(Field field) {
    JsonNode node = look(field);
    if (!node.isString()) {
      throw unreadable(field.path(), node, "text");
    }
    return node.stringValue();
  }

  /** An array; null does not stand for none. */
  JsonNode array(Field field) {
    JsonNode node = look(field);
    if (!node.isArray()) {
      throw unreadable(field.path(), node, "a list");
    }
    return node;
  }

  /** An array, where null stands for none: the node then has no entries. */
  JsonNode arrayOrNull(Field field) {
    JsonNode node = look(field);
    if (!node.isArray() && !node.isNull()) {
      throw unreadable(field.path(), node, "a list");
    }
    return node;
  }

  /** An object; null does not stand for none. */
  JsonNode object(Field field) {
    JsonNode node = look(field);
    if (!node.isObject()) {
      throw unreadable(field.path(), node, "an object");
    }
    return node;
  }

  /** An object, where null stands for none: the node then has no members. */
  JsonNode objectOrNull(Field field) {
    JsonNode node = look(field);
    if (!node.isObject() && !node.isNull()) {
      throw unreadable(field.path(), node, "an object");
    }
    return node;
  }

  /** An object that the engine leaves out when it is empty; its parent must be there. */
  JsonNode objectOrAbsent(Field parent, Field field) {
    if (!peek(parent).isObject()) {
      object(parent);
    }
    JsonNode node = look(field);
    if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
      throw unreadable(field.path(), node, "an object");
    }
    return node;
  }

  /** A list of texts; null does not stand for none. */
  List<String> texts(Field field) {
    return texts(field, array(field));
  }

  /** A list of texts, where null stands for none. */
  List<String> textsOrNull(Field field) {
    return texts(field, arrayOrNull(field));
  }

  private List<String> texts(Field field, JsonNode array) {
    if (array.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      texts.add(textOf(field.entry(i), array.get(i)));
    }
    return texts;
  }

  /** The text of a node inside a field that was read. */
  String textOf(String path, JsonNode node) {
    if (!node.isString()) {
      throw unreadable(path, node, "text");
    }
    return node.stringValue();
  }

  /** Evidence for what stands somewhere in this document. */
  Evidence evidence(String path, JsonNode node) {
    return new Evidence(path, CompactJson.of(node), sha256);
  }

  /** Evidence for an entry of the list that stands in a field. */
  Evidence entry(Field field, int index) {
    return evidence(field.entry(index), field.in(root).path(index));
  }

  /** Evidence whose value is not what stands there, but what may be shown of it. */
  Evidence redacted(String path, String value) {
    return new Evidence(path, value, sha256);
  }

  /** The end of an examination at a field that is missing or of another type. */
  Unanswerable unreadable(String path, JsonNode node, String expected) {
    String reason =
        node.isMissingNode()
            ? path + " is missing"
            : path + " is not " + expected + ", as the engine documents it";
    return new Unanswerable(
        new Verdict(Outcome.UNKNOWN, List.of(evidence(path, node)), reason, null));
  }
}
