package dev.plimsoll.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.plimsoll.backup.source.Programs;
import dev.plimsoll.backup.source.SnapshotReaders;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.RequiresProgram;
import dev.plimsoll.testing.ResticRepository;
import dev.plimsoll.testing.SignedIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class SourceRunTest {
  private static final String PASSWORD = "correct horse";

  @Autowired private BackupSources sources;
  @Autowired private SourceRun run;
  @Autowired private SourceReadings readings;
  @Autowired private SourceOpening opening;
  @Autowired private WatchedHosts watched;
  @Autowired private BackupRecords records;
  @Autowired private SourceBlindness blindness;
  @Autowired private SourceChecks checks;
  @Autowired private Hosts hosts;
  @Autowired private JdbcClient jdbc;
  @Autowired private Clock clock;

  @TempDir private Path home;
  private Path data;

  @BeforeEach
  void make() throws IOException {
    jdbc.sql(
            "update backup_source set removed_at = greatest(clock_timestamp(), created_at),"
                + " next_read_at = 'infinity' where removed_at = 'infinity'")
        .update();
    jdbc.sql(
            "update host set name = name || id, decommissioned_at = created_at"
                + " where decommissioned_at is null")
        .update();
    data = Files.createDirectories(home.resolve("data"));
    Files.writeString(data.resolve("file"), "twelve bytes");
  }

  @Test
  @RequiresProgram("restic")
  @DisplayName("Each snapshot becomes a record once; what is forgotten ends; all readings are kept")
  void restic() {
    long host = host("web");
    ResticRepository repository = ResticRepository.init(home, PASSWORD);
    Instant yesterday = clock.instant().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    String old = repository.backup(data, yesterday, "WEB", "volume=data");
    String now = repository.backup(data, null, "web", "volume=data");
    long source = restic("nightly", repository.location(), PASSWORD);

    run.run(0);
    assertThat(last(source))
        .extracting(SourceReading::outcome, SourceReading::snapshots, SourceReading::recordsNew)
        .containsExactly("SUCCEEDED", 2, 2);
    assertThat(shown(source))
        .extracting(Row::snapshot, Row::host, Row::name, Row::bytes, Row::target)
        .containsExactly(
            tuple(old, host, "data", null, "HOST"), tuple(now, host, "data", 12L, "HOST"));
    assertThat(shown(source).getFirst().startedAt()).isEqualTo(yesterday);
    assertThat(shown(source).getFirst().detail()).isEqualTo("mapped by tag volume={volume}");

    again(source);
    assertThat(last(source).recordsNew()).isZero();
    assertThat(shown(source)).hasSize(2);

    repository.forget(old);
    again(source);
    assertThat(shown(source)).extracting(Row::snapshot).containsExactly(now);
    assertThat(
            jdbc.sql("select count(*) from backup_record where source_id = ?")
                .param(source)
                .query(Long.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  @RequiresProgram("restic")
  @DisplayName("What belongs to no data is listed with the reason, and mapped once it does")
  void unmapped() {
    ResticRepository repository = ResticRepository.init(home, PASSWORD);
    String snapshot = repository.backup(data, null, "newcomer", "volume=data");
    long source = restic("unmapped", repository.location(), PASSWORD);
    run.run(0);
    assertThat(last(source).unmapped()).isEqualTo(1);
    assertThat(SignedIn.administrator().get(() -> sources.unmapped(source, null, 10)))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.snapshotId()).isEqualTo(snapshot);
              assertThat(one.reason()).isEqualTo("No host is called \"newcomer\".");
              assertThat(one.tags()).containsExactly("volume=data");
              assertThat(one.paths()).containsExactly(data.toString());
            });

    host("newcomer");
    again(source);
    assertThat(last(source).unmapped()).isZero();
    assertThat(SignedIn.administrator().get(() -> sources.unmapped(source, null, 10))).isEmpty();
    assertThat(shown(source)).hasSize(1);
  }

  @Test
  @RequiresProgram("restic")
  @DisplayName("A snapshot from the future is kept, and marked")
  void ahead() {
    host("web");
    ResticRepository repository = ResticRepository.init(home, PASSWORD);
    repository.backup(data, clock.instant().plus(3, ChronoUnit.DAYS), "web", "volume=data");
    long source = restic("ahead", repository.location(), PASSWORD);
    run.run(0);
    assertThat(shown(source)).singleElement().extracting(Row::ahead).isEqualTo(true);
  }

  @Test
  @RequiresProgram("restic")
  @DisplayName("A source that is gone is blind until it is back; its records stay meanwhile")
  void gone() throws IOException {
    host("web");
    ResticRepository repository = ResticRepository.init(home, PASSWORD);
    repository.backup(data, null, "web", "volume=data");
    long source = restic("gone", repository.location(), PASSWORD);
    long wrong = restic("wrong", repository.location(), "wrong horse");
    run.run(0);
    assertThat(blindness.category(source)).isEmpty();
    assertThat(blindness.category(wrong)).contains("WRONG_PASSWORD");
    assertThat(last(wrong).detail()).doesNotContain("wrong horse");

    Path away = home.resolve("away");
    Files.move(Path.of(repository.location()), away);
    again(source);
    assertThat(last(source))
        .extracting(SourceReading::outcome, SourceReading::category)
        .containsExactly("FAILED", "GONE");
    assertThat(blindness.category(source)).contains("GONE");
    assertThat(shown(source)).hasSize(1);

    Files.move(away, Path.of(repository.location()));
    again(source);
    assertThat(blindness.category(source)).isEmpty();
    assertThat(shown(source)).hasSize(1);
  }

  @Test
  @RequiresProgram("restic")
  @DisplayName("Damage that a check finds stays known until a check finds none")
  void damaged() throws IOException {
    host("web");
    ResticRepository repository = ResticRepository.init(home, PASSWORD);
    repository.backup(data, null, "web", "volume=data");
    long source = restic("damaged", repository.location(), PASSWORD);
    Path pack = repository.packs().getLast();
    byte[] whole = Files.readAllBytes(pack);
    Files.delete(pack);
    checkNow(source);
    assertThat(blindness.category(source)).contains("DAMAGED");
    again(source);
    assertThat(last(source).outcome()).isEqualTo("SUCCEEDED");
    assertThat(blindness.category(source)).contains("DAMAGED");

    Files.write(pack, whole);
    checkNow(source);
    assertThat(blindness.category(source)).isEmpty();
  }

  @Test
  @DisplayName("A directory of archives: an empty one is no size of nothing; local is local")
  void archives() throws IOException {
    SignedIn.administrator()
        .run(
            () ->
                hosts.add(
                    new HostDraft(
                        "here", "unix:///run/x.sock", null, null, null, 2, Map.of(), 900, null)));
    Path directory = Files.createDirectories(home.resolve("archives"));
    Files.writeString(directory.resolve("backup-2026-03-01T02-00-00.tar.gz"), "packed");
    Files.createFile(directory.resolve("backup-2026-03-02T02-00-00.tar.gz"));
    long source =
        SignedIn.administrator()
            .get(
                () ->
                    sources.create(
                        new SourceDraft(
                            "archives",
                            SourceType.ARCHIVES,
                            directory.toString(),
                            null,
                            Map.of(),
                            new JsonMapper()
                                .readTree(
                                    """
                                    {"host":"here","rules":[{"archive":"backup-{time}.tar.gz",
                                      "volumes":["data"]}]}
                                    """),
                            null,
                            3600,
                            null)));
    run.run(0);
    assertThat(shown(source))
        .extracting(Row::bytes, Row::target, Row::startedAt)
        .containsExactly(
            tuple(6L, "LOCAL", Instant.parse("2026-03-01T02:00:00Z")),
            tuple(0L, "LOCAL", Instant.parse("2026-03-02T02:00:00Z")));
  }

  @Test
  @DisplayName("A removed source shows nothing any longer: its records end and stay in history")
  void removed() throws IOException {
    long host = host("web");
    Path fake = program(3);
    long source = restic("removed", "/srv/removed", PASSWORD);
    run(fake).run(0);
    assertThat(shown(source)).hasSize(3);
    SignedIn.administrator().run(() -> sources.remove(source));
    run.endRemoved();
    assertThat(shown(source)).isEmpty();
    assertThat(
            jdbc.sql("select count(*) from backup_record where host_id = ?")
                .param(host)
                .query(Long.class)
                .single())
        .isEqualTo(3);
    assertThat(readings.removed()).isEmpty();
  }

  @Test
  @DisplayName("Tens of thousands of snapshots are recorded, and reading them again adds nothing")
  void many() throws IOException {
    host("web");
    Path fake = program(20_000);
    long source = restic("many", "/srv/many", PASSWORD);
    run(fake).run(0);
    assertThat(last(source))
        .extracting(SourceReading::snapshots, SourceReading::recordsNew)
        .containsExactly(20_000, 20_000);
    due(source);
    run(fake).run(0);
    assertThat(last(source).recordsNew()).isZero();
  }

  @Test
  @DisplayName("A reading that a killed process left running is ended by the lane that began it")
  void abandoned() throws IOException {
    host("web");
    long source = restic("abandoned", "/srv/abandoned", PASSWORD);
    SourceReadings.Begun begun = readings.begin(1).orElseThrow();
    assertThat(begun.sourceId()).isEqualTo(source);
    due(source);
    assertThat(readings.begin(0)).isEmpty();
    run(program(1)).run(1);
    assertThat(SignedIn.administrator().get(() -> sources.readings(source, null)))
        .extracting(SourceReading::outcome)
        .containsExactly("SUCCEEDED", "FAILED");
  }

  @Test
  @DisplayName("A source that fails is tried again soon, then ever less often")
  void rhythm() {
    Instant done = Instant.parse("2026-03-01T00:00:00Z");
    Duration hour = Duration.ofHours(1);
    assertThat(SourceRhythm.next(done, hour, 0, 0.5)).isEqualTo(done.plus(hour));
    assertThat(SourceRhythm.next(done, hour, 1, 0.5)).isEqualTo(done.plusSeconds(60));
    assertThat(SourceRhythm.next(done, hour, 3, 0.5)).isEqualTo(done.plusSeconds(240));
    assertThat(SourceRhythm.next(done, hour, 12, 0.5)).isEqualTo(done.plus(Duration.ofHours(6)));
    assertThat(SourceRhythm.next(done, hour, 0, 0)).isEqualTo(done.plus(Duration.ofMinutes(54)));
  }

  private SourceRun run(Path restic) {
    return new SourceRun(
        readings,
        opening,
        new SnapshotReaders(new Programs(home.resolve("portal")), restic.toString(), "borg", clock),
        watched,
        records,
        blindness,
        clock);
  }

  /** A program that shows so many snapshots and knows no sizes. */
  private Path program(int snapshots) throws IOException {
    Path file = home.resolve("restic-" + snapshots);
    Files.writeString(
        file,
        """
        #!/bin/sh
        [ "$1" = snapshots ] || exit 1
        awk 'BEGIN { printf "["; for (i = 1; i <= %d; i++)
          printf "%%s{\\"id\\":\\"%%064x\\",\\"time\\":\\"2026-03-01T02:00:00Z\\",\\"tags\\":[\\"volume=v%%d\\"],\\"hostname\\":\\"web\\"}", (i > 1 ? "," : ""), i, i %% 100
          print "]" }'
        """
            .formatted(snapshots));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private long host(String name) {
    return SignedIn.administrator()
        .get(
            () ->
                hosts.add(
                    new HostDraft(
                        name, "tcp://192.0.2.1:2375", null, null, null, 2, Map.of(), 900, null)))
        .id();
  }

  private long restic(String name, String location, String password) {
    return SignedIn.administrator()
        .get(
            () ->
                sources.create(
                    new SourceDraft(
                        name,
                        SourceType.RESTIC,
                        location,
                        password,
                        Map.of(),
                        null,
                        null,
                        3600,
                        604_800L)));
  }

  private void again(long source) {
    due(source);
    run.run(0);
  }

  private void due(long source) {
    jdbc.sql("update backup_source set next_read_at = created_at where id = ?")
        .param(source)
        .update();
  }

  private void checkNow(long source) {
    jdbc.sql("update backup_source set next_check_at = created_at where id = ?")
        .param(source)
        .update();
    checks.run();
  }

  private SourceReading last(long source) {
    return SignedIn.administrator().get(() -> sources.readings(source, null)).getFirst();
  }

  private List<Row> shown(long source) {
    return jdbc.sql(
            "select * from backup_record where source_id = ? and gone_at = 'infinity'"
                + " order by started_at, id")
        .param(source)
        .query(
            (row, n) ->
                new Row(
                    row.getString("snapshot_id"),
                    row.getLong("host_id"),
                    row.getString("name"),
                    row.getObject("bytes", Long.class),
                    row.getString("target_type"),
                    row.getObject("started_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("ahead"),
                    row.getString("detail")))
        .list();
  }

  private record Row(
      String snapshot,
      long host,
      String name,
      @Nullable Long bytes,
      String target,
      Instant startedAt,
      boolean ahead,
      String detail) {}
}
