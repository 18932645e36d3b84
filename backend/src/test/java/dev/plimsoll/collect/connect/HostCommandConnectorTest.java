package dev.plimsoll.collect.connect;

import static dev.plimsoll.collect.connect.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.HostFilePaths;
import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.testing.TestKeys;
import dev.plimsoll.testing.TestSshServer;
import dev.plimsoll.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading commands over SSH, on this machine's own programs and on a server that misbehaves. */
class HostCommandConnectorTest {
  private static final KeyPair HOST_KEY = TestKeys.ed25519();
  private static final KeyPair USER_KEY = TestKeys.ed25519();
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, 1 << 20);

  private final HostCommandConnector connector = new HostCommandConnector();
  private Function<String, List<String>> programs = HostCommandConnectorTest::shell;
  private final TestSshServer server =
      TestSshServer.withCommands(command -> programs.apply(command), USER_KEY, HOST_KEY);

  @AfterEach
  void stop() {
    Waiting.until("the end of all sessions", () -> server.sessions() == 0);
    connector.close();
    server.close();
  }

  private HostCommands open(Function<String, List<String>> answering, ConnectionLimits limits)
      throws EngineCallException {
    programs = answering;
    return connector.open(
        new EngineTarget(
            server.endpoint(),
            new Credential.Ssh(TestKeys.openSsh(USER_KEY), TestKeys.publicKey(HOST_KEY))),
        limits);
  }

  private static List<String> shell(String command) {
    return List.of("/bin/sh", "-c", command);
  }

  @Test
  @DisplayName("A shell takes the lines as they are meant")
  void realCommands() throws EngineCallException {
    try (HostCommands host = open(HostCommandConnectorTest::shell, LIMITS)) {
      HostCommands.Output stat = host.run(HostCommand.STAT);
      assertThat(stat.text().lines().count() + stat.complaint().lines().count())
          .as("a line for each path")
          .isEqualTo(HostFilePaths.all().size());
      assertThat(host.run(HostCommand.MOUNTS).text()).contains(" / ");
      assertThat(host.run(HostCommand.ACCOUNTS).text()).startsWith("root:x:0:0:");
    }
  }

  @Test
  @DisplayName("Paths from a host are data: they reach no shell")
  void pathsAreData(@TempDir Path directory) throws Exception {
    Path odd = Files.writeString(directory.resolve("$(touch pwned) ';|\" x"), "x");
    try (HostCommands host = open(HostCommandConnectorTest::shell, LIMITS)) {
      HostCommands.Output output = host.run(HostCommand.STAT_NAMED, odd + "\0");
      assertThat(output.text().strip()).endsWith("|" + odd);
      assertThat(output.status()).isZero();
    }
    assertThat(directory.resolve("pwned")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(HostCommand.class)
  @DisplayName("Each line is fixed, reads alone and asks for English")
  void lines(HostCommand command) {
    assertThat(command.line())
        .startsWith("env LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin ")
        .doesNotContain(">", "$", "`", ";", "&", "\n")
        .containsPattern(" (stat|find|xargs|auditctl|cat|getent|ps|ss) ");
  }

  @Test
  @DisplayName("A program that is not there says so by its status")
  void missing() throws EngineCallException {
    try (HostCommands host =
        open(command -> shell("echo 'sh: ss: not found' >&2; exit 127"), LIMITS)) {
      HostCommands.Output output = host.run(HostCommand.LISTENING);
      assertThat(output.status()).isEqualTo(127);
      assertThat(output.complaint()).contains("not found");
    }
  }

  @Test
  @DisplayName("A host that writes without end is cut off")
  void endless() throws EngineCallException {
    try (HostCommands host = open(command -> List.of("/bin/cat", "/dev/zero"), LIMITS)) {
      assertFails(() -> host.run(HostCommand.MOUNTS))
          .like(FailureCategory.PROTOCOL, "more than 1,048,576 bytes");
    }
  }

  @Test
  @DisplayName("A host that says nothing is not waited for")
  void silent() throws EngineCallException {
    ConnectionLimits impatient =
        new ConnectionLimits(Duration.ofSeconds(10), Duration.ofMillis(300), 1, 1 << 20);
    try (HostCommands host = open(command -> List.of("/bin/sleep", "60"), impatient)) {
      assertFails(() -> host.run(HostCommand.MOUNTS))
          .like(FailureCategory.TIMEOUT, "took too long for ssh cat");
    }
  }

  @Test
  @DisplayName("Hosts that are not reached over SSH run nothing")
  void otherTransport() {
    assertFails(
            () -> connector.open(new EngineTarget(Endpoint.parse("tcp://h:2375"), null), LIMITS))
        .like(FailureCategory.REFUSED, "not reached over SSH");
  }
}
