package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.TestPortal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class HostsApiTest {
  private static final String HOSTS = "/api/v1/hosts";

  private final MockMvcTester http;
  private final JdbcClient jdbc;

  HostsApiTest(@Autowired MockMvcTester http, @Autowired JdbcClient jdbc) {
    this.http = http;
    this.jdbc = jdbc;
  }

  @Test
  @DisplayName("A host is added, found by ID and by name, and warned of while it lacks TLS")
  void added() {
    MvcTestResult answer =
        send(
            HttpMethod.POST,
            HOSTS,
            """
            {"name":"web-1","endpoint":"tcp://10.0.0.1","group":"Retail/Payments",
             "labels":{"tier":"1"},"criticality":4}
            """);
    assertThat(answer).hasStatus(201);
    String location = String.valueOf(answer.getResponse().getHeader(HttpHeaders.LOCATION));
    for (String path : List.of(location, HOSTS + "/web-1", HOSTS + "/WEB-1")) {
      assertThat(get(path))
          .hasStatusOk()
          .bodyJson()
          .isLenientlyEqualTo(
              """
              {"name":"web-1","endpoint":"tcp://10.0.0.1:2375","group":"Retail/Payments",
               "environment":null,"owner":null,"criticality":4,"labels":{"tier":"1"},
               "intervalSeconds":900,"status":"PENDING","lastCollection":null,"score":null,
               "grade":null}
              """);
      assertThat(get(path)).bodyJson().extractingPath("$.id").asString().matches("\\d+");
      assertThat(get(path))
          .bodyJson()
          .extractingPath("$.warnings[0]")
          .asString()
          .contains("ENG-TCPTLS");
    }
    assertProblem(
        send(HttpMethod.POST, HOSTS, "{\"name\":\"Web-1\",\"endpoint\":\"tcp://h\"}"),
        409,
        "name-taken");
  }

  @Test
  @DisplayName("Readings are switched by a patch, as a whole, and shown in one order")
  void readings() {
    String path = add("{\"name\":\"switches\",\"endpoint\":\"tcp://h\",\"readings\":[\"events\"]}");
    assertThat(get(path)).bodyJson().isLenientlyEqualTo("{\"readings\":[\"events\"]}");
    assertThat(send(HttpMethod.PATCH, path, "{\"owner\":\"Olga\"}"))
        .bodyJson()
        .isLenientlyEqualTo("{\"readings\":[\"events\"]}");
    assertThat(
            send(HttpMethod.PATCH, path, "{\"readings\":[\"events\",\"processes\",\"changes\"]}"))
        .bodyJson()
        .isLenientlyEqualTo("{\"readings\":[\"processes\",\"changes\",\"events\"]}");
    assertThat(send(HttpMethod.PATCH, path, "{\"readings\":[]}"))
        .bodyJson()
        .isLenientlyEqualTo("{\"readings\":[]}");
    assertThat(send(HttpMethod.PATCH, path, "{\"readings\":null}"))
        .bodyJson()
        .isLenientlyEqualTo("{\"readings\":[\"backups\"]}");
    assertProblem(send(HttpMethod.PATCH, path, "{\"readings\":[\"logs\"]}"), 400, "invalid-input");
    assertProblem(
        send(HttpMethod.PATCH, path, "{\"readings\":[\"host-files\"]}"), 400, "invalid-input");
  }

  @Test
  @DisplayName("A patch leaves what it does not name, null takes away, labels change one by one")
  void patched() {
    String path =
        add(
            """
            {"name":"patch-me","endpoint":"tcp://h","group":"A/B","owner":"Olga",
             "labels":{"keep":"1","drop":"2","alter":"3"},"intervalSeconds":120}
            """);

    assertThat(
            send(
                HttpMethod.PATCH,
                path,
                """
                {"owner":null,"environment":"prod","labels":{"drop":null,"alter":"4","new":"5"}}
                """))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"name":"patch-me","endpoint":"tcp://h:2375","group":"A/B","owner":null,
             "environment":"prod","labels":{"keep":"1","alter":"4","new":"5"},
             "intervalSeconds":120}
            """);
    assertThat(
            send(
                HttpMethod.PATCH,
                path,
                "{\"group\":null,\"labels\":null,\"intervalSeconds\":null}"))
        .bodyJson()
        .isLenientlyEqualTo("{\"group\":null,\"labels\":{},\"intervalSeconds\":900}");
    assertProblem(send(HttpMethod.PATCH, path, "{\"name\":null}"), 400, "invalid-input");
    assertProblem(send(HttpMethod.PATCH, path, "{\"colour\":\"red\"}"), 400, "invalid-input");
    assertProblem(send(HttpMethod.PATCH, HOSTS + "/nobody", "{}"), 404, "not-found");
  }

  @Test
  @DisplayName("A decommissioned host leaves the list, and is still there by ID and status")
  void decommissioned() {
    String path = add("{\"name\":\"old\",\"endpoint\":\"tcp://h\"}");

    assertThat(send(HttpMethod.DELETE, path, "")).hasStatus(204);

    assertProblem(get(HOSTS + "/old"), 404, "not-found");
    assertThat(get(path)).bodyJson().extractingPath("$.status").isEqualTo("DECOMMISSIONED");
    assertThat(text(get(HOSTS))).doesNotContain("\"old\"");
    assertThat(text(get(HOSTS + "?status=decommissioned"))).contains("\"old\"");
    assertProblem(send(HttpMethod.PATCH, path, "{\"owner\":\"x\"}"), 400, "invalid-input");
  }

  @Test
  @DisplayName("Pause, resume and collect now")
  void life() {
    String path = add("{\"name\":\"life\",\"endpoint\":\"tcp://h\"}");

    assertThat(send(HttpMethod.POST, path + "/pause", ""))
        .bodyJson()
        .extractingPath("$.status")
        .isEqualTo("PAUSED");
    assertProblem(send(HttpMethod.POST, path + "/collections", ""), 400, "invalid-input");
    assertThat(send(HttpMethod.POST, path + "/resume", ""))
        .bodyJson()
        .extractingPath("$.status")
        .isEqualTo("PENDING");
    MvcTestResult collecting = send(HttpMethod.POST, HOSTS + "/life/collections", "");
    assertThat(collecting).hasStatus(202);
    assertThat(collecting.getResponse().getHeader(HttpHeaders.LOCATION))
        .matches("/api/v1/collections/\\d+");
  }

  @Test
  @DisplayName("Testing a connection says why it failed and stores nothing")
  void tested() {
    assertThat(
            send(
                HttpMethod.POST,
                HOSTS + "/test",
                "{\"name\":\"t\",\"endpoint\":\"unix:///nowhere/docker.sock\"}"))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo("{\"ok\":false,\"error\":{\"category\":\"UNREACHABLE\"}}");
    assertProblem(
        send(HttpMethod.POST, HOSTS + "/test", "{\"name\":\"t\",\"endpoint\":\"ssh://u@h\"}"),
        400,
        "invalid-input");
    assertProblem(get(HOSTS + "/t"), 404, "not-found");
  }

  @Test
  @DisplayName("A list is imported whole or not at all, from CSV and from JSON lines")
  void imported() {
    MvcTestResult bad =
        send(HttpMethod.POST, HOSTS + "/import", "text/csv", "name,endpoint\ni-1,tcp://h\n,x\n");
    assertProblem(bad, 400, "invalid-input");
    assertThat(bad)
        .bodyJson()
        .extractingPath("$.errors[*].field")
        .asArray()
        .containsExactly("line 3: name", "line 3: endpoint");
    assertProblem(get(HOSTS + "/i-1"), 404, "not-found");

    assertThat(
            send(
                HttpMethod.POST,
                HOSTS + "/import",
                "text/csv;charset=UTF-8",
                "name,endpoint\ni-1,tcp://h\ni-2-ü,tcp://h\n"))
        .hasStatus(201)
        .bodyJson()
        .extractingPath("$.items[*].name")
        .asArray()
        .containsExactly("i-1", "i-2-ü");
    assertThat(
            send(
                HttpMethod.POST,
                HOSTS + "/import",
                "application/x-ndjson",
                "{\"name\":\"i-3-ü\",\"endpoint\":\"tcp://h\"}\n"))
        .hasStatus(201);
    assertThat(get(HOSTS + "/i-3-ü")).hasStatusOk();
    assertProblem(
        send(HttpMethod.POST, HOSTS + "/import", "application/json", "{}"),
        415,
        "unsupported-media-type");
  }

  @ParameterizedTest
  @CsvSource({
    "?status=ASLEEP",
    "?sort=shoe",
    "?asOf=2999-01-01T00:00:00Z",
    "?limit=0",
    "?after=zzz",
    "?hots=web-1",
  })
  @DisplayName("A list does not guess what was meant")
  void badList(String query) {
    assertProblem(get(HOSTS + query), 400, "invalid-input");
  }

  @Test
  @DisplayName("Before a host was added it is not there")
  void asOf() {
    String path = add("{\"name\":\"young\",\"endpoint\":\"tcp://h\"}");
    assertProblem(get(path + "?asOf=2020-01-01T00:00:00Z"), 404, "not-found");
    assertThat(text(get(HOSTS + "?asOf=2020-01-01T00:00:00Z"))).contains("\"items\":[]");
  }

  @Test
  @DisplayName("No answer ever holds a credential")
  void noSecrets() {
    MvcTestResult answer =
        send(
            HttpMethod.POST,
            HOSTS,
            """
            {"name":"s","endpoint":"ssh://u@h","ssh":{"privateKey":"hunter2","hostKey":"hunter3"}}
            """);
    assertProblem(answer, 400, "invalid-input");
    assertThat(text(answer)).contains("ssh.privateKey").doesNotContain("hunter");
  }

  @Test
  @DisplayName("Groups are made, renamed, moved and deleted")
  void groups() {
    MvcTestResult made = send(HttpMethod.POST, "/api/v1/groups", "{\"path\":\"One/Two\"}");
    assertThat(made).hasStatus(201).bodyJson().extractingPath("$.path").isEqualTo("One/Two");
    String path = String.valueOf(made.getResponse().getHeader(HttpHeaders.LOCATION));
    assertProblem(
        send(HttpMethod.POST, "/api/v1/groups", "{\"path\":\"one/two\"}"), 409, "name-taken");

    assertThat(send(HttpMethod.PATCH, path, "{\"name\":\"Three\",\"parentId\":null}"))
        .bodyJson()
        .isLenientlyEqualTo("{\"path\":\"Three\",\"parentId\":null}");
    add("{\"name\":\"grouped\",\"endpoint\":\"tcp://h\",\"group\":\"Three\"}");
    assertProblem(send(HttpMethod.DELETE, path, ""), 409, "group-not-empty");
    assertThat(send(HttpMethod.DELETE, HOSTS + "/grouped", "")).hasStatus(204);
    assertThat(send(HttpMethod.DELETE, path, "")).hasStatus(204);
    assertThat(jdbc.sql("select path from host_group").query(String.class).list())
        .contains("One")
        .doesNotContain("Three");
  }

  private String add(String body) {
    MvcTestResult answer = send(HttpMethod.POST, HOSTS, body);
    assertThat(answer).hasStatus(201);
    return String.valueOf(answer.getResponse().getHeader(HttpHeaders.LOCATION));
  }

  private MvcTestResult get(String path) {
    return send(HttpMethod.GET, path, "");
  }

  private MvcTestResult send(HttpMethod method, String path, String body) {
    return send(method, path, MediaType.APPLICATION_JSON_VALUE, body);
  }

  private MvcTestResult send(HttpMethod method, String path, String type, String body) {
    return http.method(method)
        .uri(path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .header(HttpHeaders.CONTENT_TYPE, type)
        .content(body)
        .exchange();
  }

  private static void assertProblem(MvcTestResult answer, int status, String type) {
    assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.type")
        .isEqualTo("urn:plimsoll:problem:" + type);
  }

  private static String text(MvcTestResult result) {
    return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
  }
}
