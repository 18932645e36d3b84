package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.FakeEngine;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Readings that somebody switched on, on a real engine: processes, own layers, files of images. */
@SpringBootTest(properties = {"plimsoll.collection.call=10s", "plimsoll.collection.connect=5s"})
@DatabaseTest
@RequiresEngine
class SwitchedReadingsTest {
  private static final String[] SLEEP = {"/bin/busybox", "sleep", "1000000"};
  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIPlantedSecret7f3a\n-----END PRIVATE KEY-----\n";

  private static TestEngine engine;
  private static String riskyImage;

  @Autowired Hosts hosts;
  @Autowired Collections collections;
  @Autowired ImageFilesRun imageFilesRun;
  @Autowired Publishing publishing;
  @Autowired DataSource dataSource;

  private JdbcClient jdbc;

  @BeforeAll
  static void startEngine(@TempDir Path context) throws IOException {
    engine = TestEngine.start();
    // COPY takes set-id bits away, unpacking an archive keeps them
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(Files.newOutputStream(context.resolve("programs.tar")))) {
      TarArchiveEntry su = new TarArchiveEntry("bin/su");
      su.setMode(0104755);
      tar.putArchiveEntry(su);
      tar.closeArchiveEntry();
    }
    Files.writeString(context.resolve("key.pem"), KEY);
    Files.writeString(context.resolve("passwd"), "root:x:0:0::/:\ntoor::0:0::/:\napp:x:7:7::/:\n");
    Files.write(
        context.resolve("Dockerfile"),
        List.of(
            "FROM scratch",
            "ADD programs.tar /",
            "COPY key.pem /app/key.pem",
            "COPY passwd /etc/passwd",
            "USER app",
            "STOPSIGNAL SIGKILL",
            "CMD [\"/bin/busybox\", \"sleep\", \"1000000\"]"));
    riskyImage = engine.docker("build", "--quiet", "--tag", "risky:1", context.toString());
    run("root-user", "--user", "0");
    run("ordinary", "--user", "1000:1000");
    run("writing", "--user", "1000:1000");
    engine.docker("exec", "--user", "0", "writing", "/bin/busybox", "touch", "/etc/newfile");
    engine.docker("exec", "--user", "0", "writing", "/bin/busybox", "mkdir", "-p", "/srv/shop");
    engine.docker("exec", "--user", "0", "writing", "/bin/busybox", "touch", "/srv/shop/orders");
    engine.docker("create", "--name", "risky", "risky:1");
  }

  private static void run(String name, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--detach", "--network", "none", "--name", name));
    arguments.addAll(List.of(options));
    arguments.add(TestEngine.IMAGE);
    arguments.addAll(List.of(SLEEP));
    engine.docker(arguments.toArray(String[]::new));
  }

  @AfterAll
  static void stopEngine() {
    if (engine != null) {
      engine.close();
    }
  }

  @BeforeEach
  void connect() {
    jdbc = JdbcClient.create(dataSource);
  }

  @AfterEach
  void everythingIsWhole() {
    SignedIn.administrator()
        .run(
            () ->
                jdbc.sql("select id from host where decommissioned_at is null")
                    .query(Long.class)
                    .list()
                    .forEach(hosts::decommission));
    Intervals.assertWhole(dataSource);
  }

  @Test
  @DisplayName("Processes and own layers are looked at, and looking again finds nothing new")
  void inside() {
    long host =
        add("inside", engine.endpoint(), Set.of(ReadingSwitch.PROCESSES, ReadingSwitch.CHANGES));
    assertThat(verdict(host, "root-user", "CTR-PROCROOT")).isEqualTo("FAIL");
    assertThat(verdict(host, "ordinary", "CTR-PROCROOT")).isNull();
    assertThat(verdict(host, "root-user", "CTR-SSHD")).isNull();
    assertThat(verdict(host, "ordinary", "CTR-COMPROMISE")).isNull();
    assertThat(verdict(host, "ordinary", "STO-WRITABLE")).isNull();
    assertThat(verdict(host, "writing", "CTR-COMPROMISE")).isEqualTo("FAIL");
    assertThat(evidence(host, "writing", "CTR-COMPROMISE")).contains("/etc/newfile");
    assertThat(evidence(host, "writing", "STO-WRITABLE")).contains("/srv/shop");

    long states = states(host);
    collect(host);
    assertThat(states(host)).isEqualTo(states);
  }

  @Test
  @DisplayName("A call that fails is the evidence of what it leaves unknown, and of nothing else")
  void refused() {
    String id = engine.docker("inspect", "--format", "{{.Id}}", "root-user");
    try (FakeEngine fake = FakeEngine.inFrontOf(engine)) {
      fake.when(
          "/containers/" + id + "/top",
          FakeEngine.Behaviour.error(500, "ps: executable not found"));
      fake.when("/containers/" + id + "/changes", FakeEngine.Behaviour.silence());
      long host =
          add("refused", fake.endpoint(), Set.of(ReadingSwitch.PROCESSES, ReadingSwitch.CHANGES));
      assertThat(verdict(host, "root-user", "CTR-PROCROOT")).isEqualTo("UNKNOWN");
      assertThat(evidence(host, "root-user", "CTR-PROCROOT"))
          .contains("/top?ps_args=-eo%20pid,uid,comm")
          .contains("500");
      assertThat(verdict(host, "root-user", "STO-WRITABLE")).isEqualTo("UNKNOWN");
      assertThat(verdict(host, "writing", "STO-WRITABLE")).isEqualTo("FAIL");
      assertThat(verdict(host, "root-user", "CTR-USER")).isEqualTo("FAIL");
    }
  }

  @Test
  @DisplayName("Files of the images in use are read once, beside the collection")
  void imageFiles() {
    long host = add("images", engine.endpoint(), Set.of(ReadingSwitch.IMAGE_FILES));
    assertThat(verdict(host, "risky:1", "IMG-SUID")).isEqualTo("UNKNOWN");
    assertThat(wanted(host)).isEqualTo(2);

    readImages(host);

    assertThat(verdict(host, "risky:1", "IMG-SUID")).isEqualTo("FAIL");
    assertThat(evidence(host, "risky:1", "IMG-SUID")).contains("/bin/su").contains("4755");
    assertThat(verdict(host, "risky:1", "IMG-SECRETFILE")).isEqualTo("FAIL");
    assertThat(verdict(host, "risky:1", "IMG-UID0")).isEqualTo("FAIL");
    assertThat(verdict(host, "risky:1", "IMG-USER")).as("app is uid 7 in its passwd").isNull();
    assertThat(verdict(host, TestEngine.IMAGE, "IMG-SUID")).isNull();
    assertThat(wanted(host)).isZero();
    assertThat(
            jdbc.sql("select count(*) from verdict where host_id = ? and evidence::text like ?")
                .param(host)
                .param("%PlantedSecret%")
                .query(Long.class)
                .single())
        .isZero();

    collect(host);
    assertThat(wanted(host)).as("read already").isZero();
    assertThat(verdict(host, "risky:1", "IMG-SUID")).isEqualTo("FAIL");
  }

  @Test
  @DisplayName("An engine that does not save an image leaves it unknown why, and is asked again")
  void imageNotSaved() {
    try (FakeEngine fake = FakeEngine.inFrontOf(engine)) {
      String path = "/images/" + riskyImage + "/get";
      fake.when(path, FakeEngine.Behaviour.body(200, "application/x-tar", "this is no archive"));
      long host = add("unsaved", fake.endpoint(), Set.of(ReadingSwitch.IMAGE_FILES));
      readImages(host);
      assertThat(verdict(host, "risky:1", "IMG-SUID")).isEqualTo("UNKNOWN");
      assertThat(evidence(host, "risky:1", "IMG-SUID")).contains(path);
      assertThat(verdict(host, TestEngine.IMAGE, "IMG-SUID")).isNull();

      fake.forget(path);
      jdbc.sql("update image_files_wanted set next_attempt_at = now() - interval '1 hour'")
          .update();
      readImages(host);
      assertThat(verdict(host, "risky:1", "IMG-SUID")).isEqualTo("FAIL");
    }
  }

  @Test
  @DisplayName("Where nothing is switched on, nothing of it is asked")
  void switchedOff() {
    try (FakeEngine fake = FakeEngine.inFrontOf(engine)) {
      long host = add("off", fake.endpoint(), Set.of());
      assertThat(fake.requests())
          .isNotEmpty()
          .noneMatch(
              request ->
                  request.contains("/top")
                      || request.contains("/changes")
                      || request.endsWith("/get"));
      assertThat(wanted(host)).isZero();
      assertThat(verdict(host, "root-user", "CTR-PROCROOT")).isNull();
    }
  }

  // --- acts

  private long add(String name, Endpoint endpoint, Set<ReadingSwitch> readings) {
    long host =
        SignedIn.administrator()
            .get(
                () ->
                    hosts.add(
                        new HostDraft(
                            name,
                            endpoint.uri(),
                            null,
                            null,
                            null,
                            2,
                            Map.of(),
                            86_400,
                            readings,
                            null)))
            .id();
    Waiting.until("the first collection", () -> outcomes(host).contains("SUCCEEDED"));
    return host;
  }

  private void collect(long host) {
    long id = SignedIn.administrator().get(() -> collections.collectNow(host));
    Waiting.until(
        "collection " + id,
        () ->
            jdbc.sql("select outcome from collection where id = ?")
                .param(id)
                .query(String.class)
                .single()
                .equals("SUCCEEDED"));
  }

  /** As the jobs do, without waiting for them to be due. */
  private void readImages(long host) {
    imageFilesRun.run(0, 1);
    publishing.applyDueTurns(host);
  }

  // --- what is seen

  private List<String> outcomes(long host) {
    return jdbc.sql("select outcome from collection where host_id = ?")
        .param(host)
        .query(String.class)
        .list();
  }

  private long states(long host) {
    return jdbc.sql("select count(*) from state where host_id = ?")
        .param(host)
        .query(Long.class)
        .single();
  }

  private int wanted(long host) {
    return jdbc.sql("select count(*) from image_files_wanted where host_id = ?")
        .param(host)
        .query(Integer.class)
        .single();
  }

  private @Nullable String verdict(long host, String name, String check) {
    return column(host, name, check, "outcome");
  }

  private String evidence(long host, String name, String check) {
    return String.valueOf(column(host, name, check, "evidence::text"));
  }

  private @Nullable String column(long host, String name, String check, String column) {
    return jdbc.sql(
            "select "
                + column
                + " from verdict v join subject b on b.id = v.subject_id"
                + " where v.host_id = ? and b.name = ? and check_id = ? and valid_to = 'infinity'")
        .param(host)
        .param(name)
        .param(check)
        .query(String.class)
        .optional()
        .orElse(null);
  }
}
