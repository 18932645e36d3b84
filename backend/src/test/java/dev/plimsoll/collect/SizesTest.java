package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.backup.DataSizes;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.collect.SizeReading.Outcome;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.FakeEngine;
import dev.plimsoll.testing.FakeEngine.Behaviour;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

@SpringBootTest(properties = {"db-scheduler.enabled=false", "plimsoll.sizes.first=0s"})
@DatabaseTest
@DisplayName("Sizes of volumes and writable layers")
class SizesTest {
  private static final String DF = "/system/df";
  private static final String WEB = "a".repeat(64);
  private static final long MIB = 1 << 20;
  private static int hostsMade;

  @Autowired ApplicationContext context;
  @Autowired Hosts hosts;
  @Autowired SizesRun run;
  @Autowired SizeReadings readings;
  @Autowired DataSizes sizes;
  @Autowired JdbcClient jdbc;

  @Autowired
  @Qualifier("publishClock")
  Clock clock;

  private FakeEngine engine;

  @BeforeEach
  void startEngine() {
    engine =
        FakeEngine.start()
            .when("/info", Behaviour.json("{\"ID\":\"x\",\"Name\":\"h\"}"))
            .when("/containers/json", Behaviour.json("[]"))
            .when("/images/json", Behaviour.json("[]"))
            .when("/networks", Behaviour.json("[]"))
            .when("/volumes", Behaviour.json("{\"Volumes\":[]}"))
            .when("/plugins", Behaviour.json("[]"));
  }

  @AfterEach
  void stopEngine() {
    engine.close();
    jdbc.sql("delete from size_reading").update();
  }

  @Test
  @DisplayName("are read soon after the first collection, and written only where they changed")
  void intervals() {
    long host = collected();
    assertThat(outcome(host)).isEqualTo(Outcome.PENDING);
    measure(host, df("{\"orders\":4096,\"mail\":10}", 0));
    Instant first = clock.instant();
    measure(host, df("{\"orders\":4096,\"mail\":10}", 0));
    assertThat(rows(host)).as("nothing changed").isEqualTo(3);

    measure(host, df("{\"orders\":8192,\"mail\":10}", 5));
    Instant second = clock.instant();
    measure(host, df("{\"orders\":-1}", 5));

    assertThat(sizes.volumes(host, first)).isEqualTo(Map.of("orders", 4096L, "mail", 10L));
    assertThat(sizes.layers(host, first)).isEqualTo(Map.of(WEB, 0L));
    assertThat(sizes.volumes(host, second)).isEqualTo(Map.of("orders", 8192L, "mail", 10L));
    assertThat(sizes.layers(host, second)).isEqualTo(Map.of(WEB, 5L));
    assertThat(sizes.volumes(host, clock.instant())).as("one gone, one not told").isEmpty();
    assertThat(sizes.volumes(host, first.minus(Duration.ofDays(1)))).isEmpty();
    assertThat(overlaps()).isZero();
    assertThat(nextAt(host))
        .isBetween(
            clock.instant().plus(Duration.ofHours(21)), clock.instant().plus(Duration.ofHours(27)));
  }

  @Test
  @DisplayName("are asked for by type where the engine understands it, else all at once")
  void asked() {
    long old = collected();
    measure(old, df("{}", 0));
    assertThat(engine.requests()).contains("GET /v1.41/system/df");
    jdbc.sql("delete from size_reading").update();

    engine.apiVersions("1.24", "1.44");
    long young = collected();
    measure(young, df("{}", 0));
    assertThat(questions())
        .containsExactly("GET /v1.41/system/df", "GET /v1.44/system/df?type=volume&type=container");
  }

