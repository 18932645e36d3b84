package dev.plimsoll.fleet;

import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a JSON object field by field and gathers everything that is wrong, so that one answer names
 * it all: wrong types, what is missing, and fields that nobody asked for. End with {@link #check}.
 *
 * <p>For a partial change, {@link #has} tells a field set to null from one left out (RFC 7396).
 */
public final class JsonFields {
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
  public static JsonFields of(JsonNode body) {
    if (!body.isObject()) {
      throw new InvalidInput("body", "is not a JSON object. Send one in braces.");
    }
    return new JsonFields(body, "", new ArrayList<>());
  }

  /** Whether the field is there, be it null. */
  public boolean has(String name) {
    known.add(name);
    return node.has(name);
  }

  /** Whether the field is there and null. */
  public boolean isNull(String name) {
    return has(name) && value(name) == null;
  }

  /** Text, or null where it is left out or null. */
  public @Nullable String text(String name) {
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
  public String requiredText(String name) {
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
  public int integer(String name, int fallback) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return fallback;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      reject(name, Shown.of(value.toString()) + " is not a whole number.");
      return fallback;
    }
    return value.intValue();
  }

  /** A whole number, or null where it is left out or null. */
  public @Nullable Long whole(String name) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      reject(name, Shown.of(value.toString()) + " is not a whole number.");
      return null;
    }
    return value.longValue();
  }

  /** A number, or null where it is left out or null. */
  public @Nullable Double number(String name) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      reject(name, Shown.of(value.toString()) + " is not a number.");
      return null;
    }
    return value.doubleValue();
  }

  /** One of a few words, ignoring case, or null where it is left out or null. */
  public <E extends Enum<E>> @Nullable E word(String name, Class<E> words) {
    @Nullable String text = text(name);
    if (text == null) {
      return null;
    }
    for (E word : words.getEnumConstants()) {
      if (word.name().equalsIgnoreCase(text)) {
        return word;
      }
    }
    reject(
        name,
        "\"%s\" is not possible here. Give one of %s."
            .formatted(Shown.of(text), Arrays.toString(words.getEnumConstants())));
    return null;
  }

  /** True or false, or null where it is left out or null. */
  public @Nullable Boolean flag(String name) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      reject(name, Shown.of(value.toString()) + " is neither true nor false.");
      return null;
    }
    return value.booleanValue();
  }

  /** An instant, or null where it is left out or null. */
  public @Nullable Instant instant(String name) {
    @Nullable String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      reject(
          name, "\"" + Shown.of(text) + "\" is no instant. Give one such as 2026-03-01T12:00:00Z.");
      return null;
    }
  }

  /** Texts, or null where the field is left out or null. */
  public @Nullable List<String> texts(String name) {
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

  /** Texts, where one alone may stand without brackets; empty where it is left out or null. */
  public List<String> oneOrMoreTexts(String name) {
    @Nullable JsonNode value = value(name);
    if (value != null && value.isString()) {
      return List.of(value.stringValue());
    }
    @Nullable List<String> texts = texts(name);
    return texts == null ? List.of() : texts;
  }

  /** Texts by name, empty where the field is left out or null. */
  public Map<String, String> textMap(String name) {
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

  /**
   * A change of texts by name (RFC 7396): null takes one away; the field itself null, all of them.
   */
  public Function<Map<String, String>, Map<String, String>> textMapChange(String name) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return before -> Map.of();
    }
    if (!value.isObject()
        || !value.values().stream().allMatch(text -> text.isString() || text.isNull())) {
      reject(name, "is not an object of texts. Give it as {\"key\":\"value\"}.");
      return before -> before;
    }
    return before -> {
      Map<String, String> after = new TreeMap<>(before);
      value
          .properties()
          .forEach(
              entry -> {
                if (entry.getValue().isNull()) {
                  after.remove(entry.getKey());
                } else {
                  after.put(entry.getKey(), entry.getValue().stringValue());
                }
              });
      return after;
    };
  }

  /** JSON of a form that the caller checks, or null where the field is left out or null. */
  public @Nullable JsonNode json(String name) {
    return value(name);
  }

  /** The fields of an object within, or null where it is left out or null. */
  public @Nullable JsonFields object(String name) {
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
  public void rejectNull(String name) {
    if (isNull(name)) {
      reject(name, "cannot be null. Give a value, or leave it out.");
    }
  }

  /** Adds an error of the caller's own. */
  public void reject(String name, String message) {
    errors.add(new FieldError(prefix + name, message));
  }

  /**
   * Ends reading.
   *
   * @throws InvalidInput if anything was wrong
   */
  public void check() {
    rejectUnknown();
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }

  private void rejectUnknown() {
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        reject(Shown.of(name), "is not a field of this object. Leave it out.");
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
