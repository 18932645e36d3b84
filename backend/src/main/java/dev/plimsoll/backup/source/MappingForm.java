package dev.plimsoll.backup.source;

import dev.plimsoll.backup.SourceType;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a mapping as people write it, and gathers everything that is wrong with it. */
final class MappingForm {
  private static final int MOST_RULES = 100;
  private static final int MOST_NAMES = 1000;
  private static final int LONGEST_TEXT = 500;
  private static final Set<String> FIELDS = Set.of("host", "hosts", "rules");
  private static final Set<String> RULE_FIELDS =
      Set.of("tag", "path", "archive", "as", "host", "volumes", "directories");

  /** A tag, then a volume's own directory under any data root, then whatever path it is. */
  private static final List<Rule> RESTIC =
      List.of(
          plain(Rule.Of.TAG, "volume={volume}"),
          plain(Rule.Of.PATH, "{*}/volumes/{volume}/_data"),
          plain(Rule.Of.PATH, "{path}"));

  private static final List<Rule> BORG =
      List.of(
          plain(Rule.Of.ARCHIVE, "{host}-{volume}-{time}"),
          plain(Rule.Of.ARCHIVE, "{volume}-{time}"));

  private final List<FieldError> errors = new ArrayList<>();

  Mapping read(SourceType type, @Nullable JsonNode json) {
    if (json == null || json.isNull()) {
      Mapping usual = new Mapping(null, Map.of(), usual(type));
      check();
      return usual;
    }
    if (!json.isObject()) {
      throw new InvalidInput("mapping", "is not a JSON object. Give it in braces.");
    }
    unknown("mapping.", json, FIELDS);
    Mapping mapping =
        new Mapping(text("mapping.host", json.get("host")), hosts(json), rules(type, json));
    check();
    return mapping;
  }

  private List<Rule> usual(SourceType type) {
    return switch (type) {
      case RESTIC -> RESTIC;
      case BORG -> BORG;
      case ARCHIVES, HEARTBEAT -> {
        reject(
            "mapping.rules",
            "is missing. The files say nothing by themselves: give rules such as"
                + " {\"archive\":\"backup-{time}.tar.gz\",\"host\":\"web-1\",\"volumes\":[\"data\"]}.");
        yield List.of();
      }
    };
  }

  private Map<String, String> hosts(JsonNode json) {
    Map<String, String> hosts = new TreeMap<>();
    JsonNode given = json.get("hosts");
    if (given == null || given.isNull()) {
      return hosts;
    }
    if (!given.isObject() || given.size() > MOST_NAMES) {
      reject(
          "mapping.hosts",
          "is not an object of at most "
              + MOST_NAMES
              + " texts. Give it as {\"name in the snapshots\":\"name of the host\"}.");
      return hosts;
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String name = text("mapping.hosts." + Shown.of(entry.getKey()), entry.getValue());
      if (name != null) {
        hosts.put(entry.getKey(), name);
      }
    }
    return hosts;
  }

  private List<Rule> rules(SourceType type, JsonNode json) {
    JsonNode given = json.get("rules");
    if (given == null || given.isNull()) {
      return usual(type);
    }
    if (!given.isArray() || given.isEmpty() || given.size() > MOST_RULES) {
      reject("mapping.rules", "is not a list of 1 to " + MOST_RULES + " rules.");
      return List.of();
    }
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Rule rule = rule("mapping.rules[" + i + "]", given.get(i));
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private @Nullable Rule rule(String field, JsonNode json) {
    if (!json.isObject()) {
      reject(field, "is not a JSON object. Give it in braces.");
      return null;
    }
    unknown(field + ".", json, RULE_FIELDS);
    Rule.Of of = null;
    for (Rule.Of kind : Rule.Of.values()) {
      if (json.has(kind.word())) {
        if (of != null) {
          reject(field, "has more than one of tag, path and archive. Make a rule of each.");
          return null;
        }
        of = kind;
      }
    }
    if (of == null) {
      reject(field, "has none of tag, path and archive. Say what it looks at.");
      return null;
    }
    Template template = template(field + "." + of.word(), json.get(of.word()));
    Rule.As as = as(field + ".as", of, json.get("as"));
    String host = text(field + ".host", json.get("host"));
    List<String> volumes = texts(field + ".volumes", json.get("volumes"));
    List<String> directories = texts(field + ".directories", json.get("directories"));
    for (String directory : directories) {
      if (!directory.startsWith("/")) {
        reject(
            field + ".directories",
            "\"" + Shown.of(directory) + "\" is no absolute path. Begin it with a slash.");
      }
    }
    if (template == null) {
      return null;
    }
    Rule rule = new Rule(of, template, as, host, volumes, directories);
    if (!rule.namesData()) {
      reject(
          field,
          "does not say which data a match is. Use {volume}, {container} or {path} in it, or give"
              + " volumes, directories, or as.");
    }
    return rule;
  }

  private @Nullable Template template(String field, @Nullable JsonNode json) {
    String text = text(field, json);
    if (text == null) {
      if (json == null || json.isNull()) {
        reject(field, "is missing. Give it as text.");
      }
      return null;
    }
    try {
      return Template.of(text);
    } catch (IllegalArgumentException e) {
      reject(field, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Rule.@Nullable As as(String field, Rule.Of of, @Nullable JsonNode json) {
    String word = text(field, json);
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "directory" -> {
        if (of != Rule.Of.PATH) {
          reject(field, "can be directory only in a rule for paths. Give directories instead.");
        }
        yield Rule.As.DIRECTORY;
      }
      case "swarm" -> Rule.As.SWARM;
      default -> {
        reject(field, "\"" + Shown.of(word) + "\" is neither directory nor swarm.");
        yield null;
      }
    };
  }

  private List<String> texts(String field, @Nullable JsonNode json) {
    List<String> texts = new ArrayList<>();
    if (json == null || json.isNull()) {
      return texts;
    }
    if (!json.isArray() || json.size() > MOST_NAMES) {
      reject(field, "is not a list of at most " + MOST_NAMES + " texts.");
      return texts;
    }
    for (JsonNode element : json.values()) {
      String text = text(field, element);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  private @Nullable String text(String field, @Nullable JsonNode json) {
    if (json == null || json.isNull()) {
      return null;
    }
    if (!json.isString()
        || json.stringValue().isBlank()
        || json.stringValue().length() > LONGEST_TEXT
        || json.stringValue().chars().anyMatch(Character::isISOControl)) {
      reject(
          field,
          "is not a text of 1 to " + LONGEST_TEXT + " characters without control characters.");
      return null;
    }
    return json.stringValue();
  }

  private void unknown(String prefix, JsonNode json, Set<String> fields) {
    for (String name : json.propertyNames()) {
      if (!fields.contains(name)) {
        reject(prefix + Shown.of(name), "is not a field of this object. Leave it out.");
      }
    }
  }

  private void reject(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  private void check() {
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }

  private static Rule plain(Rule.Of of, String template) {
    return new Rule(of, Template.of(template), null, null, List.of(), List.of());
  }
}
