package dev.plimsoll.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.home.PlimsollHome;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.RequiresProgram;
import dev.plimsoll.testing.ResticRepository;
import dev.plimsoll.testing.SignedIn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
@RequiresProgram("restic")
class RestoreDrillTest {
  private static final String PASSWORD = "correct horse";
  private static final DataRef DATA = DataRef.volume("data");
  private static final SignedIn ANALYST = SignedIn.as("anna", Role.ANALYST);

  @Autowired private BackupSources sources;
  @Autowired private SourceRun reading;
  @Autowired private RestoreDrills drills;
  @Autowired private DrillRun run;
  @Autowired private Hosts hosts;
  @Autowired private PlimsollHome portal;
  @Autowired private JdbcClient jdbc;

  @TempDir private Path home;
  private ResticRepository repository;
  private Path outside;
  private long host;
  private long source;
  private String snapshot;

  @BeforeEach
  void make() throws IOException {
    jdbc.sql("delete from restore_drill").update();
    Path data = Files.createDirectories(home.resolve("data"));
    outside = Files.writeString(home.resolve("outside"), "not to be touched");
    Files.writeString(data.resolve("file"), "twelve bytes");
    byte[] much = new byte[100_000];
    new Random(17).nextBytes(much);
    Files.write(Files.createDirectories(data.resolve("sub")).resolve("much"), much);
    Files.createSymbolicLink(data.resolve("link"), outside);
    Files.createSymbolicLink(data.resolve("directory"), home);
    repository = ResticRepository.init(home, PASSWORD);
    String name = home.getFileName().toString();
    host =
        SignedIn.administrator()
            .get(
                () ->
                    hosts.add(
                        new HostDraft(
                            name,
                            "tcp://192.0.2.1:2375",
                            null,
                            null,
                            null,
                            2,
                            Map.of(),
                            900,
                            null)))
            .id();
    snapshot = repository.backup(data, null, name, "volume=data");
    source =
        SignedIn.administrator()
            .get(
                () ->
                    sources.create(
                        new SourceDraft(
                            name,
                            SourceType.RESTIC,
                            repository.location(),
                            PASSWORD,
                            Map.of(),
                            null,
                            null,
                            3600,
                            null)));
    reading.run(0);
  }

  @Test
  @DisplayName("A good snapshot is restored, compared, recorded with its time, and deleted again")
  void good() throws IOException {
    DrillRecord first = drill();
    assertThat(first.outcome()).isEqualTo("SUCCEEDED");
    assertThat(first.snapshotId()).isEqualTo(snapshot);
    assertThat(first.files()).isEqualTo(2);
    assertThat(first.bytes()).isEqualTo(100_012);
    assertThat(first.durationSeconds()).isPositive();
    assertThat(first.rootHash()).hasSize(64);

    DrillRecord second = drill();
    assertThat(second.rootHash()).isEqualTo(first.rootHash());
    assertThat(second.detail()).contains("equal to the drill before");

    assertThat(
            jdbc.sql(
                    "select type || ' ' || outcome || ' ' || files_compared || ' ' || hashes_equal"
                        + " || ' ' || bytes from backup_record where source_id = ?"
                        + " and type = 'RESTORE_TEST' order by id limit 1")
                .param(source)
                .query(String.class)
                .single())
        .isEqualTo("RESTORE_TEST SUCCEEDED 2 true 100012");
    assertScratchIsEmpty();
    assertThat(outside).hasContent("not to be touched");
  }

  @Test
  @DisplayName("Flipped bytes in a pack fail the drill, and the record says what was wrong")
  void corrupt() throws IOException {
    Path pack = repository.packs().getFirst();
    assertThat(pack.toFile().setWritable(true)).isTrue();
    try (FileChannel channel = FileChannel.open(pack, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), 500);
    }
    DrillRecord drill = drill();
    assertThat(drill.outcome()).isEqualTo("FAILED");
    assertThat(drill.category()).isEqualTo("DAMAGED");
    assertThat(drill.detail()).contains("ciphertext verification failed");
    assertThat(
            jdbc.sql(
                    "select outcome || ' ' || hashes_equal from backup_record"
                        + " where source_id = ? and type = 'RESTORE_TEST'")
                .param(source)
                .query(String.class)
                .single())
        .isEqualTo("FAILED false");
    assertScratchIsEmpty();
  }

  @Test
  @DisplayName("A drill that could not be tried says why, and is no evidence of the backup")
  void notTried() throws IOException {
    Files.move(Path.of(repository.location()), home.resolve("away"));
    DrillRecord drill = drill();
    assertThat(drill.outcome()).isEqualTo("FAILED");
    assertThat(drill.category()).isEqualTo("GONE");
    assertThat(
            jdbc.sql(
                    "select count(*) from backup_record where source_id = ?"
                        + " and type = 'RESTORE_TEST'")
                .param(source)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  @DisplayName("What the source does not show cannot be restored, nor by everybody")
  void refused() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> start(new DrillDraft(host, DataRef.volume("other"), null)))
        .satisfies(e -> assertThat(e.errors().getFirst().field()).isEqualTo("volume"));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> start(new DrillDraft(host, DATA, "00000000")))
        .satisfies(e -> assertThat(e.errors().getFirst().field()).isEqualTo("snapshotId"));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> start(new DrillDraft(host, DATA, "--target")));
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(
            () ->
                SignedIn.as("eve", Role.VIEWER)
                    .run(() -> drills.start(source, new DrillDraft(host, DATA, null))));
    assertThat(start(new DrillDraft(host, DATA, snapshot.substring(0, 8)))).isPositive();
  }

  @Test
  @DisplayName("What a killed process left is ended and deleted, behind no link")
  void abandoned() throws IOException {
    long drill = start(new DrillDraft(host, DATA, null));
    jdbc.sql("update restore_drill set begun_at = asked_at where id = ?").param(drill).update();
    Path left = Files.createDirectories(portal.resolve("scratch").resolve("drill-0/sub"));
    Files.createSymbolicLink(left.resolve("link"), home);
    run.run();
    assertThat(ANALYST.get(() -> drills.find(source, drill)).orElseThrow().detail())
        .contains("The portal process ended");
    assertScratchIsEmpty();
    assertThat(outside).exists();
  }

  private DrillRecord drill() {
    long id = start(new DrillDraft(host, DATA, null));
    run.run();
    return ANALYST.get(() -> drills.find(source, id)).orElseThrow();
  }

  private long start(DrillDraft draft) {
    return ANALYST.get(() -> drills.start(source, draft));
  }

  private void assertScratchIsEmpty() throws IOException {
    try (Stream<Path> left = Files.list(portal.resolve("scratch"))) {
      assertThat(left).isEmpty();
    }
  }
}
