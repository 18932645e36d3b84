package dev.plimsoll.api;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a JSON object field by field and gathers everything that is wrong, so that one answer names
 * it all: wrong types, what is missing, and fields that nobody asked for. End with {@link #check}.
 *
 * <p>For a partial change, {@link #has} tells a field set to null from one left out (RFC 7396).
 */
final class JsonFields {
  private final JsonNode node;
  private final String prefix;
  private final List<FieldError> errors;
  private final Set<String> known = new HashSet<>();
  private final List<JsonFields> nested = new ArrayList<>();

  private JsonFields(JsonNode node, String prefix, List<FieldError> errors) {
    this.node = node;
    this.prefix = prefix;
    this.errors = errors;
  }

  /**
   * The fields of a request's body.
   *
   * @throws InvalidInput if it is no object
   */
  static JsonFields of(JsonNode body) {
    if (!body.isObject()) {
      throw new InvalidInput("body", "is not a JSON object. Send one in braces.");
    }
    return new JsonFields(body, "", new ArrayList<>());
  }

  /** Whether the field is there, be it null. */
  boolean has(String name) {
    known.add(name);
    return node.has(name);
  }

  /** Text, or null where it is left out or null. */
  @Nullable String text(String name) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      reject(name, "is not text. Put it in quotation marks.");
      return null;
    }
    return value.stringValue();
  }

  /** Text that has to be there; empty where it is not, and {@link #check} will say so. */
  String requiredText(String name) {
    @Nullable String text = text(name);
    if (text == null) {
      if (value(name) == null) {
        reject(name, "is missing. Give it as text.");
      }
      return "";
    }
    return text;
  }

  /** A whole number, or the fallback where it is left out or null. */
  int integer(String name, int fallback) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return fallback;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      reject(name, Shortened.of(value.toString()) + " is not a whole number.");
      return fallback;
    }
    return value.intValue();
  }

  /** True or false, or null where it is left out or null. */
  @Nullable Boolean flag(String name) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      reject(name, Shortened.of(value.toString()) + " is neither true nor false.");
      return null;
    }
    return value.booleanValue();
  }

  /** An instant, or null where it is left out or null. */
  @Nullable Instant instant(String name) {
    @Nullable String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      reject(
          name,
          "\"" + Shortened.of(text) + "\" is no instant. Give one such as 2026-03-01T12:00:00Z.");
      return null;
    }
  }

  /** Texts, or null where the field is left out or null. */
  @Nullable List<String> texts(String name) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    if (!value.isArray() || !value.values().stream().allMatch(JsonNode::isString)) {
      reject(name, "is not a list of texts. Put them in brackets and quotation marks.");
      return texts;
    }
    value.values().forEach(element -> texts.add(element.stringValue()));
    return texts;
  }

  /** Texts by name, empty where the field is left out or null. */
  Map<String, String> textMap(String name) {
    @Nullable JsonNode value = value(name);
    Map<String, String> texts = new TreeMap<>();
    if (value == null) {
      return texts;
    }
    if (!value.isObject() || !value.values().stream().allMatch(JsonNode::isString)) {
      reject(name, "is not an object of texts. Give it as {\"key\":\"value\"}.");
      return texts;
    }
    value.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().stringValue()));
    return texts;
  }

  /** The fields of an object within, or null where it is left out or null. */
  @Nullable JsonFields object(String name) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      reject(name, "is not a JSON object. Give it in braces.");
      return null;
    }
    JsonFields fields = new JsonFields(value, prefix + name + ".", errors);
    nested.add(fields);
    return fields;
  }

  /** Refuses a field that is set to null where only a value or leaving it out makes sense. */
  void rejectNull(String name) {
    if (has(name) && value(name) == null) {
      reject(name, "cannot be null. Give a value, or leave it out.");
    }
  }

  /** Adds an error of the caller's own. */
  void reject(String name, String message) {
    errors.add(new FieldError(prefix + name, message));
  }

  /**
   * Ends reading.
   *
   * @throws InvalidInput if anything was wrong
   */
  void check() {
    rejectUnknown();
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }

  private void rejectUnknown() {
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        reject(Shortened.of(name), "is not a field of this object. Leave it out.");
      }
    }
    nested.forEach(JsonFields::rejectUnknown);
  }

  private @Nullable JsonNode value(String name) {
    known.add(name);
    @Nullable JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
