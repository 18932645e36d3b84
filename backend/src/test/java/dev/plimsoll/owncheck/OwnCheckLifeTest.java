package dev.plimsoll.owncheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.TestPortal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An own check from its draft to its retirement, through the API and on a real PostgreSQL. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class OwnCheckLifeTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final SettableClock CLOCK = new SettableClock(START);
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String CHECK =
      """
      {"id":"OWN-REGISTRY","title":"Images come from the company's registry",
       "subject":"container","severity":"high","mode":"scored",
       "expression":"doc.Config.Image.startsWith('registry.acme.example/')",
       "applies":"!has(doc.Config.Labels.lab)",
       "rationale":"Other registries are not scanned.","remediation":"Push it there first."}
      """;

  @TestBean(name = "publishClock")
  Clock published;

  @TestBean Clock clock;

  private final MockMvcTester http;
  private final PostureFixture fixture;
  private final Publishing publishing;
  private final TransactionTemplate transaction;
  private final DataSource dataSource;
  private long host;

  OwnCheckLifeTest(
      @Autowired MockMvcTester http,
      @Autowired Publishing publishing,
      @Autowired TransactionTemplate transaction,
      @Autowired DataSource dataSource) {
    this.http = http;
    this.publishing = publishing;
    this.transaction = transaction;
    this.dataSource = dataSource;
    fixture = new PostureFixture(dataSource);
  }

  static Clock published() {
    return CLOCK;
  }

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void addHost() {
    fixture.clear();
    fixture.jdbc().sql("truncate own_check").update();
    host = fixture.host("web-1").group("Retail").add();
    CLOCK.advance(Duration.ofMinutes(1));
  }

  @AfterEach
  void everythingIsWhole() {
    Intervals.assertWhole(dataSource);
  }

  @Test
  @DisplayName("A draft judges nothing; activated it judges each subject, with evidence")
  void activate() {
    publish(
        container("good", "registry.acme.example/web:1", "{}"), container("bad", "web:1", "{}"));
    assertThat(send("POST", "/own-checks", CHECK)).hasStatus(201);
    rejudge();
    assertThat(verdicts("OWN-REGISTRY")).isEmpty();
    assertThat(checks()).doesNotContain("OWN-REGISTRY");

    assertThat(send("POST", "/own-checks/OWN-REGISTRY/activate", "")).hasStatusOk();
    CLOCK.advance(Duration.ofMinutes(1));
    rejudge();

    assertThat(verdicts("OWN-REGISTRY")).containsExactlyInAnyOrder("good PASS", "bad FAIL");
    JsonNode failed = json("/verdicts?check=OWN-REGISTRY&outcome=FAIL").path("items").path(0);
    assertThat(failed.path("title").asString(""))
        .isEqualTo("Images come from the company's registry");
    assertThat(failed.path("severity").asString("")).isEqualTo("high");
    JsonNode evidence = failed.path("evidence").path(0);
    assertThat(evidence.path("path").asString("")).isEqualTo(".Config.Image");
    assertThat(evidence.path("value").asString("")).isEqualTo("web:1");
    assertThat(evidence.path("documentSha256").asString(""))
        .isEqualTo(failed.path("documentSha256").asString(""))
        .hasSize(64);
    assertThat(checks()).contains("OWN-REGISTRY").endsWith("OWN-REGISTRY");
    assertThat(json("/checks/OWN-REGISTRY").path("own").asBoolean(false)).isTrue();
    assertThat(json("/checks/CTR-PRIV").has("own")).isFalse();
    assertThat(findings("OPEN")).contains("OWN-REGISTRY bad");
  }

  @Test
  @DisplayName("Each outcome comes of what stands in the document")
  void outcomes() {
    activated(CHECK);
    publish(
        container("good", "registry.acme.example/web:1", "{}"),
        container("bad", "web:1", "{}"),
        container("lab", "web:1", "{\"lab\":\"yes\"}"),
        seen("odd", "{\"Id\":\"odd\",\"Config\":{\"Labels\":{},\"Image\":7}}"),
        seen("bare", "{\"Id\":\"bare\"}"));

    assertThat(verdicts("OWN-REGISTRY"))
        .containsExactlyInAnyOrder(
            "good PASS", "bad FAIL", "lab NOT_APPLICABLE", "odd UNKNOWN", "bare UNKNOWN");
    JsonNode bare =
        json("/verdicts?check=OWN-REGISTRY&subject=" + subject("bare")).path("items").path(0);
    assertThat(bare.path("reason").asString("")).isEqualTo(".Config is missing");
    assertThat(bare.path("evidence").path(0).path("path").asString("")).isEqualTo(".Config");
  }

  @Test
  @DisplayName("Retired, its verdicts and findings close; what it said in the past stays readable")
  void retire() {
    activated(CHECK);
    publish(container("bad", "web:1", "{}"));
    int open = score();
    Instant then = CLOCK.instant();
    CLOCK.advance(Duration.ofMinutes(5));

    assertThat(send("POST", "/own-checks/OWN-REGISTRY/retire", "")).hasStatusOk();
    rejudge();
    CLOCK.advance(Duration.ofMinutes(1));

    assertThat(openVerdicts("OWN-REGISTRY")).isZero();
    assertThat(findings("RESOLVED")).contains("OWN-REGISTRY bad");
    assertThat(checks()).doesNotContain("OWN-REGISTRY");
    assertThat(score()).isGreaterThan(open);
    JsonNode past = json("/verdicts?host=web-1&outcome=FAIL&limit=1000&asOf=" + then).path("items");
    assertThat(past.valueStream().map(v -> v.path("check").asString("")))
        .contains("OWN-REGISTRY", "CTR-OWNER");
    assertThat(json("/own-checks?asOf=" + then).path("items").path(0).path("status").asString(""))
        .isEqualTo("ACTIVE");
  }

  @Test
  @DisplayName("A changed expression or severity judges anew and makes a new catalogue number")
  void change() {
    activated(CHECK);
    publish(container("bad", "web:1", "{}"));
    int before = score();
    int number = catalogue();
    CLOCK.advance(Duration.ofMinutes(1));

    assertThat(send("PATCH", "/own-checks/OWN-REGISTRY", "{\"severity\":\"critical\"}"))
        .hasStatusOk();
    rejudge();
    assertThat(score()).isLessThan(before);
    assertThat(catalogue()).isNotEqualTo(number);
    JsonNode failed = json("/verdicts?check=OWN-REGISTRY&outcome=FAIL").path("items").path(0);
    assertThat(failed.path("severity").asString("")).isEqualTo("critical");

    CLOCK.advance(Duration.ofMinutes(1));
    assertThat(
            send(
                "PATCH",
                "/own-checks/OWN-REGISTRY",
                "{\"expression\":\"doc.Config.Image.startsWith('web')\"}"))
        .hasStatusOk();
    rejudge();
    assertThat(verdicts("OWN-REGISTRY")).containsExactly("bad PASS");
    JsonNode one = json("/own-checks/OWN-REGISTRY");
    assertThat(one.path("revision").asInt()).isEqualTo(4);
    assertThat(one.path("earlier").valueStream().map(e -> e.path("status").asString("")))
        .containsExactly("ACTIVE", "ACTIVE", "DRAFT");
  }

  @Test
  @DisplayName("A host's group, environment and labels decide, and so do changes of them")
  void placement() {
    activated(
        CHECK
            .replace("doc.Config.Image.startsWith('registry.acme.example/')", "host.group != 'Lab'")
            .replace("!has(doc.Config.Labels.lab)", "true || has(doc.Id)"));
    publish(container("one", "web:1", "{}"));
    assertThat(verdicts("OWN-REGISTRY")).containsExactly("one PASS");

    CLOCK.advance(Duration.ofMinutes(1));
    assertThat(send("PATCH", "/hosts/web-1", "{\"group\":\"Lab\"}")).hasStatusOk();
    CLOCK.advance(Duration.ofMinutes(1));
    rejudge();
    assertThat(verdicts("OWN-REGISTRY")).containsExactly("one FAIL");
  }

  @Test
  @DisplayName("Every change is somebody's, in the audit trail")
  void audited() {
    activated(CHECK);
    send("PATCH", "/own-checks/OWN-REGISTRY", "{\"title\":\"Another title\"}");
    send("POST", "/own-checks/OWN-REGISTRY/retire", "");

    assertThat(
            fixture
                .jdbc()
                .sql("select action from audit_entry where subject = ? order by id")
                .param("own-check:OWN-REGISTRY")
                .query(String.class)
                .list())
        .endsWith(
            "own-check.drafted", "own-check.activated", "own-check.changed", "own-check.retired");
  }

  @Test
  @DisplayName("Whoever may only read may not write, activate or try")
  void rights() {
    for (String path :
        List.of("/own-checks", "/own-checks/OWN-REGISTRY/activate", "/own-checks/try")) {
      assertThat(
              http.post()
                  .uri("/api/v1" + path)
                  .contentType(MediaType.APPLICATION_JSON)
                  .content(CHECK)
                  .exchange())
          .hasStatus(401);
    }
  }

  @ParameterizedTest(name = "{0} = {1}")
  @DisplayName("What is wrong is named field by field, and nothing is kept")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          id         | CTR-PRIV          | not possible. Give OWN-
          id         | OWN-a             | not possible. Give OWN-
          id         | OWN-              | not possible. Give OWN-
          title      | " "               | is empty
          severity   | urgent            | not possible here
          subject    | pod               | not possible here
          mode       | evidence          | not possible here
          expression | doc.Name ==       | line 1, column 12
          expression | dok.Name == 'x'   | line 1, column 1: There is no dok
          applies    | 1                 | neither true nor false
          remediation| " "               | is empty
          """)
  void invalid(String field, String value, String message) {
    ObjectNode body = (ObjectNode) MAPPER.readTree(CHECK);
    body.put(field, value);

    MvcTestResult answer = send("POST", "/own-checks", body.toString());

    assertThat(answer).hasStatus(400);
    JsonNode error = MAPPER.readTree(text(answer)).path("errors").path(0);
    assertThat(error.path("field").asString("")).isEqualTo(field);
    assertThat(error.path("message").asString("")).contains(message);
    assertThat(json("/own-checks").path("items")).isEmpty();
  }

  @Test
  @DisplayName("What does not go with a check's status is refused")
  void status() {
    activated(CHECK);
    assertThat(send("POST", "/own-checks", CHECK)).hasStatus(409);
    assertThat(send("PATCH", "/own-checks/OWN-REGISTRY", "{\"subject\":\"image\"}")).hasStatus(409);
    assertThat(send("PATCH", "/own-checks/OWN-REGISTRY", "{\"id\":\"OWN-B\"}")).hasStatus(400);
    assertThat(send("PATCH", "/own-checks/OWN-REGISTRY", "{\"title\":null}")).hasStatus(400);
    assertThat(send("POST", "/own-checks/OWN-NONE/activate", "")).hasStatus(404);
    send("POST", "/own-checks/OWN-REGISTRY/retire", "");
    assertThat(send("PATCH", "/own-checks/OWN-REGISTRY", "{\"title\":\"x\"}")).hasStatus(409);
    assertThat(send("POST", "/own-checks/OWN-REGISTRY/activate", "")).hasStatusOk();
  }

  @Test
  @DisplayName("Tried out, it says who would fail then and now, and changes nothing")
  void tryOut() {
    publish(container("a", "web:1", "{}"), container("b", "web:2", "{}"));
    Instant then = CLOCK.instant();
    CLOCK.advance(Duration.ofDays(90));
    publish(
        container("a", "registry.acme.example/web:1", "{}"),
        container("b", "web:2", "{}"),
        container("lab", "web:3", "{\"lab\":\"yes\"}"),
        seen("odd", "{\"Id\":\"odd\",\"Config\":{\"Labels\":{}}}"));

    JsonNode answer = tried(CHECK, "\"at\":[\"" + CLOCK.instant() + "\",\"" + then + "\"]");

    assertThat(answer.path("complete").asBoolean(false)).isTrue();
    assertThat(counts(answer, 0)).isEqualTo("4 of 4: 1 pass, 1 fail, 1 unknown, 1 n/a on 1");
    assertThat(counts(answer, 1)).isEqualTo("2 of 2: 0 pass, 2 fail, 0 unknown, 0 n/a on 1");
    JsonNode failing = answer.path("items").path(0).path("failing");
    assertThat(failing).hasSize(1);
    assertThat(failing.path(0).path("subject").path("name").asString("")).isEqualTo("b");
    assertThat(failing.path(0).path("host").path("name").asString("")).isEqualTo("web-1");
    assertThat(failing.path(0).path("evidence").path(0).path("value").asString(""))
        .isEqualTo("web:2");
    JsonNode reason = answer.path("items").path(0).path("unknownReasons").path(0);
    assertThat(reason.path("reason").asString("")).isEqualTo(".Config.Image is missing");
    assertThat(reason.path("subjects").asInt()).isEqualTo(1);
    assertThat(json("/own-checks").path("items")).isEmpty();
    assertThat(openVerdicts("OWN-REGISTRY")).isZero();
  }

  @Test
  @DisplayName("Those that fail come in pages that hold each once")
  void tryOutPages() {
    List<Sighting> many = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      many.add(container("c" + i, "web:1", "{}"));
    }
    publish(many.toArray(Sighting[]::new));
    long other = fixture.host("web-2").add();
    publish(other, container("d", "web:1", "{}"));
    List<String> names = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          tried(CHECK, "\"at\":[\"" + CLOCK.instant() + "\"],\"limit\":3" + after)
              .path("items")
              .path(0);
      assertThat(page.path("fail").asInt()).isEqualTo(8);
      page.path("failing").forEach(f -> names.add(f.path("subject").path("name").asString("")));
      after =
          page.path("next").isNull() ? "" : ",\"after\":\"" + page.path("next").asString("") + "\"";
    } while (!after.isEmpty());

    assertThat(names).containsExactlyInAnyOrder("c0", "c1", "c2", "c3", "c4", "c5", "c6", "d");
    assertThat(
            tried(CHECK, "\"at\":[\"" + CLOCK.instant() + "\"],\"host\":\"web-2\"")
                .path("items")
                .path(0)
                .path("fail")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  @DisplayName("Tried out, a check that asks for the host or its engine gets those of the instant")
  void tryOutHost() {
    publish(container("a", "web:1", "{}"));
    CLOCK.advance(Duration.ofMinutes(1));
    String at = "\"at\":[\"" + CLOCK.instant() + "\"]";

    assertThat(counts(tried(expression("host.group == 'Retail'"), at), 0)).contains("1 pass");
    assertThat(counts(tried(expression("host.engine.info.ID == 'E1'"), at), 0)).contains("1 pass");
    assertThat(counts(tried(expression("host.engine.info.ID == 'E2'"), at), 0)).contains("1 fail");
    fixture.blindness(host, "stale", START, null);
    assertThat(counts(tried(expression("host.group == 'Retail'"), at), 0)).contains("1 unknown");
  }

  @Test
  @DisplayName("A try-out that makes no sense is refused")
  void tryOutInvalid() {
    for (String bad :
        List.of(
            "\"at\":[\"2999-01-01T00:00:00Z\"]",
            "\"at\":[\"yesterday\"]",
            "\"at\":[]",
            "\"limit\":0",
            "\"after\":\"x\"")) {
      assertThat(send("POST", "/own-checks/try", with(CHECK, bad))).as(bad).hasStatus(400);
    }
    assertThat(send("POST", "/own-checks/try", with(CHECK, "\"host\":\"nobody\""))).hasStatus(404);
  }

  // --- what is published and asked

  private void activated(String check) {
    assertThat(send("POST", "/own-checks", check)).hasStatus(201);
    assertThat(send("POST", "/own-checks/OWN-REGISTRY/activate", "")).hasStatusOk();
    CLOCK.advance(Duration.ofMinutes(1));
  }

  private void rejudge() {
    publishing.hostsWithDueTurns(100).forEach(publishing::applyDueTurns);
  }

  private void publish(Sighting... containers) {
    publish(host, containers);
  }

  private void publish(long on, Sighting... containers) {
    long collection = fixture.read(on, CLOCK.instant());
    String engineId = on == host ? "E1" : "E9";
    List<Sighting> all = new ArrayList<>(List.of(containers));
    all.add(
        new Sighting.Seen(
            SubjectKind.ENGINE,
            Checklist.ENGINE_ID,
            "engine",
            "engine",
            document("{\"info\":{\"ID\":\"" + engineId + "\"},\"version\":{}}"),
            document("{\"transport\":\"UNIX\",\"clockWithin60s\":true}")));
    transaction.executeWithoutResult(
        status -> publishing.publish(on, collection, new HostSighting(engineId, all, Map.of())));
  }

  private static Sighting container(String name, String image, String labels) {
    return seen(
        name,
        "{\"Id\":\"%s\",\"Config\":{\"Image\":\"%s\",\"Labels\":%s}}"
            .formatted(name, image, labels));
  }

  private static Sighting seen(String name, String json) {
    return new Sighting.Seen(
        SubjectKind.CONTAINER,
        "id-" + name,
        name,
        name,
        document(json),
        document("{\"state\":\"running\",\"everStarted\":true}"));
  }

  private static Document document(String json) {
    return Document.of(MAPPER.readTree(json));
  }

  private static String expression(String expression) {
    return "{\"subject\":\"container\",\"expression\":\"" + expression + "\"}";
  }

  private static String with(String body, String more) {
    return body.strip().substring(0, body.strip().length() - 1) + "," + more + "}";
  }

  private JsonNode tried(String check, String more) {
    MvcTestResult answer = send("POST", "/own-checks/try", with(check, more));
    assertThat(answer).as(text(answer)).hasStatusOk();
    return MAPPER.readTree(text(answer));
  }

  private static String counts(JsonNode answer, int index) {
    JsonNode one = answer.path("items").path(index);
    return "%d of %d: %d pass, %d fail, %d unknown, %d n/a on %d"
        .formatted(
            one.path("judged").asInt(),
            one.path("subjects").asInt(),
            one.path("pass").asInt(),
            one.path("fail").asInt(),
            one.path("unknown").asInt(),
            one.path("notApplicable").asInt(),
            one.path("failingHosts").asInt());
  }

  private List<String> verdicts(String check) {
    List<String> verdicts = new ArrayList<>();
    MvcTestResult answer = send("GET", "/verdicts?host=web-1&check=" + check, "");
    if (answer.getResponse().getStatus() == 400) {
      return verdicts; // no check that counts has this ID
    }
    MAPPER
        .readTree(text(answer))
        .path("items")
        .forEach(
            v ->
                verdicts.add(
                    v.path("subject").path("name").asString("")
                        + " "
                        + v.path("outcome").asString("")));
    return verdicts;
  }

  private List<String> checks() {
    return json("/checks?limit=1000")
        .path("items")
        .valueStream()
        .map(c -> c.path("id").asString(""))
        .toList();
  }

  private List<String> findings(String status) {
    return fixture
        .jdbc()
        .sql("select check_id || ' ' || lineage from finding where status = ?")
        .param(status)
        .query(String.class)
        .list();
  }

  private long openVerdicts(String check) {
    return fixture
        .jdbc()
        .sql("select count(*) from verdict where check_id = ? and valid_to = 'infinity'")
        .param(check)
        .query(Long.class)
        .single();
  }

  private long subject(String name) {
    return fixture
        .jdbc()
        .sql("select id from subject where name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  private int score() {
    return fixture
        .jdbc()
        .sql("select score from score where scope = 'HOST' order by at desc limit 1")
        .query(Integer.class)
        .single();
  }

  private int catalogue() {
    return fixture
        .jdbc()
        .sql("select catalogue_version from host_publication")
        .query(Integer.class)
        .single();
  }

  private JsonNode json(String path) {
    MvcTestResult answer = send("GET", path, "");
    assertThat(answer).as(path).hasStatusOk();
    return MAPPER.readTree(text(answer));
  }

  private static String text(MvcTestResult answer) {
    return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
  }

  private MvcTestResult send(String method, String path, String body) {
    return http.method(HttpMethod.valueOf(method))
        .uri(URI.create("/api/v1" + path))
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }
}
