package dev.plimsoll.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class LocalEngineTest {
  private final Hosts hosts;
  private final JdbcClient jdbc;

  LocalEngineTest(@Autowired Hosts hosts, @Autowired JdbcClient jdbc) {
    this.hosts = hosts;
    this.jdbc = jdbc;
  }

  @Test
  @DisplayName("It is added once, in the portal's name, if wanted and if the socket is there")
  void once(@TempDir Path directory) throws Exception {
    Path socket = directory.resolve("docker.sock");
    start(true, socket);
    assertThat(endpoints()).isEmpty();

    Files.createFile(socket);
    start(false, socket);
    assertThat(endpoints()).isEmpty();

    start(true, socket);
    start(true, socket);
    assertThat(endpoints()).isEqualTo("unix://" + socket);
    assertThat(
            jdbc.sql("select actor from audit_entry where action = 'host.added'")
                .query(String.class)
                .list())
        .containsExactly("plimsoll");
  }

  private void start(boolean wanted, Path socket) {
    new LocalEngine(hosts, wanted, socket).run(new DefaultApplicationArguments());
  }

  private String endpoints() {
    return String.join(" ", jdbc.sql("select endpoint from host").query(String.class).list());
  }
}
