package dev.plimsoll.backup.source;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads borg repositories with borg itself, without taking their lock. */
final class BorgReader implements SnapshotReader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIST_LIMIT = Duration.ofMinutes(10);
  private static final Duration SIZE_LIMIT = Duration.ofMinutes(5);
  private static final int MOST_ANSWER_BYTES = 16 << 20;

  private static final int WARNINGS = 1;

  private final Programs programs;
  private final String program;

  BorgReader(Programs programs, String program) {
    this.programs = programs;
    this.program = program;
  }

  @Override
  public void read(Access access, Consumer<Snapshot> each) throws SourceFailure {
    Integer shown =
        programs.run(
            // The format adds its keys to what the JSON says.
            call(
                access,
                LIST_LIMIT,
                "list",
                "--json",
                "--bypass-lock",
                "--format",
                "{hostname}{end}"),
            output -> JsonItems.each(output, "archives", item -> each.accept(snapshot(item))),
            ended -> Diagnoses.borg(ended, access));
    assert shown >= 0;
  }

  @Override
  public OptionalLong bytes(Access access, String archive) throws SourceFailure {
    JsonNode answer =
        programs.run(
            call(access, SIZE_LIMIT, "info", "--json", "--bypass-lock", "::" + archive),
            output -> JSON.readTree(output.readNBytes(MOST_ANSWER_BYTES)),
            ended -> Diagnoses.borg(ended, access));
    JsonNode size = answer.path("archives").path(0).path("stats").path("original_size");
    return size.canConvertToLong() && size.asLong() >= 0
        ? OptionalLong.of(size.asLong())
        : OptionalLong.empty();
  }

  private Programs.Call call(Access access, Duration limit, String... arguments) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("BORG_REPO", access.location());
    environment.put("BORG_BASE_DIR", programs.place("borg").toString());
    environment.put("BORG_PASSPHRASE", access.password() == null ? "" : access.password());
    environment.put("BORG_RSH", "ssh -oBatchMode=yes");
    // It is only read, and nobody is there to be asked.
    environment.put("BORG_RELOCATED_REPO_ACCESS_IS_OK", "yes");
    environment.put("BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK", "yes");
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(List.of(arguments));
    return new Programs.Call(command, environment, limit, WARNINGS);
  }

  static Snapshot snapshot(JsonNode json) throws IOException {
    String name = json.path("name").asString("");
    if (name.isEmpty()) {
      throw new IOException("an archive without a name");
    }
    Instant start = time(json.path("start").asString(json.path("time").asString("")));
    Instant end = json.path("end").isString() ? time(json.path("end").stringValue()) : start;
    String hostname = json.path("hostname").asString("");
    return new Snapshot(
        name,
        start,
        end.isBefore(start) ? start : end,
        hostname.isEmpty() ? null : hostname,
        List.of(),
        List.of(),
        name,
        null,
        null);
  }

  /** Local times, and the program is told that it is in UTC. */
  private static Instant time(String text) throws IOException {
    try {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IOException("an archive without a time", e);
    }
  }
}
