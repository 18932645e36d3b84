package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.FakeEngine;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.Waiting;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** Many hosts that hang, and one that does not. */
@DatabaseTest
@DirtiesContext
@SpringBootTest(
    properties = {"plimsoll.collect-concurrency=1", "db-scheduler.polling-interval=200ms"})
class WaitingHostsTest {
  private static final int HANGING = 40;

  @Autowired Hosts hosts;
  @Autowired JdbcClient jdbc;

  @Test
  @DisplayName("Hosts that hang hold no slot: the only one serves the host that answers")
  void hanging() {
    try (FakeEngine silent = FakeEngine.start().when("/_ping", FakeEngine.Behaviour.silence());
        FakeEngine mute = FakeEngine.start().when("/info", FakeEngine.Behaviour.silence());
        FakeEngine answering = FakeEngine.start()) {
      for (int i = 0; i < HANGING; i++) {
        add("hanging-" + i, i % 2 == 0 ? silent : mute);
      }
      Waiting.until("all of them to be waited for", () -> running() == HANGING);

      long host = add("answering", answering);
      Waiting.until("the one that answers to be read", () -> read(host));

      assertThat(running()).as("hosts still waited for").isEqualTo(HANGING);
    }
  }

  private long add(String name, FakeEngine engine) {
    return SignedIn.administrator()
        .get(
            () ->
                hosts.add(
                    new HostDraft(
                        name, engine.endpoint().uri(), null, null, null, 2, Map.of(), 3_600, null)))
        .id();
  }

  private long running() {
    return jdbc.sql(
            "select count(*) from collection where outcome = 'RUNNING' and worker <> ''"
                + " and host_id in (select id from host where name like 'hanging-%')")
        .query(Long.class)
        .single();
  }

  private boolean read(long host) {
    return jdbc.sql("select count(*) > 0 from collection where host_id = ? and outcome = 'PARTIAL'")
        .param(host)
        .query(Boolean.class)
        .single();
  }
}
