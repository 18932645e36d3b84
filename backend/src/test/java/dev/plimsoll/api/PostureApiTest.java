package dev.plimsoll.api;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.TestPortal;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API shows of collections, subjects, verdicts, findings, scores and checks. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class PostureApiTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String API = "/api/v1";
  private static final JsonMapper MAPPER = new JsonMapper();

  @TestBean(name = "publishClock")
  Clock clock;

  private final MockMvcTester http;
  private final PostureFixture fixture;
  private long host;
  private long shop;

  PostureApiTest(@Autowired MockMvcTester http, @Autowired DataSource dataSource) {
    this.http = http;
    fixture = new PostureFixture(dataSource);
  }

  static Clock clock() {
    return new SettableClock(NOW);
  }

  @BeforeEach
  void addHost() {
    fixture.clear();
    host = fixture.host("web-1").group("Retail").add();
    fixture.judgement(fixture.engine(host, LONG_AGO), LONG_AGO, null, Map.of(), null);
    shop = fixture.container(host, "shop", LONG_AGO);
    fixture.fails(shop, LONG_AGO, "CTR-PRIV");
  }

  @Test
  @DisplayName("A collection is spelled as the contract says")
  void collections() {
    long read = fixture.read(host, NOW.minusSeconds(60));
    long failed = fixture.collection(host, "FAILED", NOW.minusSeconds(9), NOW.minusSeconds(8));

    assertThat(get("/collections/" + read))
        .hasStatusOk()
        .bodyJson()
        .isStrictlyEqualTo(
            """
            {"id":"%d","host":{"id":"%d","name":"web-1"},"worker":"test","outcome":"SUCCEEDED",
             "startedAt":"2026-03-01T11:58:58Z","finishedAt":"2026-03-01T11:59:00Z",
             "counts":{"containers":1,"images":1,"volumes":1,"networks":1,"documentsNew":1}}
            """
                .formatted(read, host));
    JsonNode list = json("/collections?host=WEB-1&count=true");
    assertThat(texts(list, "id")).containsExactly(String.valueOf(failed), String.valueOf(read));
    assertThat(list.path("count").asInt()).isEqualTo(2);
    assertThat(list.path("items").path(0).path("error").toString())
        .isEqualTo("{\"category\":\"UNREACHABLE\",\"detail\":\"Connection refused.\"}");
    assertProblem(get("/collections/99999"), 404);
    assertProblem(get("/collections?host=nobody"), 404);
  }

  @Test
  @DisplayName("A subject is spelled as the contract says")
  void subjects() {
    fixture.read(host, NOW.minusSeconds(60));

    assertThat(get("/subjects/" + shop))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"id":"%d","kind":"container","name":"shop","dockerId":"id-shop",
             "host":{"id":"%d","name":"web-1"},"firstSeen":"2026-01-01T00:00:00Z",
             "lastSeen":"2026-03-01T11:59:00Z","state":"PRESENT","engineState":"running"}
            """
                .formatted(shop, host));
    assertThat(texts(json("/subjects?host=web-1"), "kind"))
        .containsExactlyInAnyOrder("engine", "container");
    assertThat(texts(json("/subjects?host=web-1&kind=container&q=SHO"), "name"))
        .containsExactly("shop");
    assertThat(texts(json("/subjects?asOf=2025-12-31T00:00:00Z"), "id")).isEmpty();
    assertProblem(get("/subjects/" + shop + "?asOf=2025-12-31T00:00:00Z"), 404);
    assertProblem(get("/subjects?asOf=2099-01-01T00:00:00Z"), 400);
    assertProblem(get("/subjects?kind=pod"), 400);
    assertProblem(get("/subjects?sort=age"), 400);
  }

  @Test
  @DisplayName("A document is served as it was hashed, and a known one not again")
  void document() throws UnsupportedEncodingException {
    MvcTestResult answer = get("/subjects/" + shop + "/document");

    assertThat(answer).hasStatusOk().hasContentType(MediaType.APPLICATION_JSON);
    String hash = Sha256.of(answer.getResponse().getContentAsByteArray()).hex();
    assertThat(answer).headers().hasValue(HttpHeaders.ETAG, "\"" + hash + "\"");
    assertThat(
            http.get()
                .uri(API + "/subjects/" + shop + "/document")
                .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
                .header(HttpHeaders.IF_NONE_MATCH, "\"" + hash + "\"")
                .exchange())
        .hasStatus(304);
    assertThat(get("/documents/" + hash).getResponse().getContentAsString())
        .isEqualTo(answer.getResponse().getContentAsString());
    assertProblem(get("/documents/" + "0".repeat(64)), 404);
    assertProblem(get("/documents/nonsense"), 404);
    assertProblem(get("/subjects/" + shop + "/document?asOf=2025-12-31T00:00:00Z"), 404);
  }

  @Test
  @DisplayName("A subject's history is paged like any list, and belongs to it alone")
  void history() {
    Instant change = Instant.parse("2026-02-01T00:00:00Z");
    long volume = fixture.subject(host, SubjectKind.VOLUME, "v", "v", LONG_AGO);
    fixture.state(volume, "v", LONG_AGO, change, "{\"n\":1}", null);
    fixture.state(volume, "v", change, null, "{\"n\":2}", null);
    String path = "/subjects/" + volume + "/history?limit=1";

    JsonNode first = json(path);
    String after = "&after=" + first.path("next").asString("");
    JsonNode second = json(path + after);

    assertThat(texts(first, "from")).containsExactly("2026-02-01T00:00:00Z");
    assertThat(first.path("items").path(0).path("to").isNull()).isTrue();
    assertThat(texts(second, "from")).containsExactly("2026-01-01T00:00:00Z");
    assertThat(second.path("next").isNull()).isTrue();
    assertProblem(get("/subjects/" + shop + "/history?limit=1" + after), 400);
  }

  @Test
  @DisplayName("A verdict is spelled as the contract says, its evidence as JSON")
  void verdicts() {
    fixture.read(host, NOW.minusSeconds(60));
    String hash = json("/subjects/" + shop).path("documentSha256").asString("");

    JsonNode fail = json("/verdicts?host=web-1&outcome=FAIL").path("items").path(0);

    assertThat(fail)
        .isEqualTo(
            MAPPER.readTree(
                """
                {"check":"CTR-PRIV","title":"%s","outcome":"FAIL","severity":"critical",
                 "advisory":false,"host":{"id":"%d","name":"web-1"},
                 "subject":{"id":"%d","kind":"container","name":"shop"},
                 "since":"2026-01-01T00:00:00Z",
                 "evidence":[{"path":".HostConfig.Privileged","value":true}],
                 "documentSha256":"%s"}
                """
                    .formatted(PostureFixture.rule("CTR-PRIV").title(), host, shop, hash)));
    assertThat(texts(json("/verdicts?subject=" + shop + "&limit=1000"), "check"))
        .hasSize(Checklist.standard().rules(SubjectKind.CONTAINER).size());
    assertThat(texts(json("/verdicts?check=CTR-PRIV&outcome=PASS"), "check")).isEmpty();
    assertProblem(get("/verdicts?outcome=PASS"), 400);
    assertProblem(get("/verdicts?outcome=MAYBE"), 400);
    assertProblem(get("/verdicts?check=NONE"), 400);
  }

  @Test
  @DisplayName("Evidence too long to be kept whole is shown as a text, a missing one as null")
  void oddEvidence() {
    fixture.read(host, NOW.minusSeconds(60));
    long odd = fixture.container(host, "odd", LONG_AGO);
    fixture.verdict(
        odd,
        "CTR-PRIV",
        "FAIL",
        LONG_AGO,
        LONG_AGO,
        null,
        null,
        "[{\"path\":\".a\",\"value\":\"[1,2…\"},{\"path\":\".b\",\"value\":null},"
            + "{\"path\":\".c\",\"value\":\"123456789012345678901234567890.10\"}]");
    fixture.judgement(odd, LONG_AGO, null, Map.of("CTR-PRIV", 'F'), null);

    String body = text("/verdicts?subject=" + odd + "&check=CTR-PRIV");

    assertThat(body)
        .contains("{\"path\":\".a\",\"value\":\"[1,2…\"}")
        .contains("{\"path\":\".b\",\"value\":null}")
        .contains("{\"path\":\".c\",\"value\":123456789012345678901234567890.10}");
  }

  @Test
  @DisplayName("A host that was never read is unknown, though there is no subject to name")
  void neverRead() {
    long never = fixture.addHost("never");
    fixture.collection(never, "FAILED", NOW.minusSeconds(9), NOW.minusSeconds(8));

    JsonNode list = json("/verdicts?host=never&limit=1000");

    assertThat(texts(list, "check"))
        .containsExactlyElementsOf(
            Checklist.standard().rules().stream()
                // Files of the host and switched readings are asked for on some hosts only
                .filter(rule -> rule.needs() == null && rule.subject() != SubjectKind.HOST_FILE)
                .map(rule -> rule.id())
                .toList());
    assertThat(list.path("items").path(0).path("subject").toString())
        .isEqualTo("{\"id\":null,\"kind\":\"engine\",\"name\":\"engine\"}");
  }

  @Test
  @DisplayName("A finding is listed, changed, and tells what happened to it")
  void findings() {
    long id = fixture.finding(host, "CTR-PRIV", "shop", LONG_AGO);
    String path = "/findings/" + id;

    assertThat(json("/findings?host=web-1").path("items").path(0))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"id":"%d","check":"CTR-PRIV","title":"%s","severity":"critical",
                 "advisory":false,"host":{"id":"%d","name":"web-1"},"group":"Retail",
                 "kind":"container","lineage":"shop",
                 "subjects":[{"id":"%d","name":"shop"}],"subjectCount":1,"status":"OPEN",
                 "assignee":null,"dueAt":null,"failingSince":"2026-01-01T00:00:00Z",
                 "resolvedAt":null,"reopened":0,"externalUrl":null}
                """
                    .formatted(id, PostureFixture.rule("CTR-PRIV").title(), host, shop)));
    assertThat(
            patch(
                path,
                """
                {"status":"ACKNOWLEDGED","assignee":"ann","dueAt":"2026-04-01T00:00:00Z",
                 "externalUrl":"https://tickets.example/7","comment":"On it."}
                """))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"status":"ACKNOWLEDGED","assignee":"ann","dueAt":"2026-04-01T00:00:00Z",
             "externalUrl":"https://tickets.example/7","comments":[{"text":"On it."}]}
            """);
    assertThat(patch(path, "{\"assignee\":null,\"dueAt\":null,\"externalUrl\":null}"))
        .bodyJson()
        .isLenientlyEqualTo("{\"assignee\":null,\"dueAt\":null,\"externalUrl\":null}");
    assertThat(texts(json("/findings?status=ACKNOWLEDGED,RESOLVED"), "id")).hasSize(1);
    assertThat(texts(json("/findings?status=OPEN"), "id")).isEmpty();
    for (String bad :
        List.of(
            "{\"status\":\"RESOLVED\"}",
            "{\"status\":null}",
            "{\"dueAt\":\"soon\"}",
            "{\"colour\":1}",
            "[]")) {
      assertProblem(patch(path, bad), 400);
    }
    assertProblem(patch("/findings/99999", "{\"comment\":\"x\"}"), 404);
    assertProblem(get("/findings/99999"), 404);
    assertProblem(get("/findings?severity=huge"), 400);
  }

  @Test
  @DisplayName("A score is spelled as the contract says, for a fleet, a group and a host")
  void scores() {
    fixture.read(host, NOW.minusSeconds(60));
    fixture.score("HOST", host, LONG_AGO, 61, "F");
    fixture.score("FLEET", 0, LONG_AGO, 50, "D");
    fixture.score("FLEET", 0, NOW.minusSeconds(60), 70, "D");

    assertThat(json("/scores?scope=host:web-1"))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"at":"2026-01-01T00:00:00Z","score":61.0,"scoreHigh":62.0,"scoreAccepted":61.5,
                 "grade":"F","confidence":0.875,
                 "points":{"failed":12.5,"unknown":3.0,"accepted":0.0},"hosts":1,
                 "hostsWithCritical":1,"profile":"Everything","profileVersion":1,
                 "catalogue":1,"checksInScope":68}
                """));
    assertThat(json("/scores?scope=fleet").path("score").asDouble()).isEqualTo(70);
    assertThat(json("/scores?scope=fleet&asOf=2026-02-01T00:00:00Z").path("score").asDouble())
        .isEqualTo(50);
    assertThat(json("/scores?scope=group:Retail").path("score").isNull()).isTrue();
    assertThat(
            json("/scores?scope=fleet&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z")
                .path("items"))
        .hasSize(1);
    assertProblem(get("/scores?scope=group:None"), 404);
    assertProblem(get("/scores?scope=host:nobody"), 404);
    assertProblem(get("/scores?scope=moon"), 400);
    assertProblem(
        get("/scores?scope=fleet&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"), 400);
    assertProblem(get("/scores?asOf=2099-01-01T00:00:00Z"), 400);
  }

  @Test
  @DisplayName("The catalogue lists all checks, with references that name their benchmark")
  void checks() {
    JsonNode list = json("/checks");
    JsonNode check = json("/checks/CTR-PRIV");

    assertThat(texts(list, "id"))
        .containsExactlyElementsOf(
            Checklist.standard().rules().stream().map(rule -> rule.id()).toList());
    assertThat(check.path("severity").asString("")).isEqualTo("critical");
    assertThat(check.path("subject").asString("")).isEqualTo("container");
    assertThat(check.path("mode").asString("")).isEqualTo("scored");
    assertThat(check.path("remediation").asString("")).isNotBlank();
    assertThat(check.path("references").path(0).path("source").asString("")).contains("CIS");
    JsonNode page = json("/checks?limit=5");
    assertThat(texts(json("/checks?limit=1&after=" + page.path("next").asString("")), "id"))
        .containsExactly(Checklist.standard().rules().get(5).id());
    assertThat(json("/checks?counts=true").path("items").toString())
        .contains("\"failingSubjects\":");
    assertProblem(get("/checks/NONE"), 404);
    assertProblem(get("/checks?after=x"), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/subjects", "/verdicts", "/findings", "/collections", "/hosts", "/checks"})
  @DisplayName("A cursor alone leads through the whole list")
  void cursorAlone(String path) {
    for (int i = 0; i < 3; i++) {
      fixture.read(host, NOW.minusSeconds(60 + i));
      fixture.finding(host, "CTR-PRIV", "l" + i, LONG_AGO);
      fixture.finding(host, "CTR-OWNER", "l" + i, LONG_AGO);
      fixture.addHost("h" + i);
    }
    List<JsonNode> whole = items(json(path + "?limit=1000"));
    List<JsonNode> pages = new ArrayList<>();
    @Nullable String after = null;
    do {
      JsonNode page = json(path + (after == null ? "?limit=2" : "?limit=2&after=" + after));
      pages.addAll(items(page));
      after = page.path("next").isNull() ? null : page.path("next").asString();
    } while (after != null);

    assertThat(pages).hasSizeGreaterThan(1).containsExactlyElementsOf(whole);
    for (String bad : List.of("?limit=0", "?limit=1001", "?after=%00", "?after=e30", "?colour=1")) {
      assertProblem(get(path + bad), 400);
    }
  }

  private static List<JsonNode> items(JsonNode list) {
    return List.copyOf(list.path("items").values());
  }

  private static List<String> texts(JsonNode list, String field) {
    return items(list).stream().map(item -> item.path(field).asString("")).toList();
  }

  private JsonNode json(String path) {
    return MAPPER.readTree(text(path));
  }

  private String text(String path) {
    MvcTestResult answer = get(path);
    assertThat(answer).as(path).hasStatusOk();
    return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
  }

  private MvcTestResult get(String path) {
    return http.get()
        .uri(URI.create(API + path))
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .exchange();
  }

  private MvcTestResult patch(String path, String body) {
    return http.patch()
        .uri(API + path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  private static void assertProblem(MvcTestResult answer, int status) {
    assertThat(answer)
        .hasStatus(status)
        .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
        .bodyJson()
        .extractingPath("$.type")
        .asString()
        .startsWith("urn:plimsoll:problem:");
  }
}
