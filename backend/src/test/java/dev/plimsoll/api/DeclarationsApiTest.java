package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.TestPortal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class DeclarationsApiTest {
  private static final String DECLARATIONS = "/api/v1/declarations";

  private final MockMvcTester http;

  DeclarationsApiTest(@Autowired MockMvcTester http) {
    this.http = http;
  }

  @Test
  @DisplayName("Something is declared for a group, listed with the checks that read it, taken back")
  void declared() {
    send(HttpMethod.POST, "/api/v1/groups", "{\"path\":\"Retail\"}");
    MvcTestResult answer =
        send(
            HttpMethod.POST,
            DECLARATIONS,
            """
            {"kind":"runtime","value":"sysbox-runc","group":"retail","note":"nested builds"}
            """);
    assertThat(answer).hasStatus(201);
    String path = String.valueOf(answer.getResponse().getHeader(HttpHeaders.LOCATION));
    assertThat(get(path))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"kind":"runtime","value":"sysbox-runc","group":"Retail","host":null,
             "note":"nested builds","checks":["CTR-RUNTIME"]}
            """);
    assertThat(get(DECLARATIONS + "?kind=runtime"))
        .bodyJson()
        .extractingPath("$.items[*].value")
        .asArray()
        .containsExactly("sysbox-runc");
    assertThat(get(DECLARATIONS + "?kind=registry"))
        .bodyJson()
        .extractingPath("$.items")
        .asArray()
        .isEmpty();
    assertThat(send(HttpMethod.DELETE, path, "")).hasStatus(204);
    assertProblem(get(path), 404, "not-found");
    assertProblem(send(HttpMethod.DELETE, path, ""), 404, "not-found");
  }

  @Test
  @DisplayName("What cannot be declared is refused field by field")
  void refused() {
    assertProblem(
        send(HttpMethod.POST, DECLARATIONS, "{\"kind\":\"luck\",\"value\":\"x\"}"),
        400,
        "invalid-input");
    assertProblem(
        send(HttpMethod.POST, DECLARATIONS, "{\"kind\":\"runtime\"}"), 400, "invalid-input");
    assertProblem(
        send(
            HttpMethod.POST,
            DECLARATIONS,
            "{\"kind\":\"runtime\",\"value\":\"x\",\"group\":\"Nowhere\"}"),
        400,
        "invalid-input");
    assertProblem(get(DECLARATIONS + "?asOf=2999-01-01T00:00:00Z"), 400, "invalid-input");
    assertProblem(get(DECLARATIONS + "?kind=luck"), 400, "invalid-input");
  }

  @Test
  @DisplayName("All kinds are listed with what they mean")
  void kinds() {
    assertThat(get(DECLARATIONS + "/kinds"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.items[*].kind")
        .asArray()
        .contains("registry", "swarm-node", "plugin");
  }

  @Test
  @DisplayName("The support table is shown with its age, and replaced as a whole")
  void supportTable() {
    assertThat(get("/api/v1/support-table"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.table.components.runc[0].branch")
        .isNotNull();
    assertThat(
            send(
                HttpMethod.PUT,
                "/api/v1/support-table",
                """
                {"asOf":"2026-01-01","components":{},"systems":[]}
                """))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo("{\"asOf\":\"2026-01-01\",\"table\":{\"systems\":[]}}");
    assertProblem(
        send(HttpMethod.PUT, "/api/v1/support-table", "{\"asOf\":1}"), 400, "invalid-input");
    assertProblem(get("/api/v1/support-table?asOf=2000-01-01T00:00:00Z"), 404, "not-found");
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
