package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.TestKeys;
import dev.plimsoll.testing.TestSshServer;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Collections of a host over SSH, its own files among what is read, by this machine's programs. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
@RequiresEngine
class HostFilesCollectionTest {
  private static final KeyPair HOST_KEY = TestKeys.ed25519();
  private static final KeyPair USER_KEY = TestKeys.ed25519();
  private static final String SECRET = "planted-in-daemon-json-4711";

  private static TestEngine engine;
  private static TestSshServer server;

  @Autowired CollectionRun run;
  @Autowired Hosts hosts;
  @Autowired Documents documents;
  @Autowired DataSource dataSource;

  @BeforeAll
  static void start() {
    engine = TestEngine.start();
    server =
        TestSshServer.withCommands(engine, HostFilesCollectionTest::program, USER_KEY, HOST_KEY);
  }

  @AfterAll
  static void stop() {
    server.close();
    engine.close();
  }

  /** The machine's own programs, but for two answers that tests must be able to foresee. */
  private static List<String> program(String command) {
    if (command.endsWith("cat /etc/docker/daemon.json")) {
      return List.of(
          "/bin/echo", "{\"log-opts\":{\"splunk-token\":\"" + SECRET + "\"},\"icc\":false}");
    }
    if (command.endsWith("getent group docker")) {
      return List.of("/bin/echo", "docker:x:99998:eve");
    }
    return List.of("/bin/sh", "-c", command);
  }

  @Test
  @DisplayName(
      "Files are read where that is switched on, masked, stable, and never asked for twice")
  void readOverSsh() {
    long host = add("files", Set.of(ReadingSwitch.HOST_FILES));
    run.run(host);

    assertThat(outcome(host, "HST-DOCKERGROUP")).isEqualTo("FAIL");
    assertThat(document(host)).contains("\"icc\":false", "splunk-token").doesNotContain(SECRET);
    long states = states(host);
    run.run(host);
    assertThat(states(host)).as("nothing changed, nothing is written").isEqualTo(states);
    Intervals.assertWhole(dataSource);
  }

  @Test
  @DisplayName("No command is run where nobody asked for it")
  void notAsked() {
    long host = add("engine-alone", Set.of());
    run.run(host);
    assertThat(
            jdbc()
                .sql("select count(*) from subject where host_id = ? and kind = 'host-file'")
                .param(host)
                .query(Long.class)
                .single())
        .isZero();
  }

  private long add(String name, Set<ReadingSwitch> readings) {
    return SignedIn.administrator()
        .get(
            () ->
                hosts.add(
                    new HostDraft(
                        name,
                        server.endpoint().uri(),
                        null,
                        null,
                        null,
                        2,
                        Map.of(),
                        900,
                        readings,
                        new Credential.Ssh(
                            TestKeys.openSsh(USER_KEY), TestKeys.publicKey(HOST_KEY)))))
        .id();
  }

  private @Nullable String outcome(long host, String check) {
    return jdbc()
        .sql("select outcome from verdict where host_id = ? and check_id = ?")
        .param(host)
        .param(check)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private String document(long host) {
    byte[] hash =
        jdbc()
            .sql("select document from state where host_id = ? and kind = 'host-file'")
            .param(host)
            .query((row, n) -> row.getBytes(1))
            .single();
    return documents.json(Sha256.stored(hash)).orElseThrow();
  }

  private long states(long host) {
    return jdbc()
        .sql("select count(*) from state where host_id = ?")
        .param(host)
        .query(Long.class)
        .single();
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }
}
