package dev.plimsoll.collect.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseTest
@DisplayName("Volumes that the engine said it removed")
class DestroyedVolumesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private JdbcClient jdbc;
  private DestroyedVolumes destroyed;
  private long host;
  private long other;
  private long events;

  @BeforeEach
  void hosts(DataSource dataSource) {
    PostureFixture fixture = new PostureFixture(dataSource);
    jdbc = fixture.jdbc();
    destroyed = new DestroyedVolumes(jdbc);
    jdbc.sql("truncate engine_event").update();
    fixture.clear();
    host = fixture.addHost("one");
    other = fixture.addHost("two");
    for (String volume : new String[] {"orders", "mail"}) {
      fixture.subject(host, SubjectKind.VOLUME, volume, volume, NOON);
    }
    fixture.subject(other, SubjectKind.VOLUME, "orders", "orders", NOON);
    fixture.subject(host, SubjectKind.CONTAINER, "short-lived", "short-lived", NOON);
  }

  @Test
  @DisplayName("each with the newest instant that had been heard by then")
  void newest() {
    happened(host, "volume_destroyed", "orders", NOON, NOON.plusSeconds(1));
    happened(host, "volume_destroyed", "orders", NOON.plusSeconds(60), NOON.plusSeconds(61));
    happened(host, "volume_destroyed", "orders", NOON.plusSeconds(90), NOON.plusSeconds(300));
    happened(host, "volume_destroyed", "mail", NOON.plusSeconds(90), NOON.plusSeconds(300));

    assertThat(known(host, NOON)).isEmpty();
    assertThat(known(host, NOON.plusSeconds(1))).isEqualTo(Map.of("orders", NOON));
    assertThat(known(host, NOON.plusSeconds(299)))
        .isEqualTo(Map.of("orders", NOON.plusSeconds(60)));
    assertThat(known(host, NOON.plusSeconds(300)))
        .isEqualTo(Map.of("orders", NOON.plusSeconds(90), "mail", NOON.plusSeconds(90)));
  }

  @Test
  @DisplayName("only of this host, and only those that a collection ever saw")
  void others() {
    happened(other, "volume_destroyed", "orders", NOON, NOON);
    happened(host, "volume_destroyed", "short-lived", NOON, NOON);
    happened(host, "commit", "mail", NOON, NOON);

    assertThat(known(host, NOON)).isEmpty();
    assertThat(known(other, NOON)).containsOnlyKeys("orders");
  }

  @Test
  @DisplayName("what was heard in a time are the instants at which it was")
  void changes() {
    happened(host, "volume_destroyed", "orders", NOON, NOON.plusSeconds(1));
    happened(host, "volume_destroyed", "mail", NOON, NOON.plusSeconds(1));
    happened(host, "volume_destroyed", "orders", NOON.plusSeconds(2), NOON.plusSeconds(3));

    assertThat(destroyed.changes(host, NOON, NOON.plusSeconds(10)))
        .containsExactlyInAnyOrder(NOON.plusSeconds(1), NOON.plusSeconds(3));
    assertThat(destroyed.changes(host, NOON.plusSeconds(1), NOON.plusSeconds(3))).isEmpty();
  }

  @Test
  @DisplayName("a host that differs in something else keeps them")
  void copied() {
    happened(host, "volume_destroyed", "orders", NOON, NOON);
    HostFacts.Builder facts = HostFacts.at(NOON);
    destroyed.contribute(host, NOON, facts);

    assertThat(facts.build().toBuilder().build().destroyedVolumes())
        .isEqualTo(Map.of("orders", NOON));
  }

  private Map<String, Instant> known(long hostId, Instant at) {
    HostFacts.Builder facts = HostFacts.at(at);
    destroyed.contribute(hostId, at, facts);
    return facts.build().destroyedVolumes();
  }

  private void happened(
      long hostId, String kind, String actor, Instant happenedAt, Instant receivedAt) {
    jdbc.sql(
            """
            insert into engine_event (host_id, kind, actor_id, ref, engine_nanos, happened_at,
              received_at, attributes)
            values (:host, :kind, :actor, '', :nanos, :happened, :received, '{}')
            """)
        .param("host", hostId)
        .param("kind", kind)
        .param("actor", actor)
        .param("nanos", ++events)
        .param("happened", happenedAt.atOffset(ZoneOffset.UTC))
        .param("received", receivedAt.atOffset(ZoneOffset.UTC))
        .update();
  }
}
