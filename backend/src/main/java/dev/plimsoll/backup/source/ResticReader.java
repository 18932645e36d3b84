package dev.plimsoll.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads restic repositories with restic itself, without taking their lock. */
final class ResticReader implements SnapshotReader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIST_LIMIT = Duration.ofMinutes(10);
  private static final Duration SIZE_LIMIT = Duration.ofMinutes(5);
  private static final Duration CHECK_LIMIT = Duration.ofHours(2);
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");
  private static final int MOST_ANSWER_BYTES = 1 << 20;

  private final Programs programs;
  private final String program;

  /**
   * Reads with a program.
   *
   * @param program its name on the path, or where it lies
   */
  ResticReader(Programs programs, String program) {
    this.programs = programs;
    this.program = program;
  }

  @Override
  public void read(Access access, Consumer<Snapshot> each) throws SourceFailure {
    Integer shown =
        programs.run(
            call(access, LIST_LIMIT, "snapshots", "--json", "--no-lock"),
            output -> JsonItems.each(output, null, element -> each.accept(snapshot(element))),
            ended -> Diagnoses.restic(ended, access));
    assert shown >= 0;
  }

  @Override
  public OptionalLong bytes(Access access, String snapshotId) throws SourceFailure {
    JsonNode answer =
        programs.run(
            call(
                access,
                SIZE_LIMIT,
                "stats",
                "--json",
                "--no-lock",
                "--mode",
                "restore-size",
                checked(snapshotId)),
            output -> JSON.readTree(output.readNBytes(MOST_ANSWER_BYTES)),
            ended -> Diagnoses.restic(ended, access));
    JsonNode size = answer.path("total_size");
    return size.canConvertToLong() && size.asLong() >= 0
        ? OptionalLong.of(size.asLong())
        : OptionalLong.empty();
  }

  /**
   * Checks that the repository is whole: its index, its packs' sizes and all of its trees, and no
   * more of its data than that.
   *
   * @throws SourceFailure {@code DAMAGED} if it is not; another one if it could not be checked
   */
  void check(Access access) throws SourceFailure {
    StringBuilder said = new StringBuilder();
    String all =
        programs.run(
            call(access, CHECK_LIMIT, "check", "--no-lock"),
            output -> said.append(text(output)).toString(),
            ended -> {
              SourceFailure failure = Diagnoses.restic(ended, access);
              return failure.fault() == SourceFault.UNREADABLE
                  ? new SourceFailure(
                      SourceFault.DAMAGED,
                      "restic check found damage. Repair the repository, or begin a new one. It"
                          + " said: "
                          + Diagnoses.told(ended.errors() + " " + said, access))
                  : failure;
            });
    assert all != null;
  }

  /**
   * A call of restic; what opens the repository stands in its environment, where no list shows it.
   */
  Programs.Call call(Access access, Duration limit, String... arguments) {
    Map<String, String> environment = new TreeMap<>(access.environment());
    environment.put("RESTIC_REPOSITORY", access.location());
    environment.put("RESTIC_CACHE_DIR", programs.place("restic").toString());
    String password = access.password();
    if (password != null) {
      environment.put("RESTIC_PASSWORD", password);
    }
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(List.of(arguments));
    return new Programs.Call(command, environment, limit, 0);
  }

  /** A snapshot's ID that no program can take for anything else. */
  static String checked(String snapshotId) {
    if (!ID.matcher(snapshotId).matches()) {
      throw new IllegalArgumentException("\"" + snapshotId + "\" is no ID of a snapshot");
    }
    return snapshotId;
  }

  static Snapshot snapshot(JsonNode json) throws IOException {
    String id = json.path("id").asString("");
    if (!ID.matcher(id).matches()) {
      throw new IOException("a snapshot without an ID");
    }
    Instant at = time(json.path("time").asString(""));
    Instant end = at;
    JsonNode summary = json.path("summary");
    if (summary.path("backup_end").isString()) { // restic 0.17 and later
      Instant told = time(summary.path("backup_end").stringValue());
      end = told.isBefore(at) ? at : told;
    }
    JsonNode size = summary.path("total_bytes_processed");
    return new Snapshot(
        id,
        at,
        end,
        json.path("hostname").isString() ? json.path("hostname").stringValue() : null,
        texts(json.path("tags")),
        texts(json.path("paths")),
        null,
        size.canConvertToLong() && size.asLong() >= 0 ? (Long) size.asLong() : null,
        null);
  }

  private static Instant time(String text) throws IOException {
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      throw new IOException("a snapshot without a time", e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.values().forEach(element -> texts.add(element.asString("")));
    return texts;
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readNBytes(MOST_ANSWER_BYTES), StandardCharsets.UTF_8);
  }
}
