package dev.plimsoll.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A restic repository of the real program's making. */
public final class ResticRepository {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Path home;
  private final Path directory;
  private final Path cache;
  private final String password;

  private ResticRepository(Path home, String password) {
    this.home = home;
    this.directory = home.resolve("repository");
    this.cache = home.resolve("cache");
    this.password = password;
  }

  /**
   * Makes one.
   *
   * @param home directory for it and its cache
   */
  public static ResticRepository init(Path home, String password) {
    ResticRepository repository = new ResticRepository(home, password);
    repository.run("init");
    return repository;
  }

  /** Where it lies. */
  public String location() {
    return directory.toString();
  }

  /** What opens it. */
  public String password() {
    return password;
  }

  /**
   * Backs up a directory.
   *
   * @param at the time that the snapshot bears, in whole seconds; null for now
   * @return the snapshot's ID
   */
  public String backup(Path data, @Nullable Instant at, String host, String... tags) {
    List<String> arguments = new ArrayList<>(List.of("backup", "--json", "--host", host));
    if (at != null) {
      arguments.addAll(List.of("--time", TIME.format(at)));
    }
    for (String tag : tags) {
      arguments.addAll(List.of("--tag", tag));
    }
    arguments.add(data.toString());
    String output = run(arguments.toArray(String[]::new)).strip();
    String summary = output.substring(output.lastIndexOf('\n') + 1);
    String begin = new JsonMapper().readTree(summary).path("snapshot_id").stringValue();
    return run("list", "snapshots", "--no-lock")
        .lines()
        .filter(id -> id.startsWith(begin))
        .findFirst()
        .orElseThrow();
  }

  /** Forgets a snapshot. */
  public void forget(String snapshotId) {
    run("forget", snapshotId);
  }

  /** Its packs, largest first. */
  public List<Path> packs() {
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      return files
          .filter(Files::isRegularFile)
          .sorted(Comparator.comparingLong((Path file) -> file.toFile().length()).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Programs.require("restic"));
    command.addAll(List.of(arguments));
    return Programs.run(
        home,
        Map.of(
            "RESTIC_REPOSITORY",
            directory.toString(),
            "RESTIC_PASSWORD",
            password,
            "RESTIC_CACHE_DIR",
            cache.toString(),
            "TZ",
            "UTC"),
        command);
  }
}
