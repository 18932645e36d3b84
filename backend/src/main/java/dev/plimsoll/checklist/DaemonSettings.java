package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the engine was told when it started: its own file and its command line, as they were read
 * from the host. The API shows the effect of some settings and nothing of others.
 *
 * <p>An engine refuses to start with one setting in both places, so whichever has it decides. That
 * neither has it is known only where both were read.
 */
final class DaemonSettings {
  static final Field FILE = Field.of(".ssh.daemonJson");
  static final Field COMMANDS = Field.of(".ssh.daemonCommands");
  private static final Field FILE_UNREAD = Field.of(".ssh.unread.daemonJson");
  private static final Field COMMANDS_UNREAD = Field.of(".ssh.unread.daemonCommands");
  private static final String CONFIG_FILE = "--config-file";
  private static final String USUAL_FILE = "/etc/docker/daemon.json";

  private final Examination x;
  private final Source files;
  private final JsonNode file;

  private DaemonSettings(Examination x, Source files, JsonNode file) {
    this.x = x;
    this.files = files;
    this.file = file;
  }

  /**
   * Opens what was read of the host.
   *
   * @throws Unanswerable if the engine's file was not read
   */
  static DaemonSettings of(Examination x) {
    Reading reading = x.host().hostFiles();
    if (reading == null) {
      throw new Unanswerable(
          new Verdict(
              Outcome.UNKNOWN,
              List.of(new Evidence(USUAL_FILE, null, null)),
              "the API does not show this setting, and the host's files were not read",
              null));
    }
    Source files = x.open(reading);
    JsonNode file = files.peek(FILE);
    if (file.isMissingNode() && files.peek(FILE_UNREAD).isObject()) {
      throw Examination.partUnread(files.peek(FILE_UNREAD));
    }
    if (!file.isObject()) {
      throw files.unreadable(FILE.path(), file, "an object");
    }
    return new DaemonSettings(x, files, file);
  }

  /** A setting that holds text; empty if it is set nowhere. */
  String text(String name, String... options) {
    if (file.has(name)) {
      return files.textOf(FILE.member(name), inFile(name));
    }
    List<String> given = onCommandLine(options);
    return given.isEmpty() ? "" : given.getLast();
  }

  /** A setting that is on or off; missing if it is set nowhere. */
  JsonNode flag(String name, String option) {
    if (file.has(name)) {
      JsonNode value = inFile(name);
      if (!value.isBoolean()) {
        throw files.unreadable(FILE.member(name), value, "true or false");
      }
      return value;
    }
    List<String> given = onCommandLine(option);
    if (given.isEmpty()) {
      return MissingNode.getInstance();
    }
    return switch (given.getLast()) {
      case "", "true", "1" -> JsonNodeFactory.instance.booleanNode(true);
      case "false", "0" -> JsonNodeFactory.instance.booleanNode(false);
      default -> throw files.unreadable(COMMANDS.path(), files.peek(COMMANDS), "true or false");
    };
  }

  /** A setting that is a map, on the command line repeated as {@code name=value}. */
  JsonNode map(String name, String option) {
    if (file.has(name)) {
      JsonNode value = inFile(name);
      if (!value.isObject()) {
        throw files.unreadable(FILE.member(name), value, "an object");
      }
      return value;
    }
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    for (String entry : onCommandLine(option)) {
      int equals = entry.indexOf('=');
      map.put(equals < 0 ? entry : entry.substring(0, equals), entry.substring(equals + 1));
    }
    return map;
  }

  private JsonNode inFile(String name) {
    JsonNode value = file.path(name);
    x.keep(files.evidence(FILE.member(name), value));
    return value;
  }

  /** Values that an option was given, in order; an empty one for a bare option. */
  private List<String> onCommandLine(String... options) {
    if (files.peek(COMMANDS_UNREAD).isObject()) {
      throw Examination.partUnread(files.peek(COMMANDS_UNREAD));
    }
    JsonNode commands = files.array(COMMANDS);
    if (commands.size() != 1) {
      throw files.unreadable(COMMANDS.path(), commands, "one engine's command line");
    }
    List<String> words =
        List.of(files.textOf(COMMANDS.entry(0), commands.get(0)).strip().split("\\s+"));
    for (String other : values(words, CONFIG_FILE)) {
      if (!other.equals(USUAL_FILE)) {
        throw files.unreadable(COMMANDS.path(), commands, "one that reads " + USUAL_FILE);
      }
    }
    List<String> values = new ArrayList<>();
    for (String option : options) {
      values.addAll(values(words, option));
    }
    x.keep(files.evidence(FILE.path(), file));
    return values;
  }

  private static List<String> values(List<String> words, String option) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(option + "=")) {
        values.add(word.substring(option.length() + 1));
      } else if (word.equals(option)) {
        String next = i + 1 < words.size() ? words.get(i + 1) : "-";
        values.add(next.startsWith("-") ? "" : next);
      }
    }
    return values;
  }
}