  @Test
  @DisplayName("that never come hold up no collection of the same host")
  void hanging() {
    long host = collected();
    engine.when(DF, Behaviour.silence());
    run.beginDue();
    Waiting.until("the question", () -> engine.requests().contains("GET /v1.41/system/df"));

    long before = collections(host);
    CollectionProbe.collect(context, host);
    assertThat(collections(host)).isEqualTo(before + 1);
    assertThat(outcome(host)).as("meanwhile").isEqualTo(Outcome.RUNNING);
    assertThat(reading(host).nextAt()).isNull();

    run.beginDue();
    SignedIn.administrator().run(() -> readings.measureNow(host));
    run.beginDue();
    assertThat(questions()).hasSize(1);
    engine.close();
    Waiting.until("the end", () -> outcome(host) == Outcome.FAILED);
  }

  @Test
  @DisplayName("of a process that died are read again once they are taken for lost")
  void lost() {
    long host = collected();
    measure(host, df("{\"orders\":1}", 0));
    jdbc.sql(
            "update size_reading set outcome = 'RUNNING', finished_at = null, volumes = null,"
                + " layers = null, next_at = now() - interval '1 second'")
        .update();
    engine.when(DF, df("{\"orders\":2}", 0));
    run.beginDue();
    Waiting.until("the reading", () -> outcome(host) == Outcome.SUCCEEDED);
    assertThat(sizes.volumes(host, clock.instant())).isEqualTo(Map.of("orders", 2L));
  }

  @Test
  @DisplayName("that cannot be read stay as they were, say why, and are asked for again soon")
  void failing() {
    long host = collected();
    measure(host, df("{\"orders\":1}", 0));
    due(host);
    engine.when(DF, Behaviour.error(500, "a disk is broken"));
    run.beginDue();
    Waiting.until("the failure", () -> outcome(host) == Outcome.FAILED);

    Reading.Unread problem = problem(host);
    assertThat(problem.call()).isEqualTo("GET /system/df");
    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.detail()).contains("a disk is broken");
    assertThat(nextAt(host)).isBefore(clock.instant().plus(Duration.ofMinutes(12)));
    assertThat(sizes.volumes(host, clock.instant())).isEqualTo(Map.of("orders", 1L));

