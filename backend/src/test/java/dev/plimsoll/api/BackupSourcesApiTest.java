package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.TestPortal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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
class BackupSourcesApiTest {
  private static final String SOURCES = "/api/v1/backup-sources";

  private final MockMvcTester http;
  private final JdbcClient jdbc;

  BackupSourcesApiTest(@Autowired MockMvcTester http, @Autowired JdbcClient jdbc) {
    this.http = http;
    this.jdbc = jdbc;
  }

  @Test
  @DisplayName("A repository is added, shown without its secrets, asked to be read, and removed")
  void whole() throws Exception {
    MvcTestResult answer =
        send(
            HttpMethod.POST,
            SOURCES,
            """
            {"name":"nightly","type":"restic","location":"rest:https://web:pa55@nas/web",
             "password":"hunter2","environment":{"AWS_SECRET_ACCESS_KEY":"aws-key"}}
            """);
    assertThat(answer).hasStatus(201);
    String path = String.valueOf(answer.getResponse().getHeader(HttpHeaders.LOCATION));
    MvcTestResult shown = get(path);
    assertThat(shown)
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"name":"nightly","type":"restic","location":"rest:https://***@nas/web",
             "target":{"type":"HOST"},"intervalSeconds":3600,"checkEverySeconds":604800,
             "mapping":{"rules":[{"tag":"volume={volume}"},
               {"path":"{*}/volumes/{volume}/_data"},{"path":"{path}"}]},
             "lastReading":null}
            """);
    String everything =
        shown.getResponse().getContentAsString()
            + answer.getResponse().getContentAsString()
            + jdbc.sql("select string_agg(detail::text || subject, ' ') from audit_entry")
                .query(String.class)
                .single()
            + jdbc.sql(
                    "select name || location || encode(sealed, 'escape') from backup_source"
                        + " where name = 'nightly'")
                .query(String.class)
                .single();
    assertThat(everything).doesNotContain("hunter2", "pa55", "aws-key");

    MvcTestResult asked = send(HttpMethod.POST, path + "/collections", "");
    assertThat(asked).hasStatus(202).bodyJson().extractingPath("$.outcome").isEqualTo("RUNNING");
    String reading = String.valueOf(asked.getResponse().getHeader(HttpHeaders.LOCATION));
    assertThat(reading).startsWith(path + "/collections/");
    assertThat(send(HttpMethod.POST, path + "/collections", ""))
        .headers()
        .hasValue(HttpHeaders.LOCATION, reading);
    assertThat(get(reading)).hasStatusOk();
    assertThat(get(path + "/collections"))
        .bodyJson()
        .extractingPath("$.items[*].outcome")
        .asArray()
        .containsExactly("RUNNING");
    assertThat(get(path + "/unmapped")).bodyJson().extractingPath("$.items").asArray().isEmpty();

    assertProblem(
        send(
            HttpMethod.POST,
            SOURCES,
            "{\"name\":\"NIGHTLY\",\"type\":\"restic\",\"location\":\"/r\",\"password\":\"x\"}"),
        409,
        "name-taken");
    assertThat(send(HttpMethod.DELETE, path, "")).hasStatus(204);
    assertProblem(get(path), 404, "not-found");
    assertProblem(send(HttpMethod.DELETE, path, ""), 404, "not-found");
    assertProblem(send(HttpMethod.POST, path + "/collections", ""), 404, "not-found");
    assertThat(
            jdbc.sql(
                    "select count(*) from backup_source where name = 'nightly' and sealed is not null")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  @DisplayName("What cannot be a source is refused field by field, without repeating a secret")
  void refused() throws Exception {
    MvcTestResult answer =
        send(
            HttpMethod.POST,
            SOURCES,
            """
            {"name":" ","type":"restic","location":"rclone:x:y","environment":{"PATH":"hunter2"},
             "mapping":{"rules":[{"tag":"{vol}"}]},"intervalSeconds":5,"checkEverySeconds":1}
            """);
    assertProblem(answer, 400, "invalid-input");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.errors[*].field")
        .asArray()
        .containsExactlyInAnyOrder(
            "name",
            "location",
            "password",
            "environment.PATH",
            "mapping.rules[0].tag",
            "intervalSeconds",
            "checkEverySeconds");
    assertThat(answer.getResponse().getContentAsString(StandardCharsets.UTF_8))
        .doesNotContain("hunter2");
    assertProblem(
        send(HttpMethod.POST, SOURCES, "{\"name\":\"x\",\"type\":\"tape\",\"location\":\"/x\"}"),
        400,
        "invalid-input");
    assertProblem(
        send(
            HttpMethod.POST, SOURCES, "{\"name\":\"x\",\"type\":\"archives\",\"location\":\"/x\"}"),
        400,
        "invalid-input");
    assertProblem(get(SOURCES + "?asOf=2999-01-01T00:00:00Z"), 400, "invalid-input");
    assertProblem(get(SOURCES + "/17"), 404, "not-found");
  }

  @Test
  @DisplayName(
      "Password, mapping and rhythm change; what is left out stays; another place does not")
  void changed() throws Exception {
    MvcTestResult answer =
        send(
            HttpMethod.POST,
            SOURCES,
            "{\"name\":\"weekly\",\"type\":\"restic\",\"location\":\"/r\",\"password\":\"old-secret\"}");
    String path = String.valueOf(answer.getResponse().getHeader(HttpHeaders.LOCATION));
    MvcTestResult changed =
        send(
            HttpMethod.PATCH,
            path,
            """
            {"password":"new-secret","mapping":{"host":"web"},"intervalSeconds":120,
             "checkEverySeconds":null,"target":{"type":"OBJECT_STORE"}}
            """);
    assertThat(changed)
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"name":"weekly","location":"/r","intervalSeconds":120,"checkEverySeconds":null,
             "target":{"type":"OBJECT_STORE"},"mapping":{"host":"web"}}
            """);
    assertThat(
            jdbc.sql("select string_agg(detail::text, ' ') from audit_entry")
                .query(String.class)
                .single())
        .doesNotContain("new-secret", "old-secret");
    assertThat(send(HttpMethod.PATCH, path, "{}"))
        .bodyJson()
        .extractingPath("$.intervalSeconds")
        .isEqualTo(120);
    assertProblem(
        send(HttpMethod.PATCH, path, "{\"location\":\"/elsewhere\"}"), 400, "invalid-input");
    assertProblem(send(HttpMethod.PATCH, path, "{\"intervalSeconds\":1}"), 400, "invalid-input");
    assertProblem(send(HttpMethod.PATCH, SOURCES + "/999999", "{}"), 404, "not-found");
  }

  @Test
  @DisplayName("A drill needs a backup that the source shows")
  void drills() throws Exception {
    send(HttpMethod.POST, "/api/v1/hosts", "{\"name\":\"web\",\"endpoint\":\"tcp://192.0.2.1\"}");
    MvcTestResult answer =
        send(
            HttpMethod.POST,
            SOURCES,
            "{\"name\":\"drilled\",\"type\":\"restic\",\"location\":\"/d\",\"password\":\"secret\"}");
    String path = String.valueOf(answer.getResponse().getHeader(HttpHeaders.LOCATION)) + "/drills";
    assertProblem(
        send(HttpMethod.POST, path, "{\"host\":\"web\",\"volume\":\"x\"}"), 400, "invalid-input");
    assertProblem(send(HttpMethod.POST, path, "{\"host\":\"web\"}"), 400, "invalid-input");
    assertProblem(
        send(HttpMethod.POST, path, "{\"host\":\"nowhere\",\"volume\":\"x\"}"), 404, "not-found");
    assertProblem(get(path + "/17"), 404, "not-found");
    jdbc.sql(
            """
            insert into backup_record (host_id, kind, name, type, outcome, started_at, finished_at,
              learned_at, ahead, source_id, source, snapshot_id, reporter, document)
            select h.id, 'VOLUME', 'x', 'BACKUP', 'SUCCEEDED', now(), now(), now(), false, s.id,
              s.name, repeat('ab', 32), 'plimsoll', '\\x00'
            from host h, backup_source s where h.name = 'web' and s.name = 'drilled'
            """)
        .update();
    MvcTestResult asked =
        send(
            HttpMethod.POST,
            path,
            "{\"host\":\"web\",\"volume\":\"x\",\"snapshotId\":\"abababab\"}");
    assertThat(asked).hasStatus(202);
    String drill = String.valueOf(asked.getResponse().getHeader(HttpHeaders.LOCATION));
    assertThat(get(drill))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            "{\"host\":{\"name\":\"web\"},\"kind\":\"volume\",\"name\":\"x\",\"outcome\":\"RUNNING\"}");
    assertThat(get(path)).bodyJson().extractingPath("$.items").asArray().hasSize(1);
  }

  private MvcTestResult get(String path) {
    return send(HttpMethod.GET, path, "");
  }

  private MvcTestResult send(HttpMethod method, String path, String body) {
    return http.method(method)
        .uri(path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
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
}
