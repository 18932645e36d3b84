package dev.plimsoll.collect.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.HostFilePaths;
import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.HostCommand;
import dev.plimsoll.collect.connect.HostCommands;
import dev.plimsoll.collect.connect.HostCommands.Output;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What commands on a host say, reduced to what checks look at; hosts may say anything. */
class HostFilesReaderTest {
  private static final String ROOT = "/var/lib/docker";

  private final Map<HostCommand, Output> outputs = new EnumMap<>(HostCommand.class);
  private final List<String> inputs = new ArrayList<>();

  HostFilesReaderTest() {
    for (HostCommand command : HostCommand.values()) {
      outputs.put(command, new Output(1, "", "cannot: Permission denied"));
    }
  }

  private HostFilesReaderTest says(HostCommand command, String text) {
    outputs.put(command, new Output(0, text, ""));
    return this;
  }

  private HostFilesReaderTest says(HostCommand command, int status, String text, String complaint) {
    outputs.put(command, new Output(status, text, complaint));
    return this;
  }

  private JsonNode read() {
    HostCommands host =
        new HostCommands() {
          @Override
          public Output run(HostCommand command, String input) throws EngineCallException {
            inputs.add(input);
            Output output = outputs.get(command);
            if (output == null) {
              throw new EngineCallException(
                  FailureCategory.TIMEOUT, command.call(), 0, "took too long", null);
            }
            return output;
          }

          @Override
          public void close() {}
        };
    return new HostFilesReader(host, ROOT).read().path("ssh");
  }

  private static String stat(String path, String type, String mode) {
    return "0|998|" + mode + "|" + type + "|root|docker|" + path;
  }

  @Test
  @DisplayName("Owner and mode of files that are there, null for those that are not")
  void files() {
    JsonNode ssh =
        says(
                HostCommand.STAT,
                1,
                stat("/run/docker.sock", "socket", "660") + "\n",
                """
                stat: cannot statx '/etc/default/docker': No such file or directory
                stat: cannot statx '/etc/docker/daemon.json': Permission denied
                stat: can't stat '/bin/runc': Not a directory
                """)
            .read();
    assertThat(ssh.at("/files/~1run~1docker.sock").toString())
        .isEqualTo(
            """
            {"uid":0,"gid":998,"user":"root","group":"docker","mode":"660"}""");
    assertThat(ssh.path("files").get("/etc/default/docker").isNull()).isTrue();
    assertThat(ssh.path("files").get("/bin/runc").isNull()).isTrue();
    assertThat(ssh.path("files").has("/etc/docker/daemon.json")).isFalse();
    assertThat(ssh.path("unread").path("/etc/docker/daemon.json").toString())
        .isEqualTo("{\"call\":\"ssh stat\",\"status\":1,\"detail\":\"Permission denied\"}");
    assertThat(ssh.path("unread").has("/usr/bin/dockerd")).as("never mentioned").isTrue();
  }

  @Test
  @DisplayName("A unit that is masked by a link to /dev/null is none")
  void maskedUnit() {
    String unit = "/etc/systemd/system/docker.service";
    JsonNode ssh = says(HostCommand.STAT, stat(unit, "character special file", "666")).read();
    assertThat(ssh.path("files").path(unit).isNull()).isTrue();
  }

  @Test
  @DisplayName("Lines that nobody asked for or that are no lines of stat leave nothing")
  void oddLines() {
    JsonNode ssh =
        says(
                HostCommand.STAT,
                """
                0|0|644|regular file|root|root|/etc/shadow
                x|0|644|regular file|root|root|/run/docker.sock
                0|0|rwx|regular file|root|root|/run/docker.sock
                0|0|644
                \u0000\u001b[31m
                """)
            .read();
    assertThat(ssh.path("files").isEmpty()).isTrue();
    assertThat(ssh.path("unread").has("/run/docker.sock")).isTrue();
  }

