package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.access.IssuedToken;
import dev.plimsoll.access.NewPerson;
import dev.plimsoll.access.People;
import dev.plimsoll.access.Person;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestPortal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
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
class ApiFrameTest {
  private static final String USERS = "/api/v1/users";

  private final MockMvcTester http;
  private final People people;
  private final JdbcClient jdbc;

  ApiFrameTest(
      @Autowired MockMvcTester http, @Autowired People people, @Autowired JdbcClient jdbc) {
    this.http = http;
    this.people = people;
    this.jdbc = jdbc;
  }

  @Test
  @DisplayName("Without a token, or with a bad one, every address answers 401 and a challenge")
  void unauthorized() {
    for (String path : List.of(USERS, "/api/v1/nowhere", "/api/v1/openapi.json")) {
      MvcTestResult without = http.get().uri(path).exchange();
      assertProblem(without, 401, "unauthorized");
      assertThat(without).headers().hasValue("WWW-Authenticate", "Bearer realm=\"plimsoll\"");

      MvcTestResult bad =
          http.get().uri(path).header("Authorization", "Bearer plm_made-up").exchange();
      assertProblem(bad, 401, "unauthorized");
      assertThat(bad)
          .headers()
          .hasValue("WWW-Authenticate", "Bearer realm=\"plimsoll\", error=\"invalid_token\"");
    }
  }

  @Test
  @DisplayName("A user's token has the user's rights and no more, and is the actor of what it does")
  void forbidden() {
    String token = tokenOf("eve", Role.VIEWER);
    assertProblem(
        http.get().uri(USERS).header("Authorization", "Bearer " + token).exchange(),
        403,
        "forbidden");
    assertProblem(
        http.get()
            .uri("/actuator/prometheus")
            .header("Authorization", "Bearer " + token)
            .exchange(),
        403,
        "forbidden");
    String all = tokenOf("root", Role.ADMINISTRATOR);
    assertThat(
            http.post()
                .uri(USERS)
                .header("Authorization", "Bearer " + all)
                .contentType(MediaType.APPLICATION_JSON)
                .content(user("made-by-root"))
                .exchange())
        .hasStatus(201);
    assertThat(
            jdbc.sql("select actor from audit_entry where subject like '%made-by-root'")
                .query(String.class)
                .list())
        .containsExactly("root");
  }

