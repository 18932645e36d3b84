package dev.plimsoll.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.plimsoll.backup.SourceType;
import dev.plimsoll.testing.RequiresProgram;
import dev.plimsoll.testing.ResticRepository;
import dev.plimsoll.testing.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotReadersTest {
  private static final String PASSWORD = "correct horse";
  private static final Instant LAST_MONTH = Instant.parse("2026-02-01T02:00:00Z");

  @TempDir private Path home;
  private Path data;
  private Programs programs;

  @BeforeEach
  void make() throws IOException {
    programs = new Programs(home.resolve("portal"));
    data = Files.createDirectories(home.resolve("data"));
    Files.writeString(data.resolve("file"), "twelve bytes");
  }

  @AfterEach
  void close() {
    programs.close();
  }

  @Test
  @RequiresProgram("restic")
  @DisplayName("Restic: snapshots with host, tags and paths, and the size of each")
  void restic() throws SourceFailure {
    ResticRepository repository = ResticRepository.init(home, PASSWORD);
    String old = repository.backup(data, LAST_MONTH, "web", "volume=data", "host=web");
    String now = repository.backup(data, null, "db");
    SnapshotReader reader = new SnapshotReaders(programs, Clock.systemUTC()).of(SourceType.RESTIC);
    List<Snapshot> shown = read(reader, access(repository.location(), PASSWORD));

    assertThat(shown).extracting(Snapshot::id).containsExactlyInAnyOrder(old, now);
    Snapshot first = shown.stream().filter(s -> s.id().equals(old)).findFirst().orElseThrow();
    assertThat(first.startedAt()).isEqualTo(LAST_MONTH);
    assertThat(first.hostname()).isEqualTo("web");
    assertThat(first.tags()).containsExactly("volume=data", "host=web");
    assertThat(first.paths()).containsExactly(data.toString());
    assertThat(reader.bytes(access(repository.location(), PASSWORD), old)).hasValue(12);
  }

  @Test
  @RequiresProgram("restic")
  @DisplayName("Restic: a wrong password, nothing there, no server: each is told apart")
  void resticFailures() throws IOException {
    ResticRepository repository = ResticRepository.init(home, PASSWORD);
    SnapshotReader reader = new SnapshotReaders(programs, Clock.systemUTC()).of(SourceType.RESTIC);

    SourceFailure wrong = failure(reader, access(repository.location(), "wrong horse"));
    assertThat(wrong.fault()).isEqualTo(SourceFault.WRONG_PASSWORD);
    assertThat(wrong.sentence()).doesNotContain("wrong horse");
    assertThat(failure(reader, access(home.resolve("nowhere").toString(), PASSWORD)).fault())
        .isEqualTo(SourceFault.GONE);
    SourceFailure silent = failure(reader, access("rest:http://web:pa55@127.0.0.1:1/", PASSWORD));
    assertThat(silent.fault()).isEqualTo(SourceFault.UNREACHABLE);
    assertThat(silent.sentence()).doesNotContain("pa55");
  }

  @Test
  @RequiresProgram("restic")
  @DisplayName("Restic: a whole repository passes its check; one whose packs are cut does not")
  void check() throws Exception {
    ResticRepository repository = ResticRepository.init(home, PASSWORD);
    repository.backup(data, null, "web");
    SnapshotReaders readers = new SnapshotReaders(programs, Clock.systemUTC());
    Access access = access(repository.location(), PASSWORD);
    readers.check(access);

    for (Path pack : repository.packs()) {
      assertThat(pack.toFile().setWritable(true)).isTrue();
      try (FileChannel channel = FileChannel.open(pack, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() / 2);
      }
    }
    assertThatExceptionOfType(SourceFailure.class)
        .isThrownBy(() -> readers.check(access))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(SourceFault.DAMAGED));
  }

  @Test
  @RequiresProgram("borg")
  @DisplayName("Borg: archives with their host, times in UTC, and the size of each")
  void borg() throws Exception {
    Path repository = home.resolve("borg");
    borg("init", "--encryption=repokey", repository.toString());
    borg("create", repository + "::web-data-2026-03-01T02:00:00", data.toString());
    SnapshotReader reader = new SnapshotReaders(programs, Clock.systemUTC()).of(SourceType.BORG);
    List<Snapshot> shown = read(reader, access(repository.toString(), PASSWORD));

    assertThat(shown)
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.archive()).isEqualTo("web-data-2026-03-01T02:00:00");
              assertThat(s.hostname()).isNotBlank();
              assertThat(Duration.between(s.finishedAt(), s.startedAt()).isPositive()).isFalse();
            });
    assertThat(reader.bytes(access(repository.toString(), PASSWORD), shown.getFirst().id()))
        .hasValue(12);
    assertThat(failure(reader, access(repository.toString(), "wrong horse")).fault())
        .isEqualTo(SourceFault.WRONG_PASSWORD);
    assertThat(failure(reader, access(home.resolve("nowhere").toString(), PASSWORD)).fault())
        .isEqualTo(SourceFault.GONE);
  }

  @Test
  @DisplayName("A directory: archives with size, time and checksum; nothing else that lies there")
  void archives() throws Exception {
    Path directory = Files.createDirectories(home.resolve("archives"));
    Path archive = Files.writeString(directory.resolve("backup-2026-03-01.tar.gz"), "packed");
    Files.setLastModifiedTime(archive, FileTime.from(LAST_MONTH));
    Files.writeString(
        directory.resolve("backup-2026-03-01.tar.gz.sha256"),
        "A".repeat(64) + "  backup-2026-03-01.tar.gz\n");
    Files.createFile(directory.resolve("empty.tar.gz"));
    Files.writeString(directory.resolve("now.tar.gz.part"), "half");
    Files.writeString(directory.resolve(".hidden"), "");
    Files.createSymbolicLink(directory.resolve("latest.tar.gz"), archive);
    Files.createDirectory(directory.resolve("sub"));
    SnapshotReader reader =
        new SnapshotReaders(programs, Clock.systemUTC()).of(SourceType.ARCHIVES);

    assertThat(read(reader, access(directory.toString(), null)))
        .extracting(Snapshot::id, Snapshot::bytes, Snapshot::checksum)
        .containsExactlyInAnyOrder(
            tuple("backup-2026-03-01.tar.gz", 6L, "sha256:" + "a".repeat(64)),
            tuple("empty.tar.gz", 0L, null));
    assertThat(failure(reader, access(home.resolve("nowhere").toString(), null)).fault())
        .isEqualTo(SourceFault.GONE);
    assertThat(failure(reader, access(archive.toString(), null)).fault())
        .isEqualTo(SourceFault.UNREADABLE);
  }

  @Test
  @DisplayName("A hundred thousand snapshots are read one by one")
  void many() throws Exception {
    Path fake =
        script(
            """
            awk 'BEGIN { printf "["; for (i = 1; i <= 100000; i++)
              printf "%s{\\"id\\":\\"%064x\\",\\"time\\":\\"2026-03-01T02:00:00Z\\",\\"paths\\":[\\"/srv\\"],\\"hostname\\":\\"web\\"}", (i > 1 ? "," : ""), i
              print "]" }'
            """);
    AtomicInteger count = new AtomicInteger();
    new SnapshotReaders(programs, fake.toString(), "borg", Clock.systemUTC())
        .of(SourceType.RESTIC)
        .read(access("/srv", PASSWORD), snapshot -> count.incrementAndGet());
    assertThat(count).hasValue(100_000);
  }

  @Test
  @DisplayName("A program gets no more than it needs, and its secrets in no argument")
  void environment() throws Exception {
    Path seen = home.resolve("seen");
    Path fake = script("env > " + seen + "; echo \"$@\" > " + seen + ".args; echo '[]'");
    new SnapshotReaders(programs, fake.toString(), "borg", Clock.systemUTC())
        .of(SourceType.RESTIC)
        .read(new Access("/srv/x", PASSWORD, Map.of("AWS_ACCESS_KEY_ID", "key")), snapshot -> {});
    assertThat(Files.readAllLines(seen))
        .map(line -> line.replaceFirst("=.*", ""))
        .containsExactlyInAnyOrder(
            "PATH",
            "HOME",
            "TZ",
            "LC_ALL",
            "SSH_ASKPASS",
            "SSH_ASKPASS_REQUIRE",
            "PWD",
            "RESTIC_REPOSITORY",
            "RESTIC_PASSWORD",
            "RESTIC_CACHE_DIR",
            "AWS_ACCESS_KEY_ID");
    assertThat(Files.readString(Path.of(seen + ".args")).strip())
        .isEqualTo("snapshots --json --no-lock");
  }

  @Test
  @DisplayName("A program that hangs is killed with all that it started")
  void late() throws Exception {
    Path child = home.resolve("child");
    Path fake = script("sleep 600 & echo $! > " + child + "; wait");
    SourceFailure failure =
        catchThrowableOfType(
            SourceFailure.class,
            () ->
                programs.run(
                    new Programs.Call(
                        List.of(fake.toString()), Map.of(), Duration.ofMillis(500), 0),
                    output -> output.readAllBytes().length,
                    ended -> new SourceFailure(SourceFault.UNREADABLE, "ended")));
    assertThat(failure.fault()).isEqualTo(SourceFault.TIMEOUT);
    long pid = Long.parseLong(Files.readString(child).strip());
    Waiting.until(
        "the child to end", () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  @DisplayName("No such program, and output that is no list: each is told apart")
  void broken() throws Exception {
    assertThat(
            failure(
                    new SnapshotReaders(programs, "no-such-program", "borg", Clock.systemUTC())
                        .of(SourceType.RESTIC),
                    access("/srv", PASSWORD))
                .fault())
        .isEqualTo(SourceFault.PROGRAM_MISSING);
    for (String output : List.of("{}", "[1]", "[{}", "", "[{\"id\":\"x\"}]")) {
      Path fake = script("printf '%s' '" + output + "'");
      assertThat(
              failure(
                      new SnapshotReaders(programs, fake.toString(), "borg", Clock.systemUTC())
                          .of(SourceType.RESTIC),
                      access("/srv", PASSWORD))
                  .fault())
          .as(output)
          .isEqualTo(SourceFault.UNREADABLE);
    }
  }

  private Path script(String body) throws IOException {
    Path file = Files.createTempFile(home, "program", "");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private void borg(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("borg"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("BORG_PASSPHRASE", PASSWORD);
    builder.environment().put("BORG_BASE_DIR", home.resolve("borg-home").toString());
    assertThat(builder.start().waitFor()).isZero();
  }

  private static Access access(String location, @Nullable String password) {
    return new Access(location, password, Map.of());
  }

  private static List<Snapshot> read(SnapshotReader reader, Access access) throws SourceFailure {
    List<Snapshot> shown = new ArrayList<>();
    reader.read(access, shown::add);
    return shown;
  }

  private static SourceFailure failure(SnapshotReader reader, Access access) {
    return catchThrowableOfType(SourceFailure.class, () -> reader.read(access, snapshot -> {}));
  }
}
