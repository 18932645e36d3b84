package dev.plimsoll.collect.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.checklist.ContainerExecs;
import dev.plimsoll.checklist.EventWatchState;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.collect.CollectionProbe;
import dev.plimsoll.collect.connect.Connector;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.home.WorkerName;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.FaultyProxy;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;

/** Streams of a real engine's events, with what goes wrong between it and the portal. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
@RequiresEngine
class EventsTest {
  /** Days away from the engine's clock, which is that of this machine. */
  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));

  private static final String SECRET = "planted-secret-5e1d";
  private static final int REMEMBERED = 256;
  private static final EventLimits LIMITS =
      new EventLimits(
          Duration.ofSeconds(30),
          Duration.ofMinutes(15),
          Duration.ofSeconds(5),
          Duration.ofMillis(50),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          10,
          10,
          Duration.ofDays(30));

  private static TestEngine engine;
  private static int hostsMade;

  private final List<EventWatches> processes = new ArrayList<>();
  private final List<String> containers = new ArrayList<>();

  @TestBean(name = "publishClock")
  Clock publishClock;

  @Autowired ApplicationContext context;
  @Autowired Hosts hosts;
  @Autowired Connector connector;
  @Autowired EventStreams streams;
  @Autowired HeardEvents heardEvents;
  @Autowired EventRetention retention;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource dataSource;

  static Clock publishClock() {
    return CLOCK;
  }

  @BeforeAll
  static void startEngine() {
    engine = TestEngine.start();
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @AfterEach
  void stop() {
    processes.forEach(EventWatches::stop);
    containers.forEach(container -> engine.docker("rm", "-f", container));
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
  @DisplayName(
      "An exec as root, a privileged one, a commit and a volume's end are kept, no command")
  void kept() {
    String app = run("--user=1000");
    String named = run("--user=app");
    long host = add(engine.endpoint());
    follow(host);
    engine.docker("exec", "-u", "0", app, "/bin/busybox", "true", SECRET);
    engine.docker("exec", app, "/bin/busybox", "true");
    engine.docker("exec", named, "/bin/busybox", "true");
    engine.docker("exec", "-u", "1001", app, "/bin/busybox", "true");
    privilegedExec(named);
    engine.docker("volume", "create", "short-lived");
    engine.docker("volume", "rm", "short-lived");
    String image = engine.docker("commit", app, "committed:1");

    Waiting.until("the commit", () -> count("commit", image, host) == 1);

    assertThat(
            jdbc.sql(
                    "select kind || ' ' || actor_id || ' ' || attributes::text from engine_event"
                        + " where host_id = ? and actor_id in (?, ?, ?, 'short-lived')"
                        + " order by engine_nanos")
                .param(host)
                .param(app)
                .param(named)
                .param(image)
                .query(String.class)
                .list())
        .containsExactly(
            "exec " + app + " {\"user\": \"0\", \"privileged\": false}",
            "exec " + named + " {\"user\": \"\", \"privileged\": true}",
            "volume_destroyed short-lived {}",
            "commit " + image + " {}");
    for (String table : List.of("engine_event", "event_stream", "event_gap")) {
      assertThat(jdbc.sql("select t::text from " + table + " t").query(String.class).list())
          .as(table)
          .allSatisfy(row -> assertThat(row).doesNotContain(SECRET, "busybox"));
    }
    HeardEvents.Heard heard = heardEvents.of(host);
    assertThat(heard.watch()).isInstanceOf(EventWatchState.Watched.class);
    assertThat(heard.committed()).contains(image);
    assertThat(execs(heard, app).root()).isNotNull();
    assertThat(execs(heard, app).privileged()).isNull();
    assertThat(execs(heard, named).privileged()).isNotNull();
    assertThat(execs(heard, named).named()).as("its own user's name").isNull();
  }

  @Test
  @DisplayName("Health checks are the engine's own: thousands of them leave nothing")
  void healthChecks() {
    String healthy = run("--user=1000", "--health-cmd=true \"a  b\"", "--health-interval=1s");
    long host = add(engine.endpoint());
    follow(host);
    Waiting.until(
        "a health check",
        () ->
            engine
                .docker("inspect", "--format={{.State.Health.Status}}", healthy)
                .equals("healthy"));
    engine.docker("exec", "-u", "root", healthy, "/bin/sh", "-c", "true");
    Waiting.until("the exec by name", () -> count("exec", healthy, host) == 1);
    assertThat(execs(heardEvents.of(host), healthy).root()).isNotNull();
    assertThat(execs(heardEvents.of(host), healthy).unread()).isNull();
  }

  @Test
  @DisplayName("What happens while the connection is down is caught up, without a gap")
  void reconnected() {
    try (FaultyProxy proxy = FaultyProxy.inFrontOf(engine.endpoint())) {
      String app = run("--user=1000");
      long host = add(proxy.endpoint());
      follow(host);
      exec(app, host);
      Object watchedSince = watchedSince(host);
      CLOCK.advance(Duration.ofMinutes(1));

      proxy.refuse();
      Waiting.until("the interruption", () -> !isOpen(host));
      assertThat(heardEvents.of(host).watch()).isInstanceOf(EventWatchState.Interrupted.class);
      engine.docker("exec", "-u", "0", app, "/bin/busybox", "true");
      proxy.pass();
      Waiting.until("the stream", () -> isOpen(host));

      Waiting.until("the exec meanwhile", () -> count("exec", app, host) == 2);
      assertThat(gaps(host)).isEmpty();
      assertThat(watchedSince(host)).isEqualTo(watchedSince);
    }
  }

  @Test
  @DisplayName("More events than the engine remembers while the connection is down are a gap")
  void overflown() {
    try (FaultyProxy proxy = FaultyProxy.inFrontOf(engine.endpoint())) {
      String app = run("--user=1000");
      long host = add(proxy.endpoint());
      follow(host);
      exec(app, host);
      Object watchedSince = watchedSince(host);
      CLOCK.advance(Duration.ofMinutes(1));

      proxy.refuse();
      Waiting.until("the interruption", () -> !isOpen(host));
      List<String> kill = new ArrayList<>(List.of("kill", "--signal=CONT"));
      kill.addAll(Collections.nCopies(REMEMBERED + 10, app));
      engine.docker(kill.toArray(String[]::new));
      proxy.pass();
      Waiting.until("the stream", () -> isOpen(host));

      assertThat(gaps(host)).hasSize(1).allSatisfy(gap -> assertThat(gap).contains("forgotten"));
      assertThat(watchedSince(host)).isNotEqualTo(watchedSince);
      assertThat(execs(heardEvents.of(host), app).root())
          .as("what was seen stays seen")
          .isNotNull();
    }
  }

  @Test
  @DisplayName("A restart of the engine is a gap: it remembers nothing from before")
  void restarted() {
    try (TestEngine own = TestEngine.start()) {
      own.docker("volume", "create", "anchor");
      long host = add(own.endpoint());
      follow(host);
      Waiting.until("the anchor", () -> anchor(host) != null);
      CLOCK.advance(Duration.ofMinutes(1));

      own.kill();
      Waiting.until("the interruption", () -> !isOpen(host));
      own.restart();
      Waiting.until("the stream", () -> isOpen(host));

      assertThat(gaps(host)).hasSize(1);
    }
  }

  @Test
  @DisplayName("One process follows a host; when it dies another goes on, when the lease has ended")
  void lease() {
    String app = run("--user=1000");
    long host = add(engine.endpoint());
    EventWatches first = process();
    first.keepLeasesOnce();
    Waiting.until("the stream", () -> isOpen(host));
    exec(app, host);
    String owner = owner(host);
    EventWatches second = process();
    second.keepLeasesOnce();
    assertThat(owner(host)).as("while the first one lives").isEqualTo(owner);

    CLOCK.advance(LIMITS.lease().minusSeconds(1));
    second.keepLeasesOnce();
    assertThat(owner(host)).as("before the lease has ended").isEqualTo(owner);
    CLOCK.advance(Duration.ofSeconds(1)); // and the first does not renew it: it is dead
    second.keepLeasesOnce();

    assertThat(owner(host)).isNotEqualTo(owner);
    Waiting.until("the stream", () -> isOpen(host));
    engine.docker("exec", "-u", "0", app, "/bin/busybox", "true");
    Waiting.until("the exec", () -> count("exec", app, host) == 2);
    assertThat(gaps(host)).isEmpty();
    assertThat(
            jdbc.sql("select count(distinct ref) = count(*) from engine_event where host_id = ?")
                .param(host)
                .query(Boolean.class)
                .single())
        .as("each exec once")
        .isTrue();
    assertThatThrownBy(() -> streams.goesOn(host, owner))
        .isInstanceOf(EventStreams.LeaseLost.class);
  }

  @Test
  @DisplayName("A process that stops in good order leaves its hosts to the next at once")
  void handedOver() {
    String app = run("--user=1000");
    long host = add(engine.endpoint());
    EventWatches first = process();
    first.start();
    Waiting.until("the stream", () -> isOpen(host));
    exec(app, host);
    first.stop();
    EventWatches second = process();
    second.keepLeasesOnce();
    Waiting.until("the stream", () -> isOpen(host));
    assertThat(gaps(host)).isEmpty();
  }

  @Test
  @DisplayName("A host whose switch is off, or that is paused, is not followed")
  void notFollowed() {
    long host = add(engine.endpoint());
    EventWatches process = process();
    process.keepLeasesOnce();
    Waiting.until("the stream", () -> isOpen(host));
    SignedIn.administrator().run(() -> hosts.pause(host));
    process.keepLeasesOnce();
    assertThat(owner(host)).isEmpty();
    SignedIn.administrator().run(() -> hosts.resume(host));
    SignedIn.administrator().run(() -> hosts.edit(host, draft(host, engine.endpoint(), Set.of())));
    process.keepLeasesOnce();
    assertThat(owner(host)).isEmpty();
  }

  @Test
  @DisplayName("A collection judges what was heard, and writes nothing where nothing more was")
  void collected() {
    String app = run("--user=1000");
    long host = add(engine.endpoint());
    follow(host);
    exec(app, host);
    CollectionProbe.collect(context, host);

    assertThat(outcome(host, "CTR-EXECROOT", app)).isEqualTo("FAIL");
    assertThat(outcome(host, "CTR-EXECPRIV", app)).isEqualTo("UNKNOWN");
    long states = states(host);
    CLOCK.advance(Duration.ofSeconds(10));
    CollectionProbe.collect(context, host);
    assertThat(states(host)).isEqualTo(states);

    CLOCK.advance(Duration.ofDays(8));
    processes.getFirst().keepLeasesOnce();
    Waiting.until("the stream", () -> isOpen(host));
    CollectionProbe.collect(context, host);
    assertThat(outcome(host, "CTR-EXECROOT", app)).as("a week later").isNull();
    assertThat(outcome(host, "CTR-EXECPRIV", app)).isNull();
  }

  @Test
  @DisplayName("Old events go, a commit stays as long as its image")
  void trimmed() {
    String app = run("--user=1000");
    long host = add(engine.endpoint());
    follow(host);
    String image = engine.docker("commit", app, "kept:1");
    exec(app, host);
    Waiting.until("the commit", () -> count("commit", image, host) == 1);
    CollectionProbe.collect(context, host);
    CLOCK.advance(LIMITS.retention().plusDays(1));
    retention.trim();
    assertThat(count("exec", app, host)).isZero();
    assertThat(heardEvents.of(host).committed()).contains(image);

    engine.docker("rmi", "kept:1");
    processes.getFirst().keepLeasesOnce();
    CollectionProbe.collect(context, host);
    retention.trim();
    assertThat(count("commit", image, host)).isZero();
  }

  private void follow(long host) {
    process().keepLeasesOnce();
    Waiting.until("the stream", () -> isOpen(host));
  }

  private EventWatches process() {
    EventWatches process = new EventWatches(hosts, connector, streams, LIMITS, WorkerName.fresh());
    processes.add(process);
    return process;
  }

  /** Runs something as root, and waits until it was heard. */
  private void exec(String container, long host) {
    long before = count("exec", container, host);
    engine.docker("exec", "-u", "0", container, "/bin/busybox", "true");
    Waiting.until("the exec", () -> count("exec", container, host) == before + 1);
  }

  /** Not every machine lets the engine give all privileges; asking for them is what is seen. */
  private static void privilegedExec(String container) {
    try {
      engine.docker("exec", "--privileged", container, "/bin/busybox", "true");
    } catch (RuntimeException e) {
      assertThat(e).hasMessageContaining("caps");
    }
  }

  private long add(Endpoint endpoint) {
    return SignedIn.administrator()
        .get(() -> hosts.add(draft(++hostsMade, endpoint, Set.of(ReadingSwitch.EVENTS))))
        .id();
  }

  private static HostDraft draft(long number, Endpoint endpoint, Set<ReadingSwitch> readings) {
    return new HostDraft(
        "host-" + number, endpoint.uri(), null, null, null, 2, Map.of(), 604_800, readings, null);
  }

  /** Runs a container of the test's own: a new stream hears what others did too. */
  private String run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", "-d", "--network=none"));
    arguments.addAll(List.of(options));
    arguments.add(TestEngine.IMAGE);
    String id = engine.docker(arguments.toArray(String[]::new));
    containers.add(id);
    return id;
  }

  private static ContainerExecs execs(HeardEvents.Heard heard, String container) {
    return heard.execs().getOrDefault(container, new ContainerExecs(null, null, null, null));
  }

  private boolean isOpen(long host) {
    return jdbc.sql("select open from event_stream where host_id = ?")
        .param(host)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Which process follows a host; empty if none does. */
  private String owner(long host) {
    return jdbc.sql("select coalesce(owner, '') from event_stream where host_id = ?")
        .param(host)
        .query(String.class)
        .single();
  }

  private @Nullable Object anchor(long host) {
    return jdbc.sql("select * from event_stream where host_id = ?")
        .param(host)
        .query()
        .singleRow()
        .get("anchor_at");
  }

  private @Nullable Object watchedSince(long host) {
    return jdbc.sql("select * from event_stream where host_id = ?")
        .param(host)
        .query()
        .singleRow()
        .get("watched_since");
  }

  private List<String> gaps(long host) {
    return jdbc.sql("select reason from event_gap where host_id = ? order by from_at")
        .param(host)
        .query(String.class)
        .list();
  }

  private long count(String kind, String actorId, long host) {
    return jdbc.sql(
            "select count(*) from engine_event where host_id = ? and kind = ? and actor_id = ?")
        .param(host)
        .param(kind)
        .param(actorId)
        .query(Long.class)
        .single();
  }

  private long states(long host) {
    return jdbc.sql("select count(*) from state where host_id = ?")
        .param(host)
        .query(Long.class)
        .single();
  }

  private @Nullable String outcome(long host, String check, String container) {
    return jdbc.sql(
            "select v.outcome from verdict v join subject b on b.id = v.subject_id"
                + " where v.host_id = ? and v.check_id = ? and b.docker_id = ?"
                + " and v.valid_to = 'infinity'")
        .param(host)
        .param(check)
        .param(container)
        .query(String.class)
        .optional()
        .orElse(null);
  }
}
