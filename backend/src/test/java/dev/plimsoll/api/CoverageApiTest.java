package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.CoverageFixture;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.TestPortal;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API shows of coverage and backup records. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class CoverageApiTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant BEFORE = Instant.parse("2026-02-01T00:00:00Z");
  private static final JsonMapper MAPPER = new JsonMapper();

  @TestBean(name = "publishClock")
  Clock clock;

  private final MockMvcTester http;
  private final PostureFixture hosts;
  private final CoverageFixture fixture;
  private long host;
  private long orders;

  CoverageApiTest(@Autowired MockMvcTester http, @Autowired DataSource dataSource) {
    this.http = http;
    hosts = new PostureFixture(dataSource);
    fixture = new CoverageFixture(dataSource);
  }

  static Clock clock() {
    return new SettableClock(NOW);
  }

  @BeforeEach
  void addHost() {
    hosts.clear();
    fixture.clear();
    host = hosts.host("db-1").group("Retail").add();
    hosts.read(host, NOW.minusSeconds(60));
    orders =
        fixture.keep(
            host,
            DataKind.VOLUME,
            "orders",
            null,
            BEFORE,
            DataShape.NAMED,
            "[" + CoverageFixture.user("db", true) + "]");
    fixture.promise(orders, 7, "Databases", 86_400, false, BEFORE);
    fixture.standsUntil(orders, NOW.minusSeconds(600), NOW.minusSeconds(600).plusSeconds(86_400));
    fixture.size(host, DataKind.VOLUME, "orders", 4096, BEFORE, null);
  }

  private long backup() {
    return fixture.backup(host, DataKind.VOLUME, "orders", NOW.minusSeconds(600)).add();
  }

  @Test
  @DisplayName("Coverage is spelled as the contract says")
  void coverage() {
    backup();
    long layer = fixture.keep(host, DataKind.LAYER, "web", null, BEFORE, DataShape.LAYER, "[]");
    fixture.stands(layer, CoverageState.UNPROTECTED, CoverageReason.NO_POLICY, BEFORE);

    assertThat(get("/coverage/" + orders))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"id":"%d","volume":"orders","host":{"id":"%d","name":"db-1"},"state":"PROTECTED",
             "policy":"Databases","policyId":"7","rpoSeconds":86400,
             "lastSuccess":"2026-03-01T11:51:00Z","lastRestoreTest":null,"usedBy":["db"],
             "reason":"The newest good backup is younger than promised.","reasonCode":"FRESH",
             "bytes":4096,"offHost":true,"turnsAt":"2026-03-02T11:50:00Z","turnsTo":"LATE"}
            """
                .formatted(orders, host));
    JsonNode list = json("/coverage?host=DB-1&count=true");
    assertThat(texts(list, "state")).containsExactly("UNPROTECTED", "PROTECTED");
    assertThat(list.path("count").asInt()).isEqualTo(2);
    assertThat(list.path("items").path(0).path("container").asString()).isEqualTo("web");
    assertThat(list.path("items").path(0).has("volume")).isFalse();
    assertThat(texts(json("/coverage?state=protected,late&kind=volume"), "name"))
        .containsExactly("orders");
    assertThat(texts(json("/coverage?asOf=2026-01-15T00:00:00Z"), "name")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/coverage?state=GREEN, 400, state",
    "/coverage?sort=age, 400, sort",
    "/coverage?offHost=maybe, 400, offHost",
    "/coverage?colour=red, 400, colour",
    "/coverage?asOf=2099-01-01T00:00:00Z, 400, asOf",
    "/coverage?asOf=2026-02-02T00:00:00Z&knownAt=2026-02-01T00:00:00Z, 400, knownAt",
    "/coverage?knownAt=2099-01-01T00:00:00Z, 400, knownAt",
    "/coverage?host=nobody, 404, ",
    "/coverage/99999, 404, ",
    "/coverage/1?asOf=2026-01-15T00:00:00Z, 404, ",
    "/coverage/summary?scope=moon, 400, scope",
    "/coverage/summary?scope=group:Nowhere, 404, ",
    "/coverage/summary?from=2099-01-01T00:00:00Z, 400, from",
    "/coverage/summary?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z, 400, from",
    "/backup-records?kind=COPY, 400, kind",
    "/backup-records?outcome=MAYBE, 400, outcome",
    "/backup-records/99999, 404, "
  })
  @DisplayName("What cannot be asked is refused, naming the parameter")
  void refused(String address, int status, @Nullable String field) {
    MvcTestResult answer = get(address);
    assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (field != null) {
      assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
    }
  }

  @Test
  @DisplayName("The summary counts and weighs each state, now and over time")
  void summary() {
    backup();

    assertThat(get("/coverage/summary?scope=group:Retail"))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"at":"2026-03-01T12:00:00Z",
             "counts":{"PROTECTED":1,"LATE":0,"FAILED":0,"UNPROTECTED":0,"EXEMPT":0,"UNKNOWN":0},
             "bytes":{"PROTECTED":4096,"LATE":0},"unsized":{"PROTECTED":0},
             "total":{"count":1,"bytes":4096,"unsized":0},"percentProtected":100.0,
             "percentProtectedOfBytes":100.0,"kinds":{"volume":{"counts":{"PROTECTED":1}}},
             "offHost":{"yes":1,"no":0,"notReported":0}}
            """);
    JsonNode series =
        json("/coverage/summary?scope=host:db-1&from=2026-02-28T00:00:00Z&to=2026-04-01T00:00:00Z");
    assertThat(texts(series, "at")).containsExactly("2026-02-28T00:00:00Z", "2026-03-01T11:50:00Z");
    assertThat(series.path("items").path(0).path("percentProtected").isNull()).isTrue();
    assertThat(series.path("items").path(1).path("counts").path("PROTECTED").asInt()).isOne();
    assertThat(texts(json("/coverage/" + orders + "/history"), "state"))
        .containsExactly("PROTECTED");
  }

  @Test
  @DisplayName("The loss of a host is told by fate, with windows and services")
  void loss() {
    backup();

    assertThat(get("/hosts/db-1/loss"))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"host":{"id":"%d","name":"db-1"},"at":"2026-03-01T12:00:00Z","unread":false,
             "amounts":{"COMES_BACK":{"count":1,"bytes":4096,"unsized":0},"LOST":{"count":0}},
             "worstWindowSeconds":600,"restoreSeconds":null,"restoreNotKnown":1,
             "data":[{"coverage":"%d","kind":"volume","name":"orders","fate":"COMES_BACK",
               "lossWindowSeconds":600,"backup":{"source":"nightly"}}],
             "services":[],"lostSources":[]}
            """
                .formatted(host, orders));
    assertThat(json("/hosts/db-1/loss?asOf=2026-01-15T00:00:00Z").path("data").isEmpty()).isTrue();
    assertThat(get("/hosts/nobody/loss")).hasStatus(404);
    assertThat(get("/hosts/db-1/loss?asOf=2099-01-01T00:00:00Z")).hasStatus(400);
  }

  @Test
  @DisplayName("The map of a host's state names what it keeps, what is passing, and who uses it")
  void map() {
    long db = hosts.subject(host, SubjectKind.CONTAINER, "id-db", "db", "db", BEFORE);
    hosts.state(
        db,
        "db",
        BEFORE,
        null,
        """
        {"Id":"id-db","Name":"/db","State":{"Status":"running"},"Config":{"Image":"db:1"},
         "HostConfig":{"Tmpfs":{"/run":""}},
         "Mounts":[{"Type":"volume","Name":"orders","Destination":"/data","Driver":"local",
           "RW":true}]}
        """,
        "{\"state\":\"running\"}");
    long volume = hosts.subject(host, SubjectKind.VOLUME, "orders", "orders", "orders", BEFORE);
    hosts.state(
        volume,
        "orders",
        BEFORE,
        null,
        "{\"Name\":\"orders\",\"Driver\":\"local\",\"Options\":null,\"Labels\":{}}",
        null);

    JsonNode map = json("/hosts/db-1/data");

    assertThat(texts(map, "name")).contains("orders");
    assertThat(map.path("items").path(0).path("users").path(0).path("container").asString())
        .isEqualTo("db");
    assertThat(map.path("tmpfs").path(0).path("path").asString()).isEqualTo("/run");
    assertThat(get("/hosts/db-1/data?asOf=2099-01-01T00:00:00Z")).hasStatus(400);
  }

  @Test
  @DisplayName("A record is spelled as it was reported, and told apart by what it belongs to")
  void records() {
    long id = backup();
    fixture.backup(host, DataKind.DIRECTORY, "/srv", BEFORE).failed().add();

    assertThat(get("/backup-records/" + id))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"id":"%d","host":{"id":"%d","name":"db-1"},"coverage":"%d","volume":"orders",
             "kind":"BACKUP","outcome":"SUCCEEDED","startedAt":"2026-03-01T11:50:00Z",
             "finishedAt":"2026-03-01T11:51:00Z","source":"nightly","bytes":1000,
             "target":{"type":"HOST","location":null},"ahead":false,"goneAt":null}
            """
                .formatted(id, host, orders));
    assertThat(texts(json("/backup-records?host=db-1"), "outcome"))
        .containsExactly("SUCCEEDED", "FAILED");
    assertThat(texts(json("/backup-records?matched=false"), "path")).containsExactly("/srv");
    assertThat(texts(json("/backup-records?coverage=" + orders), "volume"))
        .containsExactly("orders");
    assertThat(json("/backup-records?asOf=2026-01-15T00:00:00Z").path("items").isEmpty()).isTrue();
  }

  private MvcTestResult get(String address) {
    return http.get()
        .uri("/api/v1" + address)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .exchange();
  }

  private JsonNode json(String address) {
    MvcTestResult answer = get(address);
    assertThat(answer).hasStatusOk();
    try {
      return MAPPER.readTree(answer.getResponse().getContentAsString());
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> texts = new ArrayList<>();
    list.path("items").values().forEach(item -> texts.add(item.path(field).asString()));
    return texts;
  }
}