  @Test
  @DisplayName("Certificates of registries, as far as their names are names")
  void certificates() {
    String directory = HostFilePaths.REGISTRY_CERTIFICATES;
    says(HostCommand.STAT, stat(directory, "directory", "755"));
    JsonNode ssh =
        says(
                HostCommand.STAT_REGISTRY_CERTIFICATES,
                stat(directory + "/a/x|y.crt", "regular file", "444")
                    + "\n"
                    + stat(directory + "/a/broken", "regular file", "444")
                    + "\nname\n")
            .read();
    assertThat(ssh.path("files").has(directory + "/a/x|y.crt")).isTrue();
    assertThat(ssh.path("unread").path(directory).path("detail").asString(""))
        .isEqualTo("an odd file name");
  }

  @Test
  @DisplayName("More certificates than fit are a reason not to know")
  void tooManyCertificates() {
    String directory = HostFilePaths.REGISTRY_CERTIFICATES;
    says(HostCommand.STAT, stat(directory, "directory", "755"));
    JsonNode ssh =
        says(
                HostCommand.STAT_REGISTRY_CERTIFICATES,
                IntStream.range(0, 600)
                    .mapToObj(i -> stat(directory + "/a/" + i, "regular file", "444"))
                    .collect(Collectors.joining("\n")))
            .read();
    assertThat(ssh.path("files").size()).isLessThanOrEqualTo(501);
    assertThat(ssh.path("unread").has(directory)).isTrue();
  }

  @Test
  @DisplayName("TLS files are those of the configuration, else of the command line")
  void tls() {
    says(HostCommand.DAEMON_JSON, "{\"tlsverify\":true,\"tlscert\":\"/srv/c.pem\"}");
    says(HostCommand.ENGINE_COMMANDS, "/usr/bin/dockerd --tlskey=/srv/k.pem -H tcp://:2376\n");
    says(
        HostCommand.STAT_NAMED,
        1,
        stat("/srv/c.pem", "regular file", "444") + "\n" + stat("/etc/x", "regular file", "4"),
        "stat: cannot statx '/srv/k.pem': No such file or directory");
    JsonNode ssh = read();
    assertThat(ssh.path("tls").toString())
        .isEqualTo(
            "{\"tlscacert\":\"/root/.docker/ca.pem\",\"tlscert\":\"/srv/c.pem\","
                + "\"tlskey\":\"/srv/k.pem\"}");
    assertThat(inputs).contains("/root/.docker/ca.pem\0/srv/c.pem\0/srv/k.pem\0");
    assertThat(ssh.path("files").path("/srv/c.pem").path("mode").asString("")).isEqualTo("444");
    assertThat(ssh.path("files").path("/srv/k.pem").isNull()).isTrue();
    assertThat(ssh.path("files").has("/etc/x")).isFalse();
    assertThat(ssh.path("unread").has("/root/.docker/ca.pem")).isTrue();
  }

  @Test
  @DisplayName("An engine without TLS is given no TLS files")
  void withoutTls() {
    says(HostCommand.DAEMON_JSON, 1, "", "cat: /etc/docker/daemon.json: No such file or directory");
    JsonNode ssh = says(HostCommand.ENGINE_COMMANDS, "dockerd -H fd://").read();
    assertThat(ssh.path("daemonJson").toString()).isEqualTo("{}");
    assertThat(ssh.path("daemonCommands").toString()).isEqualTo("[\"dockerd -H fd://\"]");
    assertThat(ssh.path("tls").toString())
        .isEqualTo("{\"tlscacert\":null,\"tlscert\":null,\"tlskey\":null}");
  }

  @Test
  @DisplayName("Two engines, a relative path or a file that is no JSON: nobody knows")
  void unclearTls() {
    says(HostCommand.DAEMON_JSON, "{}");
    assertThat(says(HostCommand.ENGINE_COMMANDS, "dockerd\ndockerd -D").read().has("tls"))
        .isFalse();
    assertThat(
            says(HostCommand.ENGINE_COMMANDS, "dockerd --tlskey -x")
                .read()
                .path("unread")
                .has("tls"))
        .isTrue();
    says(HostCommand.ENGINE_COMMANDS, "dockerd");
    for (String text : List.of("[1]", "{", "{\"a\":1}}", "\"x\"")) {
      JsonNode ssh = says(HostCommand.DAEMON_JSON, text).read();
      assertThat(ssh.has("daemonJson")).as(text).isFalse();
      assertThat(ssh.at("/unread/daemonJson/detail").asString("")).contains("no JSON object");
    }
  }