  @Test
  @DisplayName("Health is open, metrics need their right, nothing else of the actuator is there")
  void actuator() {
    assertThat(http.get().uri("/actuator/health").exchange()).hasStatusOk();
    assertThat(http.get().uri("/actuator/health/liveness").exchange()).hasStatusOk();
    assertThat(http.get().uri("/actuator/prometheus").exchange()).hasStatus(401);
    assertThat(get("/actuator/prometheus")).hasStatusOk();
    assertThat(get("/actuator/env")).hasStatus(403);
    assertThat(get("/actuator")).hasStatus(403);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/nowhere, 404, not-found",
    "GET, /api/v1/users/999999, 404, not-found",
    "GET, /api/v1/users/x, 404, not-found",
    "PUT, /api/v1/users, 405, method-not-allowed",
    "GET, /api/v1/audit?limit=0, 400, invalid-input",
    "GET, /api/v1/audit?limit=1001, 400, invalid-input",
    "GET, /api/v1/audit?limit=many, 400, invalid-input",
    "GET, /api/v1/audit?from=yesterday, 400, invalid-input",
    "GET, /api/v1/audit?after=zzz, 400, invalid-input",
    "GET, /api/v1/audit?form=2026-01-01T00:00:00Z, 400, invalid-input",
  })
  @DisplayName("What is not there or not possible is a problem with a stable type")
  void problems(String method, String path, int status, String type) {
    assertProblem(
        http.method(HttpMethod.valueOf(method))
            .uri(path)
            .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
            .exchange(),
        status,
        type);
  }

  @Test
  @DisplayName("A bad query parameter is named with its value and the remedy")
  void badParameter() {
    assertThat(get("/api/v1/audit?limit=1001"))
        .bodyJson()
        .extractingPath("$.errors[0]")
        .asMap()
        .containsEntry("field", "limit")
        .containsEntry("message", "1001 is out of range. Give 1 to 1000.");
    assertThat(get("/api/v1/audit?from=yesterday"))
        .bodyJson()
        .extractingPath("$.errors[0].message")
        .asString()
        .contains("yesterday", "2026-03-01T12:00:00Z");
  }

  @Test
  @DisplayName("All that is wrong with a body is named at once: missing, wrong type, unknown")
  void badBody() {
    MvcTestResult answer =
        post(USERS, "{\"name\": 7, \"roles\": [\"king\"], \"shoe\": 1, \"groups\": [\"Retail\"]}");
    assertProblem(answer, 400, "invalid-input");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.errors[*].field")
        .asArray()
        .containsExactlyInAnyOrder("name", "password", "roles", "shoe", "groups");
  }

  @Test
  @DisplayName("Broken JSON, a list in place of an object and another format are refused")
  void notJson() {
    assertProblem(post(USERS, "{\"name\": "), 400, "invalid-input");
    assertProblem(post(USERS, "[]"), 400, "invalid-input");
    assertProblem(
        http.post()
            .uri(USERS)
            .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
            .contentType(MediaType.TEXT_PLAIN)
            .content("name")
            .exchange(),
        415,
        "unsupported-media-type");
  }

  @Test
  @DisplayName("A body beyond the limit is refused")
  void tooLarge() {
    assertProblem(
        post(USERS, "{\"name\":\"" + "x".repeat(BodyLimitFilter.LIMIT) + "\"}"),
        413,
        "body-too-large");
  }

  @Test
  @DisplayName("The same key and body again gets the first answer, and nothing is done again")
  void repeated() {
    String key = UUID.randomUUID().toString();

    MvcTestResult first = post(USERS, user("once"), key);
    MvcTestResult second = post(USERS, user("once"), key);

    assertThat(first).hasStatus(201).doesNotContainHeader(IdempotencyFilter.REPEATED);
    assertThat(second).hasStatus(201).hasHeader(IdempotencyFilter.REPEATED, "true");
    assertThat(text(second)).isEqualTo(text(first));
    assertThat(second.getResponse().getHeader(HttpHeaders.LOCATION))
        .isEqualTo(first.getResponse().getHeader(HttpHeaders.LOCATION));
    assertProblem(post(USERS, user("another"), key), 409, "key-reused");
    assertThat(named("another")).isZero();
  }

  @Test
  @DisplayName("A key belongs to its actor, and after a refusal it can be used again")
  void keyAfterRefusal() {
    String key = UUID.randomUUID().toString();
    assertProblem(post(USERS, "{\"name\":\"k\"}", key), 400, "invalid-input");
    assertThat(post(USERS, user("after-refusal"), key)).hasStatus(201);
    assertProblem(post(USERS, user("x"), "not ok"), 400, "invalid-input");

    assertThat(
            http.post()
                .uri(USERS)
                .header("Authorization", "Bearer " + tokenOf("other", Role.ADMINISTRATOR))
                .header(IdempotencyFilter.HEADER, key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(user("of-other"))
                .exchange())
        .hasStatus(201);
  }

  @Test
  @DisplayName("The same key at the same time does it once, and all get the same answer")
  void concurrent() throws Exception {
    String key = UUID.randomUUID().toString();
    List<Future<MvcTestResult>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        answers.add(threads.submit(() -> post(USERS, user("together"), key)));
      }
    }
    for (Future<MvcTestResult> answer : answers) {
      assertThat(answer.get()).hasStatus(201);
      assertThat(text(answer.get())).isEqualTo(text(answers.getFirst().get()));
    }
    assertThat(named("together")).isEqualTo(1);
  }

  @Test
  @DisplayName("A token is shown once: neither repeated by its key nor kept anywhere")
  void secretAnswer() {
    String id = idOf("bearer", Role.VIEWER);
    String key = UUID.randomUUID().toString();

    MvcTestResult first = post(USERS + "/" + id + "/tokens", "{\"label\":\"job\"}", key);

    assertThat(first).hasStatus(201);
    assertThat(text(first)).contains("\"token\":\"plm_");
    assertProblem(
        post(USERS + "/" + id + "/tokens", "{\"label\":\"job\"}", key), 409, "answer-not-kept");
    assertThat(
            jdbc.sql("select count(*) from idempotent_request where body is not null and key = ?")
                .param(key)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  @DisplayName("Accounts are added, changed and removed; null is no value for a password")
  void users() {
    MvcTestResult added = post(USERS, user("walter"));
    assertThat(added)
        .hasStatus(201)
        .bodyJson()
        .extractingPath("$.roles")
        .asArray()
        .contains("analyst");
    String path = String.valueOf(added.getResponse().getHeader(HttpHeaders.LOCATION));
    assertProblem(post(USERS, user("WALTER")), 409, "name-taken");

    assertThat(patch(path, "{\"roles\":[\"viewer\"],\"enabled\":false}"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.enabled")
        .isEqualTo(false);
    assertThat(get(path)).bodyJson().extractingPath("$.roles[0]").isEqualTo("viewer");
    assertProblem(patch(path, "{\"password\":null}"), 400, "invalid-input");
    assertThat(text(get(USERS))).contains("\"items\":[", "\"next\":null").doesNotContain("count");

    assertThat(
            http.delete()
                .uri(path)
                .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
                .exchange())
        .hasStatus(204);
    assertProblem(get(path), 404, "not-found");
  }

  @Test
  @DisplayName("Paging through the audit trail gives all of it, each entry once")
  void auditPages() {
    for (int i = 0; i < 5; i++) {
      assertThat(post(USERS, user("paged-" + i))).hasStatus(201);
    }
    List<String> whole = ids(get("/api/v1/audit?limit=1000"));
    List<String> paged = new ArrayList<>();
    String after = "";
    do {
      MvcTestResult page = get("/api/v1/audit?limit=2&count=true" + after);
      assertThat(page).bodyJson().extractingPath("$.count").isEqualTo(whole.size());
      paged.addAll(ids(page));
      String body = text(page);
      after =
          body.contains("\"next\":null")
              ? ""
              : "&after=" + body.replaceAll("(?s).*\"next\":\"([^\"]+)\".*", "$1");
    } while (!after.isEmpty());

    assertThat(paged).isEqualTo(whole);
    assertThat(get("/api/v1/audit/verify"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.intact")
        .isEqualTo(true);
  }

  @Test
  @DisplayName("The description lists the calls, each with a summary")
  void openApi() {
    MvcTestResult description = get("/api/v1/openapi.json");
    assertThat(description).hasStatusOk();
    assertThat(text(description))
        .contains("\"/api/v1/users\"", "\"/api/v1/audit/verify\"", "\"scheme\":\"bearer\"");
    assertThat(description)
        .bodyJson()
        .extractingPath("$.paths.*.*")
        .asArray()
        .isNotEmpty()
        .allSatisfy(
            operation ->
                assertThat(operation)
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsKey("summary"));
  }

  private MvcTestResult get(String path) {
    return http.get()
        .uri(path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .exchange();
  }

  private MvcTestResult post(String path, String body) {
    return http.post()
        .uri(path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  private MvcTestResult post(String path, String body, String key) {
    return http.post()
        .uri(path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .header(IdempotencyFilter.HEADER, key)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  private MvcTestResult patch(String path, String body) {
    return http.patch()
        .uri(path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .contentType(MediaType.APPLICATION_JSON)
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

  private static String user(String name) {
    return "{\"name\":\"%s\",\"password\":\"correct horse\",\"roles\":[\"analyst\"]}"
        .formatted(name);
  }

  private String idOf(String name, Role role) {
    Person person =
        SignedIn.administrator()
            .get(() -> people.add(new NewPerson(name, "correct horse", Set.of(role))));
    return String.valueOf(person.id());
  }

  private String tokenOf(String name, Role role) {
    long id = Long.parseLong(idOf(name, role));
    IssuedToken token =
        SignedIn.administrator().get(() -> people.issueToken(id, "for a test", null));
    return token.token();
  }

  private long named(String name) {
    return jdbc.sql("select count(*) from app_user where name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  private static String text(MvcTestResult result) {
    return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
  }

  private static List<String> ids(MvcTestResult result) {
    return Pattern.compile("\"id\":\"(\\d+)\"")
        .matcher(text(result))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
