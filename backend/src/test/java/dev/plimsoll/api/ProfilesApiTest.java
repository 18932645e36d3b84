package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.TestPortal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Profiles, assignments and second series as the API shows them. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class ProfilesApiTest {
  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));

  @TestBean(name = "publishClock")
  Clock clock;

  private final MockMvcTester http;
  private final PostureFixture fixture;

  ProfilesApiTest(@Autowired MockMvcTester http, @Autowired DataSource dataSource) {
    this.http = http;
    fixture = new PostureFixture(dataSource);
  }

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void empty() {
    fixture.clear();
    fixture
        .jdbc()
        .sql("truncate profile, profile_version, profile_assignment, series_run, series cascade")
        .update();
    CLOCK.advance(Duration.ofMinutes(1));
  }

  @Test
  @DisplayName("Profiles are made, copied, changed and read back in every version")
  void profiles() {
    assertThat(get("/profiles"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.items[*].name")
        .asArray()
        .containsExactly(
            "Everything", "CIS Docker 1.8", "CIS Docker 1.6", "NIST SP 800-190", "Essentials");
    MvcTestResult made =
        send(
            http.post()::uri,
            "/profiles",
            "{\"name\":\"Cards\",\"copyOf\":\"essentials\",\"checks\":{\"CTR-MEM\":25}}");
    assertThat(made)
        .hasStatus(201)
        .bodyJson()
        .hasPathSatisfying("$.version", v -> assertThat(v).isEqualTo(1))
        .hasPathSatisfying("$.checks.CTR-MEM", v -> assertThat(v).isEqualTo(25))
        .hasPathSatisfying("$.checks.CTR-USER", v -> assertThat(v).isNull());
    String place = String.valueOf(made.getResponse().getHeader("Location"));

    assertThat(
            send(
                http.patch()::uri,
                place.substring("/api/v1".length()),
                "{\"checks\":{\"CTR-USER\":null}}"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.version")
        .isEqualTo(2);
    assertThat(get("/profiles/Cards?version=1"))
        .bodyJson()
        .extractingPath("$.checks.CTR-MEM")
        .isEqualTo(25);
    assertThat(get("/profiles/Cards/versions"))
        .bodyJson()
        .extractingPath("$.items[*].version")
        .asArray()
        .containsExactly(2, 1);
    assertThat(get("/profiles/Cards?version=9")).hasStatus(404);
    assertThat(
            send(http.post()::uri, "/profiles", "{\"name\":\"cards\",\"copyOf\":\"Everything\"}"))
        .hasStatus(409);
    assertThat(send(http.patch()::uri, "/profiles/everything", "{\"description\":\"x\"}"))
        .hasStatus(400);
    assertThat(send(http.post()::uri, "/profiles", "{\"name\":\"X\",\"checks\":{\"NO\":\"1\"}}"))
        .hasStatus(400)
        .bodyJson()
        .extractingPath("$.errors[0].field")
        .isEqualTo("checks.NO");
    assertThat(send(http.post()::uri, "/profiles", "{\"name\":\"X\"}")).hasStatus(400);
  }

  @Test
  @DisplayName("Assignments are put as a whole, or not at all")
  void assignments() {
    fixture.group("Retail", PostureFixture.LONG_AGO);
    assertThat(
            send(
                http.put()::uri,
                "/profile-assignments",
                "{\"items\":[{\"profile\":\"Essentials\"},"
                    + "{\"group\":\"retail\",\"environment\":\"prod\",\"profile\":\"Everything\"}]}"))
        .hasStatusOk();
    assertThat(get("/profile-assignments"))
        .bodyJson()
        .isLenientlyEqualTo(
            "{\"items\":[{\"profile\":\"Essentials\"},"
                + "{\"group\":\"Retail\",\"environment\":\"prod\",\"profile\":\"Everything\"}]}");
    assertThat(
            send(
                http.put()::uri,
                "/profile-assignments",
                "{\"items\":[{\"profile\":\"Everything\"},{\"group\":\"Nowhere\",\"profile\":\"\"}]}"))
        .hasStatus(400)
        .bodyJson()
        .extractingPath("$.errors[*].field")
        .asArray()
        .containsExactly("items[1].group", "items[1].profile");
    assertThat(get("/profile-assignments"))
        .bodyJson()
        .extractingPath("$.items[0].profile")
        .isEqualTo("Essentials");
    assertThat(get("/profiles/essentials")).bodyJson().extractingPath("$.hosts").isEqualTo(0);
  }

  @Test
  @DisplayName("A second series is read under its profile, and goes on with what was published")
  void series() {
    long host = fixture.addHost("web");
    insert("score", "scope, scope_id", "'HOST', " + host, "2026-01-01", 50_000, "Everything", 1);
    insert("score", "scope, scope_id", "'HOST', " + host, "2026-02-01", 80_000, "Essentials", 1);
    fixture
        .jdbc()
        .sql("insert into series_run (started_at, finished_at) values (now(), now())")
        .update();
    fixture
        .jdbc()
        .sql(
            "insert into series (run_id, scope, scope_id, ends_at, finished_at, profile,"
                + " profile_version, catalogue_version) select max(id), 'HOST', ?, '2026-02-01',"
                + " now(), 'Essentials', 1, 2 from series_run")
        .param(host)
        .update();
    insert(
        "series_score",
        "series_id",
        "(select max(id) from series)",
        "2026-01-01",
        70_000,
        "Essentials",
        1);

    String asked = "/scores?scope=host:web&from=2025-12-01T00:00:00Z";
    assertThat(get(asked))
        .bodyJson()
        .extractingPath("$.items[*].score")
        .asArray()
        .containsExactly(50.0, 80.0);
    assertThat(get(asked + "&profile=essentials"))
        .bodyJson()
        .extractingPath("$.items[*].score")
        .asArray()
        .containsExactly(70.0, 80.0);
    assertThat(
            get(
                "/scores?scope=host:web&profile=Essentials&profileVersion=1&asOf=2026-01-15T00:00:00Z"))
        .bodyJson()
        .extractingPath("$.score")
        .isEqualTo(70.0);
    assertThat(get(asked + "&profile=Everything"))
        .bodyJson()
        .extractingPath("$.items[*].score")
        .asArray()
        .containsExactly(50.0);
    assertThat(get(asked + "&profile=Essentials&profileVersion=2")).hasStatus(404);
    assertThat(get(asked + "&profile=Nothing")).hasStatus(404);
    assertThat(get(asked + "&profileVersion=1")).hasStatus(400);
  }

  @Test
  @DisplayName("Progress says whether anything is still judged anew")
  void progress() {
    assertThat(get("/rejudging"))
        .bodyJson()
        .isStrictlyEqualTo("{\"running\":false,\"hosts\":{\"done\":0,\"total\":0},\"past\":null}");
    fixture.jdbc().sql("insert into series_run (started_at) values ('2026-03-01')").update();
    fixture
        .jdbc()
        .sql(
            "insert into series (run_id, scope, scope_id, ends_at) select max(id), 'HOST', ?, now()"
                + " from series_run")
        .param(fixture.addHost("web"))
        .update();
    assertThat(get("/rejudging"))
        .bodyJson()
        .extractingPath("$.past")
        .asMap()
        .containsEntry("host", "web")
        .containsEntry("total", 1)
        .containsEntry("done", 0);
  }

  private void insert(
      String table, String keys, String key, String day, int score, String profile, int version) {
    fixture
        .jdbc()
        .sql(
            "insert into "
                + table
                + " ("
                + keys
                + ", at, score, score_high, score_accepted, grade, confidence, points_failed,"
                + " points_unknown, points_accepted, hosts, hosts_with_critical, profile,"
                + " profile_version, catalogue_version, checks_in_scope) values ("
                + key
                + ", ?::timestamptz, ?, ?, ?, 'B', 1000, 0, 0, 0, 1, 0, ?, ?, 2, 9)")
        .param(day + "T00:00:00Z")
        .param(score)
        .param(score)
        .param(score)
        .param(profile)
        .param(version)
        .update();
  }

  private MvcTestResult get(String path) {
    return http.get()
        .uri(URI.create("/api/v1" + path.replace(" ", "%20")))
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .exchange();
  }

  private static MvcTestResult send(
      Function<URI, MockMvcTester.MockMvcRequestBuilder> call, String path, String body) {
    return call.apply(URI.create("/api/v1" + path))
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }
}