  @Test
  @DisplayName("The kernel's audit rules go before those in files")
  void audit() {
    says(HostCommand.AUDIT_RULE_FILES, "-w /from/file\n");
    assertThat(
            says(HostCommand.AUDIT_RULES, "-w /etc/docker -p wa\n-a always,exit -S all\n")
                .read()
                .path("audit")
                .toString())
        .isEqualTo("[\"-w /etc/docker -p wa\"]");
    assertThat(says(HostCommand.AUDIT_RULES, "No rules\n").read().path("audit").toString())
        .isEqualTo("[]");
    says(HostCommand.AUDIT_RULES, 1, "", "You must be root to run this program.");
    assertThat(read().path("audit").toString()).isEqualTo("[\"-w /from/file\"]");
    says(HostCommand.AUDIT_RULE_FILES, 1, "", "cat: /etc/audit/rules.d/*: Permission denied");
    assertThat(read().at("/unread/audit/detail").asString("")).startsWith("You must be root");
    says(
        HostCommand.AUDIT_RULE_FILES,
        1,
        "",
        "cat: /etc/audit/audit.rules: No such file or directory");
    assertThat(read().path("audit").toString()).as("no audit at all").isEqualTo("[]");
  }

  @Test
  @DisplayName("Members of the group, those by primary group among them")
  void group() {
    says(HostCommand.DOCKER_GROUP, "docker:x:998:eve,bob\n");
    says(HostCommand.ACCOUNTS, "root:x:0:0::/root:/bin/sh\nci:x:5:998::/:/bin/sh\nodd\n");
    says(
        HostCommand.ACCOUNT_SOURCES,
        "passwd: files systemd sss\ngroup:\tfiles # ldap\nshadow: x\n");
    JsonNode ssh = read();
    assertThat(ssh.path("dockerGroup").toString()).isEqualTo("[\"bob\",\"ci\",\"eve\"]");
    assertThat(ssh.path("accountDirectories").toString()).isEqualTo("[\"sss\"]");
    assertThat(says(HostCommand.DOCKER_GROUP, 2, "", "").read().path("dockerGroup").isNull())
        .as("there is no such group")
        .isTrue();
    assertThat(says(HostCommand.DOCKER_GROUP, "docker\n").read().has("dockerGroup")).isFalse();
  }

  @Test
  @DisplayName("Mount points on the way to the data, and listeners on the engine's ports")
  void mountsAndListeners() {
    says(
        HostCommand.MOUNTS,
        """
        /dev/a / ext4 rw 0 0
        /dev/b /var/lib/docker ext4 rw 0 0
        overlay /var/lib/docker/overlay2/x/merged overlay rw 0 0
        /dev/c /va\\040r ext4 rw 0 0
        nonsense
        """);
    JsonNode ssh =
        says(
                HostCommand.LISTENING,
                """
                LISTEN 0 4096 0.0.0.0:8080 0.0.0.0:*
                LISTEN 0 4096 *:2377 *:*
                LISTEN 0 4096 [::1]:2376 [::]:*
                LISTEN
                """)
            .read();
    assertThat(ssh.path("mounts").toString()).isEqualTo("[\"/\",\"/var/lib/docker\"]");
    assertThat(ssh.path("listening").toString()).isEqualTo("[\"*:2377\",\"[::1]:2376\"]");
  }

  @Test
  @DisplayName("A host that refuses everything gives a document that says so, always the same")
  void refusesEverything() {
    JsonNode ssh = read();
    assertThat(ssh.path("unread").propertyNames())
        .contains(
            "audit", "dockerGroup", "daemonJson", "daemonCommands", "tls", "mounts", "listening");
    assertThat(read()).isEqualTo(ssh);
    outputs.clear();
    assertThat(read().at("/unread/mounts/detail").asString("")).isEqualTo("took too long");
  }
}
