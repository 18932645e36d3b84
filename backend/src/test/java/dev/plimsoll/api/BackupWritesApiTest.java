package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.access.NewPerson;
import dev.plimsoll.access.People;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.CoverageFixture;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestPortal;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reporting backups and writing policies over the API. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class BackupWritesApiTest {
  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private static final JsonMapper MAPPER = new JsonMapper();

  @TestBean(name = "publishClock")
  Clock clock;

  private final MockMvcTester http;
  private final PostureFixture hosts;
  private final CoverageFixture fixture;
  private final People people;

  BackupWritesApiTest(
      @Autowired MockMvcTester http, @Autowired DataSource dataSource, @Autowired People people) {
    this.http = http;
    this.people = people;
    hosts = new PostureFixture(dataSource);
    fixture = new CoverageFixture(dataSource);
  }

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void addHost() {
    hosts.clear();
    fixture.clear();
    hosts.jdbc().sql("delete from app_user where name <> 'admin'").update();
    long host = hosts.addHost("db-1");
    hosts.read(host, CLOCK.instant().minusSeconds(60));
    CLOCK.advance(Duration.ofMinutes(1));
  }

  @Test
  @DisplayName("A backup is reported once; the same evidence again is the first record")
  void reported() {
    String body =
        """
        {"host":"DB-1","volume":"orders","kind":"BACKUP","outcome":"SUCCEEDED",
         "startedAt":"2026-03-01T01:00:00Z","finishedAt":"2026-03-01T01:05:00Z","source":"cron",
         "snapshotId":"abc","bytes":4096,"target":{"type":"OBJECT_STORE","location":"s3://b/o"},
         "checksum":"sha256:1","warnings":0,"method":"DUMP"}
        """;

    MvcTestResult first = admin(HttpMethod.POST, "/backup-records", body);

    assertThat(first)
        .hasStatus(201)
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"volume":"orders","kind":"BACKUP","outcome":"SUCCEEDED","bytes":4096,
             "startedAt":"2026-03-01T01:00:00Z","finishedAt":"2026-03-01T01:05:00Z",
             "source":"cron","snapshotId":"abc","warnings":0,"method":"DUMP","ahead":false,
             "target":{"type":"OBJECT_STORE","location":"s3://b/o"},"coverage":null}
            """);
    String id = json(first).path("id").asString();
    assertThat(first.getResponse().getHeader("Location")).isEqualTo("/api/v1/backup-records/" + id);
    CLOCK.advance(Duration.ofMinutes(1));
    MvcTestResult again = admin(HttpMethod.POST, "/backup-records", body);
    assertThat(again).hasStatusOk();
    assertThat(json(again).path("id").asString()).isEqualTo(id);
    assertThat(admin(HttpMethod.GET, "/backup-records/" + id, "")).hasStatusOk();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "volume | {}",
        "host | {'host':null}",
        "kind | {'volume':'v','kind':'COPY'}",
        "kind | {'volume':'v','kind':null}",
        "outcome | {'volume':'v','outcome':'DONE'}",
        "finishedAt | {'volume':'v','finishedAt':null}",
        "finishedAt | {'volume':'v','finishedAt':'yesterday'}",
        "source | {'volume':'v','source':null}",
        "volume | {'volume':'v','path':'/srv'}",
        "volume | {'swarm':false}",
        "path | {'path':'srv'}",
        "startedAt | {'volume':'v','startedAt':'2026-03-01T02:00:00Z'}",
        "bytes | {'volume':'v','bytes':-1}",
        "bytes | {'volume':'v','bytes':'big'}",
        "warnings | {'volume':'v','warnings':1.5}",
        "hashesEqual | {'volume':'v','hashesEqual':true}",
        "durationSeconds | {'volume':'v','durationSeconds':-1}",
        "target.type | {'volume':'v','target':{'type':'MOON'}}",
        "target.type | {'volume':'v','target':{'location':'x'}}",
        "method | {'volume':'v','method':'MAGIC'}",
        "colour | {'volume':'v','colour':'red'}",
        "source | {'volume':'v','source':'a\\u0000b'}"
      })
  @DisplayName("Each bad field of a report is named, and nothing is kept")
  void badReports(String field, String change) {
    ObjectNode body =
        (ObjectNode)
            MAPPER.readTree(
                """
                {"host":"db-1","kind":"BACKUP","outcome":"SUCCEEDED",
                 "finishedAt":"2026-03-01T01:00:00Z","source":"cron"}
                """);
    body.setAll((ObjectNode) MAPPER.readTree(change.replace('\'', '"')));

    assertThat(admin(HttpMethod.POST, "/backup-records", body.toString()))
        .hasStatus(400)
        .bodyJson()
        .extractingPath("$.errors[*].field")
        .asArray()
        .contains(field);
    assertThat(json(admin(HttpMethod.GET, "/backup-records", "")).path("items").isEmpty()).isTrue();
  }

  @Test
  @DisplayName("A program may report backups and do nothing else; a viewer may not report")
  void roles() {
    String report =
        """
        {"host":"db-1","swarm":true,"kind":"RESTORE_TEST","outcome":"SUCCEEDED","hashesEqual":true,
         "finishedAt":"2026-03-01T01:00:00Z","source":"drill","durationSeconds":12.5}
        """;
    String robot = token("robot", Role.REPORTER);
    String viewer = token("vera", Role.VIEWER);

    assertThat(send(robot, HttpMethod.POST, "/backup-records", report))
        .hasStatus(201)
        .bodyJson()
        .isLenientlyEqualTo("{\"swarm\":true,\"hashesEqual\":true,\"durationSeconds\":12.5}");
    for (String address : new String[] {"/backup-records", "/coverage", "/backup-policies"}) {
      assertThat(send(robot, HttpMethod.GET, address, "")).hasStatus(403);
      assertThat(send(viewer, HttpMethod.GET, address, "")).hasStatusOk();
    }
    assertThat(send(viewer, HttpMethod.POST, "/backup-records", report)).hasStatus(403);
    String policy = "{\"name\":\"All\",\"rpoSeconds\":3600}";
    assertThat(send(viewer, HttpMethod.POST, "/backup-policies", policy)).hasStatus(403);
    assertThat(send(robot, HttpMethod.POST, "/backup-policies", policy)).hasStatus(403);
  }

  @Test
  @DisplayName("A policy is added, shown, previewed, changed in part and removed")
  void policies() {
    MvcTestResult made =
        admin(
            HttpMethod.POST,
            "/backup-policies",
            """
            {"name":"Databases","selector":{"kinds":"volume","name":"*-data","host":"db-*",
             "labels":{"tier":"gold"}},"rpoSeconds":3600,"restoreTestEverySeconds":86400,
             "offHost":true}
            """);
    assertThat(made)
        .hasStatus(201)
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"version":1,"name":"Databases","rpoSeconds":3600,"restoreTestEverySeconds":86400,
             "offHost":true,"author":"automation",
             "selector":{"kinds":["volume"],"names":["*-data"],"hosts":["db-*"],
               "labels":{"tier":"gold"}}}
            """
                .replace("automation", json(made).path("author").asString()));
    String address = "/backup-policies/" + json(made).path("id").asString();
    Instant before = CLOCK.instant();
    CLOCK.advance(Duration.ofMinutes(1));

    assertThat(
            admin(
                HttpMethod.PATCH,
                address,
                "{\"rpoSeconds\":7200,\"restoreTestEverySeconds\":null}"))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            "{\"version\":2,\"rpoSeconds\":7200,\"restoreTestEverySeconds\":null,\"offHost\":true,"
                + "\"selector\":{\"names\":[\"*-data\"]}}");
    assertThat(admin(HttpMethod.GET, address + "?asOf=" + before, ""))
        .bodyJson()
        .extractingPath("$.version")
        .isEqualTo(1);
    assertThat(
            admin(
                HttpMethod.POST, "/backup-policies", "{\"name\":\"databases\",\"rpoSeconds\":60}"))
        .hasStatus(409);
    assertThat(
            admin(
                HttpMethod.POST, "/backup-policies/preview", "{\"selector\":{\"names\":[\"*\"]}}"))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo("{\"matched\":0,\"hosts\":0,\"first\":[]}");
    assertThat(admin(HttpMethod.DELETE, address, "")).hasStatus(204);
    assertThat(admin(HttpMethod.GET, address, "")).hasStatus(404);
    assertThat(admin(HttpMethod.DELETE, address, "")).hasStatus(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | {'rpoSeconds':60}",
        "rpoSeconds | {'name':'x'}",
        "rpoSeconds | {'name':'x','rpoSeconds':1}",
        "selector.colour | {'name':'x','rpoSeconds':60,'selector':{'colour':'red'}}",
        "selector.kinds | {'name':'x','rpoSeconds':60,'selector':{'kinds':['pod']}}",
        "selector.names | {'name':'x','rpoSeconds':60,'selector':{'names':[1]}}",
        "selector.group | {'name':'x','rpoSeconds':60,'selector':{'group':' '}}",
        "exempt.reason | {'name':'x','exempt':{}}",
        "exempt | {'name':'x','rpoSeconds':60,'exempt':{'reason':'no'}}",
        "exempt.expiresAt | {'name':'x','exempt':{'reason':'no','expiresAt':'2020-01-01T00:00:00Z'}}"
      })
  @DisplayName("Each bad field of a policy is named")
  void badPolicies(String field, String body) {
    assertThat(admin(HttpMethod.POST, "/backup-policies", body.replace('\'', '"')))
        .hasStatus(400)
        .bodyJson()
        .extractingPath("$.errors[*].field")
        .asArray()
        .contains(field);
  }

  @Test
  @DisplayName("An exemption is approved by somebody else than who wrote it")
  void exemption() {
    String ann = token("ann", Role.ANALYST);
    String ben = token("ben", Role.ANALYST);
    MvcTestResult asked =
        send(
            ann,
            HttpMethod.POST,
            "/backup-policies",
            "{\"name\":\"Scratch\",\"selector\":{\"name\":\"tmp-*\"},"
                + "\"exempt\":{\"reason\":\"It is made anew each night.\"}}");
    assertThat(asked)
        .hasStatus(201)
        .bodyJson()
        .extractingPath("$.exempt.status")
        .isEqualTo("AWAITS_APPROVAL");
    String address = "/backup-policies/" + json(asked).path("id").asString();
    CLOCK.advance(Duration.ofMinutes(1));

    assertThat(send(ann, HttpMethod.POST, address + "/approve", ""))
        .hasStatus(403)
        .bodyJson()
        .extractingPath("$.detail")
        .asString()
        .contains("somebody else");
    assertThat(send(ben, HttpMethod.POST, address + "/approve", ""))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            "{\"author\":\"ann\",\"exempt\":{\"status\":\"APPROVED\",\"approvedBy\":\"ben\"}}");
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"VIEWER", "REPORTER"})
  @DisplayName("Who may not manage backups changes, removes and approves nothing")
  void refused(Role role) {
    String id =
        json(admin(HttpMethod.POST, "/backup-policies", "{\"name\":\"All\",\"rpoSeconds\":3600}"))
            .path("id")
            .asString();
    String token = token("somebody", role);
    assertThat(send(token, HttpMethod.PATCH, "/backup-policies/" + id, "{\"name\":\"None\"}"))
        .hasStatus(403);
    assertThat(send(token, HttpMethod.DELETE, "/backup-policies/" + id, "")).hasStatus(403);
    assertThat(send(token, HttpMethod.POST, "/backup-policies/" + id + "/approve", ""))
        .hasStatus(403);
    assertThat(admin(HttpMethod.GET, "/backup-policies/" + id, ""))
        .bodyJson()
        .extractingPath("$.name")
        .isEqualTo("All");
  }

  private String token(String name, Role role) {
    return SignedIn.administrator()
        .get(
            () -> {
              long id = people.add(new NewPerson(name, "correct horse", Set.of(role))).id();
              return people.issueToken(id, "for a test", null).token();
            });
  }

  private MvcTestResult admin(HttpMethod method, String address, String body) {
    return send(TestPortal.ADMIN_TOKEN, method, address, body);
  }

  private MvcTestResult send(String token, HttpMethod method, String address, String body) {
    return http.method(method)
        .uri("/api/v1" + address)
        .header("Authorization", "Bearer " + token)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  private static JsonNode json(MvcTestResult answer) {
    try {
      return MAPPER.readTree(answer.getResponse().getContentAsString());
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
