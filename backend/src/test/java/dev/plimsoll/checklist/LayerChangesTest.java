package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

class LayerChangesTest {
  private static final JsonNode CONTAINER =
      HostFixture.json(
          """
          {"Mounts":[{"Destination":"/data/"}],"Config":{"WorkingDir":"/work"},
           "HostConfig":{"Tmpfs":{"/scratch":""}}}
          """);

  private static LayerChanges.Seen seen(String changes) {
    return LayerChanges.of(HostFixture.json(changes), CONTAINER, 0L, null);
  }

  @Test
  void filesOfTheSystemAreKeptOneByOne() {
    assertThat(
            seen(
                """
                [{"Path":"/etc","Kind":0},{"Path":"/etc/new","Kind":1},
                 {"Path":"/usr","Kind":0},{"Path":"/usr/bin","Kind":0},
                 {"Path":"/usr/bin/su","Kind":0},{"Path":"/etcetera","Kind":1}]
                """))
        .isEqualTo(
            new LayerChanges.Seen(
                List.of("/etc/new", "/usr/bin/su"), List.of("/etcetera"), false, null));
  }

  @Test
  void whatTheEngineWritesAndWhatPassesIsNoChange() {
    LayerChanges.Seen seen =
        seen(
            """
            [{"Path":"/etc","Kind":0},{"Path":"/etc/hosts","Kind":1},
             {"Path":"/etc/resolv.conf","Kind":0},{"Path":"/etc/mtab","Kind":1},
             {"Path":"/.dockerenv","Kind":1},{"Path":"/dev","Kind":0},
             {"Path":"/dev/console","Kind":1},{"Path":"/proc","Kind":1},
             {"Path":"/tmp","Kind":0},{"Path":"/tmp/z","Kind":1},
             {"Path":"/run/secrets","Kind":1},{"Path":"/var/log/app.log","Kind":1},
             {"Path":"/data","Kind":1},{"Path":"/scratch","Kind":1},{"Path":"/work","Kind":1}]
            """);
    assertThat(seen.system()).isEmpty();
    assertThat(seen.data()).isEmpty();
  }

  @Test
  void deletingIsNoDataAndMarksNoDirectory() {
    LayerChanges.Seen seen =
        seen("[{\"Path\":\"/etc\",\"Kind\":0},{\"Path\":\"/etc/motd\",\"Kind\":2}]");
    assertThat(seen.system()).isEmpty();
  }

  @Test
  void dataIsKeptByDirectorySoThatItsGrowthChangesNothing() {
    LayerChanges.Seen few =
        seen("[{\"Path\":\"/srv/a/b/c/d/1\",\"Kind\":1},{\"Path\":\"/note\",\"Kind\":1}]");
    LayerChanges.Seen more =
        seen(
            "[{\"Path\":\"/srv/a/b/c/e/2\",\"Kind\":1},{\"Path\":\"/srv/a/b/c/d/1\",\"Kind\":0},"
                + "{\"Path\":\"/note\",\"Kind\":1}]");
    assertThat(few.data()).containsExactly("/note", "/srv/a/b");
    assertThat(more).isEqualTo(few);
  }

  @Test
  void noChangeAtAllIsNull() {
    assertThat(seen("null").data()).isEmpty();
    assertThat(LayerChanges.of(HostFixture.json("null"), CONTAINER, 1L << 21, null).over1MiB())
        .isTrue();
  }

  @Test
  void rootIsRememberedAsLongAsTheContainerRuns() {
    JsonNode answer =
        HostFixture.json(
            """
            {"Titles":["PID","UID","COMMAND"],
             "Processes":[["1","0","nginx"],["7","101","nginx"],["9","101","sshd"]]}
            """);
    ProcessTable first = ProcessTable.of(answer, MissingNode.getInstance(), "GET /x");
    assertThat(first.toJson().toString()).isEqualTo("{\"uid0\":[\"nginx\"],\"login\":[\"sshd\"]}");
    ProcessTable later =
        ProcessTable.of(
            HostFixture.json(
                "{\"Titles\":[\"PID\",\"UID\",\"COMMAND\"],\"Processes\":[[\"7\",\"101\",\"a\"]]}"),
            first.toJson(),
            "GET /x");
    assertThat(later.toJson().toString()).isEqualTo("{\"uid0\":[\"nginx\"],\"login\":[]}");
  }

  @Test
  void aListWithoutNumbersSaysNothing() {
    ProcessTable table =
        ProcessTable.of(
            HostFixture.json("{\"Titles\":[\"Name\"],\"Processes\":[[\"smss.exe\"]]}"),
            MissingNode.getInstance(),
            "GET /x");
    assertThat(table).isInstanceOf(ProcessTable.Refused.class);
  }
}
