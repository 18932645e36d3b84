package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.HostFilePaths;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.HostCommand;
import dev.plimsoll.collect.connect.HostCommands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a host's own files and settings with fixed commands and reduces them to what checks look
 * at, so that a host on which nothing changed gives the same document again. What could not be read
 * is missing, and {@code unread} says why under the field's name or the file's path.
 */
final class HostFilesReader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int NO_SUCH_KEY = 2; // of getent(1)
  private static final int MOST_ENTRIES = 500;
  private static final int LONGEST_LINE = 1_000;
  private static final List<String> TLS_OPTIONS = List.of("tlscacert", "tlscert", "tlskey");
  private static final Set<String> OF_THIS_HOST =
      Set.of("files", "compat", "systemd", "altfiles", "mymachines", "myhostname", "db");

  /** Ports of engines and of swarms; what else listens comes and goes and is nobody's evidence. */
  private static final Set<String> ENGINE_PORTS = Set.of("2375", "2376", "2377", "7946");

  private static final Pattern COMPLAINT =
      Pattern.compile("'?(/[^':]*)'?: (No such file or directory|Not a directory|[^:]+)$");
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,5}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
  private static final Pattern OCTAL_ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  private final HostCommands host;
  private final @Nullable String dataDirectory;
  private final ObjectNode found = JsonNodeFactory.instance.objectNode();
  private final Map<String, Reading.Unread> unread = new TreeMap<>();
  private final Map<String, JsonNode> files = new TreeMap<>();

  /**
   * A reader of one host.
   *
   * @param dataDirectory the engine's data directory; null if the engine did not say
   */
  HostFilesReader(HostCommands host, @Nullable String dataDirectory) {
    this.host = host;
    this.dataDirectory = dataDirectory;
  }

  /** Everything, unmasked. */
  ObjectNode read() {
    fixedFiles();
    registryCertificates();
    tlsFiles(daemonJson());
    audit();
    dockerGroup();
    accountDirectories();
    mounts();
    listening();
    return document(found, files, unread);
  }

  /** The document of a host on which no command could be run. */
  static ObjectNode unreachable(Reading.Unread problem) {
    Map<String, Reading.Unread> all = new TreeMap<>();
    for (String field :
        List.of(
            "files",
            "tls",
            "audit",
            "dockerGroup",
            "accountDirectories",
            "daemonJson",
            "daemonCommands",
            "mounts",
            "listening")) {
      all.put(field, problem);
    }
    return document(JsonNodeFactory.instance.objectNode(), new TreeMap<>(), all);
  }

  private static ObjectNode document(
      ObjectNode found, Map<String, JsonNode> files, Map<String, Reading.Unread> unread) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode ssh = document.putObject("ssh");
    ssh.setAll(found);
    ObjectNode all = ssh.putObject("files");
    files.forEach(all::set);
    ObjectNode problems = ssh.putObject("unread");
    unread.forEach(
        (name, problem) ->
            problems
                .putObject(name)
                .put("call", problem.call())
                .put("status", problem.status())
                .put("detail", problem.detail()));
    return document;
  }

  private void fixedFiles() {
    HostCommands.Output output = run("files", HostCommand.STAT, "");
    if (output != null) {
      keepFiles(output, HostCommand.STAT, HostFilePaths.all());
    }
  }

  private void registryCertificates() {
    String directory = HostFilePaths.REGISTRY_CERTIFICATES;
    JsonNode itself = files.get(directory);
    if (itself == null || itself.isNull()) {
      return;
    }
    HostCommands.Output output = run(directory, HostCommand.STAT_REGISTRY_CERTIFICATES, "");
    if (output == null) {
      return;
    }
    int before = files.size();
    for (String line : lines(output.text())) {
      Stat stat = Stat.parse(line);
      if (stat == null || !stat.path().startsWith(directory + "/")) {
        unread(directory, HostCommand.STAT_REGISTRY_CERTIFICATES, output, "an odd file name");
      } else if (files.size() - before >= MOST_ENTRIES) {
        unread(
            directory,
            HostCommand.STAT_REGISTRY_CERTIFICATES,
            output,
            "more than " + MOST_ENTRIES + " files");
        return;
      } else {
        files.put(stat.path(), stat.json());
      }
    }
    if (output.status() != 0) {
      unread(directory, HostCommand.STAT_REGISTRY_CERTIFICATES, output, "");
    }
  }

  private void keepFiles(HostCommands.Output output, HostCommand command, List<String> asked) {
    Set<String> wanted = new HashSet<>(asked);
    for (String line : lines(output.text())) {
      Stat stat = Stat.parse(line);
      if (stat != null && wanted.remove(stat.path())) {
        files.put(stat.path(), stat.json());
      }
    }
    for (String line : lines(output.complaint())) {
      Matcher complaint = COMPLAINT.matcher(line);
      if (complaint.find() && wanted.remove(complaint.group(1))) {
        if (isAbsence(complaint.group(2))) {
          files.put(complaint.group(1), JsonNodeFactory.instance.nullNode());
        } else {
          unread(complaint.group(1), command, output, complaint.group(2));
        }
      }
    }
    wanted.forEach(path -> unread(path, command, output, ""));
  }

  private @Nullable JsonNode daemonJson() {
    HostCommands.Output output = run("daemonJson", HostCommand.DAEMON_JSON, "");
    if (output == null) {
      return null;
    }
    if (output.status() != 0) {
      if (isAbsence(output.complaint())) {
        return found.putObject("daemonJson");
      }
      unread("daemonJson", HostCommand.DAEMON_JSON, output, "");
      return null;
    }
    try {
      JsonNode json =
          output.text().isBlank() ? JSON.createObjectNode() : JSON.readTree(output.text());
      if (json.isObject()) {
        found.set("daemonJson", json);
        return json;
      }
    } catch (JacksonException e) {
      // falls through to what is said of everything that is no JSON object
    }
    unread("daemonJson", HostCommand.DAEMON_JSON, output, "the file is no JSON object");
    return null;
  }

  /** Which certificate files the engine was given: in its configuration or on its command line. */
  private void tlsFiles(@Nullable JsonNode daemonJson) {
    HostCommands.Output output = run("daemonCommands", HostCommand.ENGINE_COMMANDS, "");
    List<String> engines = List.of();
    if (output != null) {
      engines = lines(output.text());
      if (output.status() != 0 && !(engines.isEmpty() && output.complaint().isBlank())) {
        unread("daemonCommands", HostCommand.ENGINE_COMMANDS, output, "");
      } else {
        ArrayNode kept = found.putArray("daemonCommands");
        engines.stream().limit(MOST_ENTRIES).forEach(line -> kept.add(cut(line.strip())));
      }
    }
    for (String field : List.of("daemonJson", "daemonCommands")) {
      Reading.Unread problem = unread.get(field);
      if (problem != null) {
        unread.put("tls", problem);
        return;
      }
    }
    if (output == null || daemonJson == null) {
      return;
    }
    if (engines.size() != 1) {
      String why = engines.size() + " engines run on the host, not one";
      unread("tls", HostCommand.ENGINE_COMMANDS, output, why);
      return;
    }
    List<String> arguments = List.of(engines.getFirst().strip().split("\\s+"));
    boolean tls =
        daemonJson.path("tls").asBoolean(false)
            || daemonJson.path("tlsverify").asBoolean(false)
            || arguments.stream().anyMatch(word -> word.matches("--tls(verify)?(=true|=1)?"));
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    List<String> paths = new ArrayList<>();
    for (String option : TLS_OPTIONS) {
      String path = daemonJson.path(option).asString(argument(arguments, option));
      if (path.isEmpty() && tls) {
        path = "/root/.docker/" + option.substring("tls".length()).replace("cacert", "ca") + ".pem";
      }
      if (path.isEmpty()) {
        named.putNull(option);
      } else if (path.startsWith("/") && path.length() <= LONGEST_LINE && path.indexOf(0) < 0) {
        named.put(option, path);
        paths.add(path);
      } else {
        unread("tls", HostCommand.ENGINE_COMMANDS, output, option + " is no absolute path");
        return;
      }
    }
    found.set("tls", named);
    List<String> unknown = paths.stream().filter(path -> !files.containsKey(path)).toList();
    if (!unknown.isEmpty()) {
      HostCommands.Output stat =
          run("tlsFiles", HostCommand.STAT_NAMED, String.join("\0", unknown) + "\0");
      if (stat != null) {
        keepFiles(stat, HostCommand.STAT_NAMED, unknown);
      } else {
        Reading.Unread problem = unread.remove("tlsFiles");
        if (problem != null) {
          unknown.forEach(path -> unread.put(path, problem));
        }
      }
    }
  }

  private static String argument(List<String> arguments, String option) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.startsWith("--" + option + "=")) {
        return word.substring(option.length() + 3);
      }
      if (word.equals("--" + option) && i + 1 < arguments.size()) {
        return arguments.get(i + 1);
      }
    }
    return "";
  }

  /** The kernel's own list if it may be read, else the files that it is loaded from. */
  private void audit() {
    HostCommands.Output live = run("audit", HostCommand.AUDIT_RULES, "");
    if (live != null && live.status() == 0) {
      rules(live, HostCommand.AUDIT_RULES);
      return;
    }
    HostCommands.Output kept = run("audit", HostCommand.AUDIT_RULE_FILES, "");
    if (kept == null) {
      return;
    }
    List<String> complaints = lines(kept.complaint());
    if (kept.status() == 0 || complaints.stream().allMatch(HostFilesReader::isAbsence)) {
      unread.remove("audit");
      rules(kept, HostCommand.AUDIT_RULE_FILES);
    } else if (live != null) {
      unread("audit", HostCommand.AUDIT_RULES, live, "");
    } else {
      unread("audit", HostCommand.AUDIT_RULE_FILES, kept, "");
    }
  }

  private void rules(HostCommands.Output output, HostCommand command) {
    LinkedHashSet<String> rules = new LinkedHashSet<>();
    for (String line : lines(output.text())) {
      String rule = line.strip();
      if (!rule.startsWith("#") && rule.matches(".*(-w\\s|path=|dir=).*")) {
        rules.add(cut(rule));
      }
    }
    if (rules.size() > MOST_ENTRIES) {
      unread("audit", command, output, "more than " + MOST_ENTRIES + " rules");
      return;
    }
    ArrayNode kept = found.putArray("audit");
    rules.forEach(kept::add);
  }

  private void dockerGroup() {
    HostCommands.Output group = run("dockerGroup", HostCommand.DOCKER_GROUP, "");
    if (group == null) {
      return;
    }
    if (group.status() == NO_SUCH_KEY) {
      found.putNull("dockerGroup");
      return;
    }
    // name:password:id:members (group(5))
    String[] fields = group.text().strip().split(":", -1);
    if (group.status() != 0 || fields.length != 4 || !NUMBER.matcher(fields[2]).matches()) {
      unread("dockerGroup", HostCommand.DOCKER_GROUP, group, "");
      return;
    }
    HostCommands.Output accounts = run("dockerGroup", HostCommand.ACCOUNTS, "");
    if (accounts == null) {
      return;
    }
    if (accounts.status() != 0) {
      unread("dockerGroup", HostCommand.ACCOUNTS, accounts, "");
      return;
    }
    TreeSet<String> members = new TreeSet<>();
    for (String member : fields[3].split(",", -1)) {
      if (!member.isBlank()) {
        members.add(cut(member.strip()));
      }
    }
    for (String line : lines(accounts.text())) {
      // name:password:user:group:… (passwd(5))
      String[] account = line.split(":", -1);
      if (account.length >= 4 && account[3].equals(fields[2])) {
        members.add(cut(account[0]));
      }
    }
    if (members.size() > MOST_ENTRIES) {
      unread(
          "dockerGroup", HostCommand.DOCKER_GROUP, group, "more than " + MOST_ENTRIES + " members");
      return;
    }
    ArrayNode kept = found.putArray("dockerGroup");
    members.forEach(kept::add);
  }

  /** Where accounts come from beside the host's own files (nsswitch.conf(5)). */
  private void accountDirectories() {
    HostCommands.Output output = run("accountDirectories", HostCommand.ACCOUNT_SOURCES, "");
    if (output == null) {
      return;
    }
    if (output.status() != 0 && !isAbsence(output.complaint())) {
      unread("accountDirectories", HostCommand.ACCOUNT_SOURCES, output, "");
      return;
    }
    TreeSet<String> sources = new TreeSet<>();
    for (String line : lines(output.text())) {
      String[] words = line.replaceFirst("#.*", "").strip().split("[\\s:]+");
      if (words[0].equals("passwd") || words[0].equals("group")) {
        for (int i = 1; i < words.length && sources.size() < MOST_ENTRIES; i++) {
          if (!OF_THIS_HOST.contains(words[i]) && words[i].matches("[A-Za-z][A-Za-z0-9_-]*")) {
            sources.add(cut(words[i]));
          }
        }
      }
    }
    ArrayNode kept = found.putArray("accountDirectories");
    sources.forEach(kept::add);
  }

  /** Mount points on the way to the engine's data: the others come and go with containers. */
  private void mounts() {
    HostCommands.Output output = run("mounts", HostCommand.MOUNTS, "");
    if (output == null) {
      return;
    }
    if (output.status() != 0 || output.text().isBlank()) {
      unread("mounts", HostCommand.MOUNTS, output, "");
      return;
    }
    if (dataDirectory == null) {
      unread("mounts", HostCommand.MOUNTS, output, "the engine does not say where its data lies");
      return;
    }
    TreeSet<String> points = new TreeSet<>();
    for (String line : lines(output.text())) {
      String[] words = line.split(" ");
      if (words.length > 1) {
        String point = unescaped(words[1]);
        if (point.equals("/")
            || dataDirectory.equals(point)
            || dataDirectory.startsWith(point + "/")) {
          points.add(cut(point));
        }
      }
    }
    ArrayNode kept = found.putArray("mounts");
    points.forEach(kept::add);
  }

  private void listening() {
    HostCommands.Output output = run("listening", HostCommand.LISTENING, "");
    if (output == null) {
      return;
    }
    if (output.status() != 0) {
      unread("listening", HostCommand.LISTENING, output, "");
      return;
    }
    TreeSet<String> addresses = new TreeSet<>();
    for (String line : lines(output.text())) {
      String[] words = line.strip().split("\\s+");
      String local = words.length > 3 ? words[3] : "";
      if (ENGINE_PORTS.contains(local.substring(local.lastIndexOf(':') + 1))) {
        addresses.add(cut(local));
      }
    }
    ArrayNode kept = found.putArray("listening");
    addresses.stream().limit(MOST_ENTRIES).forEach(kept::add);
  }

  private HostCommands.@Nullable Output run(String field, HostCommand command, String input) {
    try {
      return host.run(command, input);
    } catch (EngineCallException e) {
      String detail = e.getMessage();
      unread.put(field, new Reading.Unread(e.call(), e.status(), detail == null ? "" : detail));
      return null;
    }
  }

  private void unread(String field, HostCommand command, HostCommands.Output output, String why) {
    String detail = why.isEmpty() ? oneLine(output.complaint()) : why;
    unread.put(field, new Reading.Unread(command.call(), output.status(), detail));
  }

  private static boolean isAbsence(String complaint) {
    return complaint.contains("No such file or directory")
        || complaint.contains("Not a directory")
        || complaint.contains("no matches found"); // zsh, of a pattern
  }

  /** What a command complained, in one line that can be shown. */
  private static String oneLine(String complaint) {
    String first = lines(complaint).stream().findFirst().orElse("");
    String printable = first.replaceAll("\\p{Cntrl}", " ").strip();
    return printable.length() <= 200 ? printable : printable.substring(0, 199) + "…";
  }

  private static String cut(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE);
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  /** Mount points hold blanks as octal numbers (proc_pid_mounts(5)). */
  private static String unescaped(String word) {
    return OCTAL_ESCAPE
        .matcher(word)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
  }

  /** One line of stat: a file's owner and mode. */
  private record Stat(String path, JsonNode json) {
    /** A link to /dev/null is how systemd masks a unit: there is none then. */
    private static final String DEVICE = "character special file";

    static @Nullable Stat parse(String line) {
      String[] fields = line.split("\\" + HostCommand.SEPARATOR, 7);
      if (fields.length < 7
          || !NUMBER.matcher(fields[0]).matches()
          || !NUMBER.matcher(fields[1]).matches()
          || !OCTAL.matcher(fields[2]).matches()
          || !fields[6].startsWith("/")
          || fields[6].length() > LONGEST_LINE) {
        return null;
      }
      if (fields[3].equals(DEVICE)) {
        return new Stat(fields[6], JsonNodeFactory.instance.nullNode());
      }
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("uid", Long.parseLong(fields[0]));
      json.put("gid", Long.parseLong(fields[1]));
      json.put("user", cut(fields[4]));
      json.put("group", cut(fields[5]));
      json.put("mode", fields[2]);
      return new Stat(fields[6], json);
    }
  }
}
