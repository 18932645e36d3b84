package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.TestPortal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class HeartbeatsApiTest {
  private static final String MANAGED = "/api/v1/backup-heartbeats";
  private static int made;

  private final MockMvcTester http;
  private final JdbcClient jdbc;
  private String id = "";
  private String address = "";

  HeartbeatsApiTest(@Autowired MockMvcTester http, @Autowired JdbcClient jdbc) {
    this.http = http;
    this.jdbc = jdbc;
  }

  @BeforeEach
  void create() throws Exception {
    managed(HttpMethod.POST, "/api/v1/hosts", "{\"name\":\"web\",\"endpoint\":\"unix:///no\"}");
    MvcTestResult answer =
        managed(
            HttpMethod.POST,
            MANAGED,
            """
            {"name":"job %d","host":"web","volume":"orders","periodSeconds":86400,
             "target":{"type":"OBJECT_STORE"}}
            """
                .formatted(++made));
    assertThat(answer).hasStatus(201);
    JsonNode body = json(answer);
    id = body.path("heartbeat").path("id").stringValue();
    address = body.path("address").stringValue();
    assertThat(address).isEqualTo("/api/v1/heartbeats/" + body.path("token").stringValue());
  }

  @ParameterizedTest
  @CsvSource({
    "'', SUCCESS, SUCCEEDED",
    "/success, SUCCESS, SUCCEEDED",
    "/fail, FAIL, FAILED",
    "/0, SUCCESS, SUCCEEDED",
    "/1, FAIL, FAILED",
    "/255, FAIL, FAILED",
    "/start, START, ",
  })
  @DisplayName("A job calls its address without any other authentication")
  void called(String end, String kind, @Nullable String outcome) throws Exception {
    MvcTestResult answer = call(address + end, null, "");
    assertThat(answer).hasStatusOk();
    assertThat(json(answer).path("kind").stringValue()).isEqualTo(kind);
    assertThat(json(answer).path("repeated").booleanValue()).isFalse();
    assertThat(
            jdbc.sql("select outcome || ' ' || target_type from backup_record where source_id = ?")
                .param(Long.valueOf(id))
                .query(String.class)
                .list())
        .isEqualTo(outcome == null ? List.of() : List.of(outcome + " OBJECT_STORE"));
  }

  @Test
  @DisplayName("JSON tells of the backup")
  void json() throws Exception {
    assertThat(
            call(
                address + "?run=7",
                MediaType.APPLICATION_JSON_VALUE,
                "{\"bytes\":6000000000,\"warnings\":0,\"snapshotId\":\"a1\",\"method\":\"DUMP\"}"))
        .hasStatusOk();
    assertThat(
            jdbc.sql(
                    "select concat_ws(' ', bytes, warnings, snapshot_id, method, detail)"
                        + " from backup_record where source_id = ? order by id")
                .param(Long.valueOf(id))
                .query(String.class)
                .list())
        .containsExactly("6000000000 0 a1 DUMP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"bytes\":\"5\"}",
        "{\"bytes\":-1}",
        "{\"bytes\":1e30}",
        "{\"size\":5}",
        "{\"method\":\"magic\"}"
      })
  @DisplayName("JSON that cannot be is refused, and nothing is kept")
  void badJson(String body) {
    assertProblem(call(address, MediaType.APPLICATION_JSON_VALUE, body), 400, "invalid-input");
    assertThat(
            jdbc.sql("select count(*) from heartbeat_ping where source_id = ?")
                .param(Long.valueOf(id))
                .query(Long.class)
                .single())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/256", "/-1", "/maybe", "/00000001"})
  @DisplayName("What is no way for a run to end is refused")
  void badEnd(String end) {
    assertProblem(call(address + end, null, ""), 400, "invalid-input");
  }

  @Test
  @DisplayName("An unknown token finds nothing, whatever is sent, and says nothing")
  void unknown() throws Exception {
    for (String token : new String[] {"x", "A".repeat(43), "A".repeat(5000), "plm_x.y~z"}) {
      MvcTestResult answer = call("/api/v1/heartbeats/" + token, null, "");
      assertProblem(answer, 404, "not-found");
      assertThat(json(answer).path("detail").stringValue())
          .isEqualTo("There is no such heartbeat.");
    }
  }

  @Test
  @DisplayName("Nothing else opens without a token: not reading, not setting up")
  void closed() {
    assertThat(http.get().uri(address).exchange()).hasStatus(401);
    assertThat(http.get().uri(MANAGED).exchange()).hasStatus(401);
    assertThat(http.post().uri(MANAGED).exchange()).hasStatus(401);
    assertThat(http.post().uri("/api/v1/heartbeats").exchange()).hasStatus(401);
  }

  @Test
  @DisplayName("A body of more than 10 KiB is refused")
  void tooLarge() {
    assertThat(call(address + "/fail", "text/plain", "x".repeat(10 << 10))).hasStatusOk();
    assertProblem(
        call(address + "/fail", "text/plain", "x".repeat((10 << 10) + 1)), 413, "body-too-large");
  }

  @Test
  @DisplayName("A storm of calls is answered with 429")
  void storm() {
    for (int i = 0; i < 60; i++) {
      assertThat(call(address + "/start?run=" + i, null, "")).hasStatusOk();
    }
    assertProblem(call(address + "/start?run=60", null, ""), 429, "too-many-requests");
  }

  @Test
  @DisplayName("An Idempotency-Key of nobody's changes nothing")
  void idempotencyKey() {
    for (int i = 0; i < 2; i++) {
      assertThat(http.post().uri(address + "?run=" + i).header("Idempotency-Key", "k").exchange())
          .hasStatusOk();
    }
  }

  @Test
  @DisplayName("A heartbeat is listed with how its job does, its address never again")
  void managed() throws Exception {
    call(address, null, "");
    MvcTestResult shown = managed(HttpMethod.GET, MANAGED + "/" + id, "");
    assertThat(shown)
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"host":{"name":"web"},"volume":"orders","periodSeconds":86400,"graceSeconds":3600,
             "target":{"type":"OBJECT_STORE"},"status":"UP","reason":"The last run succeeded."}
            """);
    String token = address.substring(address.lastIndexOf('/') + 1);
    assertThat(managed(HttpMethod.GET, MANAGED, "").getResponse().getContentAsString())
        .contains("\"id\":\"" + id + "\"")
        .doesNotContain(token);
    assertThat(managed(HttpMethod.GET, MANAGED + "?asOf=2020-01-01T00:00:00Z", ""))
        .bodyJson()
        .extractingPath("$.items")
        .asArray()
        .isEmpty();

    MvcTestResult rotated = managed(HttpMethod.POST, MANAGED + "/" + id + "/token", "");
    assertThat(rotated).hasStatusOk();
    assertProblem(call(address, null, ""), 404, "not-found");
    assertThat(call(json(rotated).path("address").stringValue(), null, "new")).hasStatusOk();

    assertThat(managed(HttpMethod.DELETE, MANAGED + "/" + id, "")).hasStatus(204);
    assertProblem(managed(HttpMethod.GET, MANAGED + "/" + id, ""), 404, "not-found");
    assertProblem(managed(HttpMethod.DELETE, MANAGED + "/" + id, ""), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":\"x\",\"host\":\"web\",\"periodSeconds\":60}",
        "{\"name\":\"x\",\"host\":\"web\",\"volume\":\"a\",\"swarm\":true,\"periodSeconds\":60}",
        "{\"name\":\"x\",\"host\":\"web\",\"volume\":\"a\"}",
        "{\"name\":\"x\",\"host\":\"web\",\"volume\":\"a\",\"periodSeconds\":59}",
        "{\"name\":\"x\",\"host\":\"web\",\"path\":\"a\",\"periodSeconds\":60}",
        "{\"name\":\"x\",\"host\":\"web\",\"volume\":\"a\",\"periodSeconds\":60,\"graceSeconds\":-1}",
        "{\"name\":\"x\",\"host\":\"web\",\"volume\":\"a\",\"periodSeconds\":60,\"token\":\"mine\"}"
      })
  @DisplayName("What cannot be set up is refused field by field")
  void refused(String body) {
    assertProblem(managed(HttpMethod.POST, MANAGED, body), 400, "invalid-input");
  }

  private MvcTestResult call(String path, @Nullable String type, String body) {
    MockMvcTester.MockMvcRequestBuilder request = http.post().uri(path).content(body);
    return (type == null ? request : request.header("Content-Type", type)).exchange();
  }

  private MvcTestResult managed(HttpMethod method, String path, String body) {
    return http.method(method)
        .uri(path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  private static JsonNode json(MvcTestResult answer) throws Exception {
    return JsonMapper.shared().readTree(answer.getResponse().getContentAsString());
  }

  private static void assertProblem(MvcTestResult answer, int status, String type) {
    assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.type")
        .isEqualTo("urn:plimsoll:problem:" + type);
  }
}
