package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publishing on a real PostgreSQL: what is written, when, and what is not. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class PublishingTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final SettableClock CLOCK = new SettableClock(START);
  private static final JsonMapper MAPPER = new JsonMapper();

  @Autowired Publishing publishing;
  @Autowired Rejudging rejudging;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;

  @TestBean(name = "publishClock")
  Clock clock;

  private JdbcClient jdbc;
  private long host;

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void addHost() {
    jdbc = JdbcClient.create(dataSource);
    host = host("host-" + System.nanoTime(), 1);
  }

  @AfterEach
  void everythingIsWhole() {
    Intervals.assertWhole(dataSource);
    jdbc.sql("update host set decommissioned_at = now()").update();
    jdbc.sql("delete from score_sum").update(); // what nobody was told of is in none
  }

  @Test
  @DisplayName("A first collection is stored, judged and scored at one instant")
  void first() {
    publish(engine("E1"), container("web", "true"));

    assertThat(rows("state")).isEqualTo(2);
    assertThat(outcome("web", "CTR-PRIV")).isEqualTo("FAIL");
    assertThat(score().grade()).isEqualTo("F");
    assertThat(score().at()).isEqualTo(CLOCK.instant());
    assertThat(findings("OPEN")).contains("CTR-PRIV web");
    assertThat(fleet().score()).isEqualTo(score().score());
  }

  @Test
  @DisplayName("A collection that finds nothing new writes nothing")
  void unchanged() {
    publish(engine("E1"), container("web", "false"));
    Map<String, Long> before = counts();
    Instant published = publishedAt();
    CLOCK.advance(Duration.ofMinutes(5));

    publish(engine("E1"), container("web", "false"));

    assertThat(counts()).isEqualTo(before);
    assertThat(publishedAt()).isEqualTo(published);
  }

  @Test
  @DisplayName("A change closes an interval and opens the next at the same instant")
  void change() {
    publish(engine("E1"), container("web", "true"), container("db", "false"));
    int before = score().score();
    CLOCK.advance(Duration.ofMinutes(5));
    publish(engine("E1"), container("web", "false"), container("db", "false"));

    assertThat(
            jdbc.sql(
                    "select count(*) from state a join state b on a.subject_id = b.subject_id"
                        + " and a.valid_to = b.valid_from where a.host_id = ? and b.valid_from = ?")
                .param(host)
                .param(CLOCK.instant().atOffset(java.time.ZoneOffset.UTC))
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(rows("state")).isEqualTo(4);
    assertThat(score().score()).isGreaterThan(before);
    assertThat(findings("RESOLVED")).contains("CTR-PRIV web");
  }

  @Test
  @DisplayName("A clock that is set back does not bend the order of intervals")
  void clockBack() {
    publish(engine("E1"), container("web", "true"));
    Instant first = publishedAt();
    CLOCK.advance(Duration.ofHours(-2));
    publish(engine("E1"), container("web", "false"));

    assertThat(publishedAt()).isAfter(first);
    CLOCK.advance(Duration.ofHours(2));
  }

  @Test
  @DisplayName("A container that cannot be inspected is unknown, and nothing else suffers")
  void unreadContainer() {
    publish(engine("E1"), container("web", "true"), container("db", "false"));
    String db = outcomes("db");
    int score = score().score();

    publish(
        engine("E1"),
        new Sighting.Unread(
            SubjectKind.CONTAINER,
            id("web"),
            "web",
            "web",
            new Reading.Unread("GET /containers/web/json", 500, "it broke")),
        container("db", "false"));

    assertThat(outcomes("web")).matches("[UO]+");
    assertThat(outcomes("db")).isEqualTo(db);
    assertThat(score().score()).isLessThanOrEqualTo(score);
    assertThat(findings("OPEN")).as("what is unknown resolves nothing").contains("CTR-PRIV web");
    assertThat(evidence("web", "CTR-PRIV")).contains("GET /containers/web/json").contains("500");
  }

  @Test
  @DisplayName("A list that cannot be read keeps its subjects and never raises the score")
  void unreadList() {
    publish(engine("E1"), container("web", "false"));
    int score = score().score();
    long verdicts = verdictsOf("CTR-%");

    publish(
        Map.of(
            SubjectKind.CONTAINER,
            new Reading.Unread("GET /containers/json?all=true", 403, "forbidden")),
        engine("E1"));

    assertThat(present("container")).isEqualTo(1);
    assertThat(verdictsOf("CTR-%")).as("blindness writes no verdict rows").isEqualTo(verdicts);
    assertThat(score().score()).isLessThanOrEqualTo(score);
    assertThat(score().confidence()).isLessThan(1000);

    publish(engine("E1"), container("web", "false"));
    assertThat(score().score()).isEqualTo(score);
  }

  @Test
  @DisplayName("A host whose image list was never readable scores 0, grade U")
  void neverReadable() {
    publish(
        Map.of(SubjectKind.IMAGE, new Reading.Unread("GET /images/json", 403, "forbidden")),
        engine("E1"),
        container("web", "false"));
    assertThat(score().score()).isZero();
    assertThat(score().grade()).isEqualTo("U");

    publish(engine("E1"), container("web", "false"));
    assertThat(score().score()).isPositive();
  }

  @Test
  @DisplayName("A finding goes on when its container is recreated within seven days, not after")
  void recreated() {
    publish(engine("E1"), container("web", "true"));
    Instant failingSince = failingSince("CTR-PRIV");
    CLOCK.advance(Duration.ofDays(1));
    publish(engine("E1"));
    assertThat(findings("RESOLVED")).contains("CTR-PRIV web");
    CLOCK.advance(Duration.ofDays(6));
    publish(engine("E1"), named("web", "recreated", "true"));
    assertThat(findings("OPEN")).contains("CTR-PRIV web");
    assertThat(failingSince("CTR-PRIV")).isEqualTo(failingSince);

    publish(engine("E1"));
    CLOCK.advance(Duration.ofDays(8));
    publish(engine("E1"), named("web", "again", "true"));
    assertThat(failingSince("CTR-PRIV")).isEqualTo(CLOCK.instant());
  }

  @Test
  @DisplayName("Staleness counts from the instant it fell due, and ends with the next reading")
  void stale() {
    publish(engine("E1"), container("web", "true"));
    int score = score().score();
    Instant due = CLOCK.instant().plus(Duration.ofHours(24));
    CLOCK.advance(Duration.ofHours(30));
    publishing.markStale(host, due, new Reading.Unread("connect", 0, "gone"));
    long rows = rows("score");
    publishing.markStale(host, due, new Reading.Unread("connect", 0, "gone"));

    assertThat(rows("score")).isEqualTo(rows);
    assertThat(score().at()).isEqualTo(due);
    assertThat(score().score()).isZero();
    assertThat(score().grade()).isEqualTo("U");
    assertThat(score().critical()).as("silence hides no open critical").isEqualTo(1);

    publish(engine("E1"), container("web", "true"));
    assertThat(score().score()).isEqualTo(score);
  }

  @Test
  @DisplayName("Another engine behind the same host begins everything anew")
  void newEngine() {
    publish(engine("E1"), volume("data"));
    CLOCK.advance(Duration.ofMinutes(1));
    publish(engine("E2"), volume("data"));

    assertThat(
            jdbc.sql(
                    "select count(*) from state where host_id = ? and kind = 'volume'"
                        + " and valid_to = 'infinity' and valid_from = ?")
                .param(host)
                .param(CLOCK.instant().atOffset(java.time.ZoneOffset.UTC))
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  @DisplayName("What time alone changes is written at exactly the instant at which it changed")
  void turns() {
    Instant finished = CLOCK.instant().minus(Duration.ofDays(6));
    publish(engine("E1"), stopped("job", finished));
    int counted = score().score();
    CLOCK.advance(Duration.ofDays(3));
    assertThat(publishing.hostsWithDueTurns(10)).contains(host);
    publishing.applyDueTurns(host);

    assertThat(score().score()).isGreaterThan(counted);
    assertThat(
            jdbc.sql("select max(valid_from) from judgement where host_id = ? and not in_score")
                .param(host)
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single())
        .isEqualTo(finished.plus(Duration.ofDays(7)));
  }

  @Test
  @DisplayName("A container that was never started costs nothing; one that has, does")
  void neverStarted() {
    publish(engine("E1"));
    int empty = score().score();
    publish(
        engine("E1"), observed("idle", "true", "{\"state\":\"created\",\"everStarted\":false}"));
    assertThat(score().score()).isEqualTo(empty);
    assertThat(outcome("idle", "CTR-PRIV")).as("it is judged all the same").isEqualTo("FAIL");
    assertThat(findings("OPEN"))
        .as("as many as the score speaks of")
        .doesNotContain("CTR-PRIV idle");
  }

  @Test
  @DisplayName("Replicas of one workload cost as much as one of them")
  void replicas() {
    publish(engine("E1"), container("web-1", "true"));
    int one = score().score();
    publish(engine("E1"), container("web-1", "true"), container("web-2", "true"));
    assertThat(score().score()).isEqualTo(one);
  }

  @Test
  @DisplayName("The fleet's score is the mean of its hosts by criticality, dead ones included")
  void fleetMean() {
    publish(engine("E1"), container("web", "false"));
    int alive = score().score();
    long dead = host("dead-" + System.nanoTime(), 4);
    publishing.markStale(dead, CLOCK.instant(), new Reading.Unread("connect", 0, "refused"));

    assertThat(fleet().score()).isEqualTo(alive / 5);
    assertThat(fleet().hosts()).isEqualTo(2);
  }

  // --- what is published

  private long host(String name, int criticality) {
    return jdbc.sql(
            "insert into host (name, endpoint, criticality, created_at) values (?, 'unix:///x', ?,"
                + " now()) returning id")
        .param(name)
        .param(criticality)
        .query(Long.class)
        .single();
  }

  private void publish(Sighting... sightings) {
    publish(Map.of(), sightings);
  }

  private void publish(Map<SubjectKind, Reading.Unread> unread, Sighting... sightings) {
    String engineId =
        Arrays.stream(sightings)
            .filter(s -> s.kind() == SubjectKind.ENGINE)
            .map(s -> ((Sighting.Seen) s).document().json().path("info").path("ID").asString(""))
            .collect(Collectors.joining());
    long collection =
        jdbc.sql(
                "insert into collection (host_id, outcome, started_at, finished_at, worker)"
                    + " values (?, 'SUCCEEDED', now(), now(), 'test') returning id")
            .param(host)
            .query(Long.class)
            .single();
    transaction.executeWithoutResult(
        status ->
            publishing.publish(
                host, collection, new HostSighting(engineId, List.of(sightings), unread)));
  }

  private static Sighting engine(String id) {
    return new Sighting.Seen(
        SubjectKind.ENGINE,
        "engine",
        "engine",
        "engine",
        document("{\"info\":{\"ID\":\"" + id + "\",\"Warnings\":[]},\"version\":{}}"),
        document("{\"transport\":\"UNIX\",\"clockWithin60s\":true}"));
  }

  private static Sighting container(String name, String privileged) {
    return observed(name, privileged, "{\"state\":\"running\",\"everStarted\":true}");
  }

  private static Sighting stopped(String name, Instant finished) {
    return observed(
        name,
        "true",
        "{\"state\":\"exited\",\"everStarted\":true,\"finishedAt\":\"" + finished + "\"}");
  }

  private static Sighting observed(String name, String privileged, String observation) {
    return seen(name, id(name), privileged, observation);
  }

  private static Sighting named(String name, String id, String privileged) {
    return seen(name, id, privileged, "{\"state\":\"running\",\"everStarted\":true}");
  }

  private static Sighting seen(String name, String id, String privileged, String observation) {
    return new Sighting.Seen(
        SubjectKind.CONTAINER,
        id,
        name,
        name,
        document(
            "{\"Id\":\"%s\",\"Name\":\"/%s\",\"HostConfig\":{\"Privileged\":%s},\"Config\":{}}"
                .formatted(id, name, privileged)),
        document(observation));
  }

  private static Sighting volume(String name) {
    return new Sighting.Seen(
        SubjectKind.VOLUME,
        name,
        name,
        name,
        document("{\"Name\":\"" + name + "\",\"Driver\":\"local\",\"Options\":null}"),
        null);
  }

  private static String id(String name) {
    return "id-of-" + name;
  }

  private static Document document(String json) {
    JsonNode tree = MAPPER.readTree(json);
    return Document.of(tree);
  }

  // --- what is read back

  private record Score(
      Instant at, int score, String grade, int confidence, int critical, int hosts) {}

  private Score score() {
    return score("HOST", host);
  }

  private Score fleet() {
    return score("FLEET", 0);
  }

  private Score score(String scope, long id) {
    return jdbc.sql("select * from score where scope = ? and scope_id = ? order by at desc limit 1")
        .param(scope)
        .param(id)
        .query(
            (row, n) ->
                new Score(
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getInt("score"),
                    row.getString("grade"),
                    row.getInt("confidence"),
                    row.getInt("hosts_with_critical"),
                    row.getInt("hosts")))
        .single();
  }

  private long verdictsOf(String checks) {
    return jdbc.sql("select count(*) from verdict where host_id = ? and check_id like ?")
        .param(host)
        .param(checks)
        .query(Long.class)
        .single();
  }

  private long rows(String table) {
    return jdbc.sql(
            "select count(*) from "
                + table
                + " where "
                + (table.equals("score") ? "scope = 'HOST' and scope_id" : "host_id")
                + " = ?")
        .param(host)
        .query(Long.class)
        .single();
  }

  private Map<String, Long> counts() {
    List<String> tables =
        new ArrayList<>(
            List.of(
                "document",
                "subject",
                "state",
                "judgement",
                "verdict",
                "finding",
                "finding_event",
                "score",
                "host_blindness"));
    return tables.stream()
        .collect(
            Collectors.toMap(
                table -> table,
                table -> jdbc.sql("select count(*) from " + table).query(Long.class).single()));
  }

  private Instant publishedAt() {
    return jdbc.sql("select published_at from host_publication where host_id = ?")
        .param(host)
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  private long present(String kind) {
    return jdbc.sql(
            "select count(*) from state where host_id = ? and kind = ? and valid_to = 'infinity'")
        .param(host)
        .param(kind)
        .query(Long.class)
        .single();
  }

  @Test
  @DisplayName(
      "Another catalogue judges anew from what is stored; what stood before stays readable")
  void otherCatalogue() {
    publish(engine("E1"), container("web", "true"));
    Instant first = CLOCK.instant();
    jdbc.sql("update host_publication set catalogue_version = 1 where host_id = ?")
        .param(host)
        .update();
    jdbc.sql("update judgement set catalogue_version = 1 where host_id = ?").param(host).update();
    assertThat(rejudging.progress().done()).isLessThan(rejudging.progress().total());

    CLOCK.advance(Duration.ofMinutes(1));
    assertThat(rejudging.requestOutdated()).isEqualTo(1);
    assertThat(publishing.hostsWithDueTurns(10)).contains(host);
    publishing.applyDueTurns(host);

    assertThat(rejudging.progress().done()).isEqualTo(rejudging.progress().total());
    assertThat(rejudging.requestOutdated()).isZero();
    assertThat(
            jdbc.sql(
                    "select catalogue_version, valid_from = ? from judgement where host_id = ?"
                        + " and kind = 'engine' order by valid_from")
                .param(first.atOffset(ZoneOffset.UTC))
                .param(host)
                .query((row, n) -> row.getInt(1) + " " + row.getBoolean(2))
                .list())
        .containsExactly("1 true", CurrentCatalogue.number(dataSource) + " false");
    assertThat(score().at()).isEqualTo(first);
  }

  @Test
  @DisplayName(
      "A request to judge anew at an instant that is published already comes right after it")
  void judgedAnewAtOnce() {
    publish(engine("E1"), container("web", "true"));
    transaction.executeWithoutResult(status -> rejudging.request(List.of(host)));
    publishing.applyDueTurns(host);
    assertThat(publishing.hostsWithDueTurns(10)).doesNotContain(host);
  }

  private String outcome(String name, String check) {
    return ofVerdict("outcome", name, check);
  }

  private String evidence(String name, String check) {
    return ofVerdict("evidence", name, check);
  }

  private String ofVerdict(String column, String name, String check) {
    return jdbc.sql(
            "select "
                + column
                + " from verdict v join subject b on b.id = v.subject_id"
                + " where v.host_id = ? and b.name = ? and check_id = ? and valid_to = 'infinity'")
        .param(host)
        .param(name)
        .param(check)
        .query(String.class)
        .single();
  }

  private String outcomes(String name) {
    return jdbc.sql(
            "select outcomes from judgement j join subject b on b.id = j.subject_id"
                + " where j.host_id = ? and b.name = ? and valid_to = 'infinity'")
        .param(host)
        .param(name)
        .query(String.class)
        .single();
  }

  private List<String> findings(String status) {
    return jdbc.sql(
            "select check_id || ' ' || lineage from finding where host_id = ? and status = ?")
        .param(host)
        .param(status)
        .query(String.class)
        .list();
  }

  private Instant failingSince(String check) {
    return jdbc.sql(
            "select failing_since from finding where host_id = ? and check_id = ? and kind ="
                + " 'container'")
        .param(host)
        .param(check)
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }
}