    due(host);
    engine.when(DF, Behaviour.html());
    Instant again = clock.instant();
    run.beginDue();
    Waiting.until(
        "the second failure",
        () -> outcome(host) == Outcome.FAILED && problem(host).status() == 200);
    assertThat(nextAt(host)).isAfter(again.plus(Duration.ofMinutes(17)));
    assertThat(sizes.volumes(host, clock.instant())).isEqualTo(Map.of("orders", 1L));
  }

  @Test
  @DisplayName("are not asked of a paused host, nor of one that is watched no longer")
  void notRead() {
    long host = collected();
    engine.when(DF, df("{\"orders\":1}", 0));
    SignedIn.administrator().run(() -> hosts.pause(host));
    run.beginDue();
    assertThat(reading(host).nextAt()).isNull();
    assertThatThrownBy(() -> SignedIn.administrator().run(() -> readings.measureNow(host)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("paused");

    SignedIn.administrator().run(() -> hosts.resume(host));
    run.beginDue();
    assertThat(outcome(host)).as("before it is collected again").isEqualTo(Outcome.PENDING);
    CollectionProbe.collect(context, host);
    run.beginDue();
    Waiting.until("the reading", () -> outcome(host) == Outcome.SUCCEEDED);

    SignedIn.administrator().run(() -> hosts.decommission(host));
    due(host);
    run.beginDue();
    assertThat(SignedIn.administrator().get(() -> readings.last(host))).isEmpty();
    assertThat(questions()).hasSize(1);
  }

  @Test
  @DisplayName("of a layer across 1 MiB, either way, let the host be judged anew; no others do")
  void judgedAnew() {
    long host = collected();
    measure(host, df("{\"orders\":4096}", MIB));
    assertThat(judgedAnew(host)).as("1 MiB is not more").isFalse();
    measure(host, df("{\"orders\":4096000000}", MIB + 1));
    assertThat(judgedAnew(host)).as("grown").isTrue();
    measure(host, df("{}", 5 * MIB));
    assertThat(judgedAnew(host)).as("grown on").isFalse();
    measure(host, df("{}", 7));
    assertThat(judgedAnew(host)).as("shrunk").isTrue();
  }

  @Test
  @DisplayName("are measured at once for those who may collect")
  void now() {
    long host = collected();
    measure(host, df("{}", 0));
    engine.when(DF, df("{\"orders\":1}", 0));
    assertThatThrownBy(() -> SignedIn.as("vi", Role.VIEWER).run(() -> readings.measureNow(host)))
        .isInstanceOf(AccessDeniedException.class);
    SignedIn.as("an", Role.ANALYST).run(() -> readings.measureNow(host));
    run.beginDue();
    Waiting.until("the size", () -> !sizes.volumes(host, clock.instant()).isEmpty());
    assertThat(
            jdbc.sql("select actor from audit_entry where action = 'sizes.requested'")
                .query(String.class)
                .list())
        .containsExactly("an");
  }

  /** A host that was collected once and is due to be measured. */
  private long collected() {
    long host =
        SignedIn.administrator()
            .get(
                () ->
                    hosts.add(
                        new HostDraft(
                            "host-" + ++hostsMade,
                            engine.endpoint().uri(),
                            null,
                            null,
                            null,
                            2,
                            Map.of(),
                            86_400,
                            Set.of(),
                            null)))
            .id();
    CollectionProbe.collect(context, host);
    return host;
  }

  private void measure(long host, Behaviour answer) {
    due(host);
    engine.when(DF, answer);
    run.beginDue();
    Waiting.until("the reading", () -> outcome(host) == Outcome.SUCCEEDED && nextAt(host) != null);
  }

  private void due(long host) {
    jdbc.sql("update size_reading set next_at = now() - interval '1 second' where host_id = ?")
        .param(host)
        .update();
  }

  /** What an engine answers that has volumes of these sizes and one container. */
  private static Behaviour df(String volumes, long layer) {
    StringBuilder list = new StringBuilder();
    for (String volume : volumes.replaceAll("[{}]", "").split(",")) {
      if (!volume.isEmpty()) {
        list.append(list.isEmpty() ? "" : ",")
            .append("{\"Name\":")
            .append(volume.replace(":", ",\"UsageData\":{\"RefCount\":1,\"Size\":"))
            .append("}}");
      }
    }
    return Behaviour.json(
        "{\"LayersSize\":1,\"Images\":[],\"Containers\":[{\"Id\":\"%s\",\"SizeRw\":%d}],\"Volumes\":[%s]}"
            .formatted(WEB, layer, list));
  }

  /** How often, and how, it was asked for sizes. */
  private List<String> questions() {
    return engine.requests().stream().filter(request -> request.contains(DF)).toList();
  }

  private SizeReading reading(long host) {
    return SignedIn.administrator().get(() -> readings.last(host).orElseThrow());
  }

  private Reading.Unread problem(long host) {
    return Objects.requireNonNull(reading(host).problem());
  }

  private Outcome outcome(long host) {
    return reading(host).outcome();
  }

  private @Nullable Instant nextAt(long host) {
    return reading(host).nextAt();
  }

  /** Whether a host is to be judged anew; if so, it is as if it had been. */
  private boolean judgedAnew(long host) {
    return jdbc.sql(
                "update host_publication set requested_at = null"
                    + " where host_id = ? and requested_at is not null")
            .param(host)
            .update()
        > 0;
  }

  private long collections(long host) {
    return jdbc.sql("select count(*) from collection where host_id = ? and outcome = 'SUCCEEDED'")
        .param(host)
        .query(Long.class)
        .single();
  }

  private int rows(long host) {
    return jdbc.sql("select count(*) from data_size where host_id = ?")
        .param(host)
        .query(Integer.class)
        .single();
  }

  private long overlaps() {
    return jdbc.sql(
            "select count(*) from (select valid_from, lag(valid_to) over (partition by host_id,"
                + " kind, key order by valid_from) before from data_size) x"
                + " where before > valid_from")
        .query(Long.class)
        .single();
  }
}
