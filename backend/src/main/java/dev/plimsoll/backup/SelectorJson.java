package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.fleet.Shown;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Selectors as JSON: in requests, in answers and in the table. What is not said is left out. */
public final class SelectorJson {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LONGEST = 300;
  private static final int MOST = 100;

  private SelectorJson() {}

  /**
   * Reads a selector.
   *
   * @throws InvalidInput naming each field that is unknown or wrong
   */
  public static Selector read(JsonNode json) {
    JsonFields fields = JsonFields.of(json);
    Selector selector = read(fields);
    fields.check();
    return selector;
  }

  /** Reads a selector within another object; what is wrong, the fields tell at their check. */
  public static Selector read(JsonFields fields) {
    return new Selector(
        kinds(fields),
        bounded(fields, "group"),
        bounded(fields, "environment"),
        texts(fields, "hosts", "host"),
        map(fields, "hostLabels"),
        map(fields, "labels"),
        texts(fields, "names", "name"),
        bounded(fields, "project"),
        fields.flag("anonymous"));
  }

  /** Reads what {@link #text} wrote. */
  public static Selector parse(String text) {
    return read(MAPPER.readTree(text));
  }

  /** The same selector as JSON; {@link #read} makes it again. */
  public static ObjectNode write(Selector selector) {
    ObjectNode json = MAPPER.createObjectNode();
    array(json, "kinds", selector.kinds().stream().sorted().map(DataKind::word).toList());
    text(json, "group", selector.group());
    text(json, "environment", selector.environment());
    array(json, "hosts", selector.hosts());
    object(json, "hostLabels", selector.hostLabels());
    object(json, "labels", selector.labels());
    array(json, "names", selector.names());
    text(json, "project", selector.project());
    Boolean anonymous = selector.anonymous();
    if (anonymous != null) {
      json.put("anonymous", anonymous);
    }
    return json;
  }

  /** The same as text, always the same for equal selectors. */
  public static String text(Selector selector) {
    return write(selector).toString();
  }

  private static Set<DataKind> kinds(JsonFields fields) {
    Set<DataKind> kinds = EnumSet.noneOf(DataKind.class);
    for (String word : fields.oneOrMoreTexts("kinds")) {
      Arrays.stream(DataKind.values())
          .filter(kind -> kind.word().equalsIgnoreCase(word))
          .findFirst()
          .ifPresentOrElse(
              kinds::add,
              () ->
                  fields.reject(
                      "kinds",
                      "\"%s\" is no kind of data. Give volume, directory, layer or swarm."
                          .formatted(Shown.of(word))));
    }
    return kinds;
  }

  private static List<String> texts(JsonFields fields, String many, String one) {
    List<String> texts =
        Stream.concat(fields.oneOrMoreTexts(many).stream(), singular(fields, one)).toList();
    if (texts.size() > MOST) {
      fields.reject(many, "has %d patterns. Give at most %d.".formatted(texts.size(), MOST));
    }
    texts.forEach(text -> bound(fields, many, text));
    return texts;
  }

  private static Stream<String> singular(JsonFields fields, String name) {
    return Stream.ofNullable(fields.text(name));
  }

  private static Map<String, String> map(JsonFields fields, String name) {
    Map<String, String> texts = fields.textMap(name);
    if (texts.size() > MOST) {
      fields.reject(name, "has %d labels. Give at most %d.".formatted(texts.size(), MOST));
    }
    texts.forEach(
        (key, value) -> {
          bound(fields, name, key);
          if (!value.isEmpty()) {
            bound(fields, name, value);
          }
        });
    return texts;
  }

  private static @Nullable String bounded(JsonFields fields, String name) {
    String text = fields.text(name);
    if (text != null) {
      bound(fields, name, text);
    }
    return text;
  }

  private static void bound(JsonFields fields, String name, String text) {
    if (text.isBlank()) {
      fields.reject(name, "is empty. Give a text, or leave it out to mean everything.");
    } else if (text.length() > LONGEST) {
      fields.reject(
          name, "has a text of %d characters. Give at most %d.".formatted(text.length(), LONGEST));
    } else if (text.indexOf('\0') >= 0) {
      fields.reject(name, "holds a NUL character. Leave it out.");
    }
  }

  private static void text(ObjectNode json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, text);
    }
  }

  private static void array(ObjectNode json, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode array = json.putArray(name);
      texts.forEach(array::add);
    }
  }

  private static void object(ObjectNode json, String name, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      ObjectNode object = json.putObject(name);
      new TreeMap<>(texts).forEach(object::put);
    }
  }
}
