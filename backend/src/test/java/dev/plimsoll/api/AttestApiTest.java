package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.TestPortal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Reports and attestations as the API takes and shows them. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class AttestApiTest {
  private static final String API = "/api/v1";

  private final MockMvcTester http;
  private final PostureFixture fixture;
  private final Clock clock;

  AttestApiTest(
      @Autowired MockMvcTester http, @Autowired DataSource dataSource, @Autowired Clock clock) {
    this.http = http;
    this.clock = clock;
    fixture = new PostureFixture(dataSource);
  }

  @BeforeEach
  void addHost() {
    fixture.clear();
    fixture.host("web-1").add();
  }

  @Test
  @DisplayName("A log of docker-bench-security is taken in and listed")
  void report() {
    MvcTestResult uploaded =
        post(
            "/scan-reports?format=docker-bench&host=web-1",
            """
            {"dockerbenchsecurity":"1.6.0","start":%d,"tests":[{"id":"3","desc":"d","results":[
             {"id":"3.1","desc":"d","result":"PASS"}]}],"checks":1,"score":1,"end":0}
            """
                .formatted(clock.instant().minusSeconds(60).getEpochSecond()));
    assertThat(uploaded).hasStatus(201);
    assertThat(uploaded)
        .bodyJson()
        .hasPathSatisfying("$.version", v -> assertThat(v).isEqualTo("1.6.0"))
        .hasPathSatisfying("$.host.name", v -> assertThat(v).isEqualTo("web-1"))
        .hasPathSatisfying("$.results", v -> assertThat(v).isEqualTo(1));
    assertThat(get("/scan-reports?host=web-1"))
        .bodyJson()
        .extractingPath("$.items[0].benchmark")
        .isEqualTo("CIS Docker Benchmark 1.6/1.7");
    assertThat(get("/verdicts?host=web-1&check=HFI-OWN-SERVICE").getResponse().getStatus())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("What is wrong with a log is named")
  void badReports() {
    assertThat(post("/scan-reports?format=docker-bench&host=web-1", "{")).hasStatus(400);
    assertThat(post("/scan-reports?format=docker-bench&host=web-1", "[]"))
        .bodyJson()
        .extractingPath("$.errors[0].field")
        .isEqualTo("body");
    assertThat(post("/scan-reports?format=docker-bench", "{}"))
        .bodyJson()
        .extractingPath("$.errors[0].field")
        .isEqualTo("host");
    assertThat(post("/scan-reports?format=sarif&host=web-1", "{}"))
        .bodyJson()
        .extractingPath("$.errors[0].field")
        .isEqualTo("format");
    assertThat(post("/scan-reports?format=docker-bench&host=nobody", "{}")).hasStatus(404);
    assertThat(post("/scan-reports?format=docker-bench&host=web-1", " ".repeat((16 << 20) + 1)))
        .hasStatus(413);
  }

  @Test
  @DisplayName("An attestation is signed, shown, listed by pages and withdrawn")
  void attestation() {
    String end =
        clock.instant().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    String first = id(sign("HST-HARDENED", end));
    String second = id(sign("HFI-OWN-TLSKEY", end));

    MvcTestResult page = get("/attestations?host=web-1&limit=1");
    assertThat(page).bodyJson().extractingPath("$.items[0].id").isEqualTo(second);
    String next = value(page, "$.next");
    assertThat(get("/attestations?host=web-1&limit=1&after=" + next))
        .bodyJson()
        .extractingPath("$.items[0].id")
        .isEqualTo(first);
    assertThat(get("/attestations?check=HST-HARDENED&after=" + next)).hasStatus(400);
    assertThat(get("/attestations?after=nonsense")).hasStatus(400);

    assertThat(post("/attestations/" + first + "/withdraw", ""))
        .bodyJson()
        .hasPathSatisfying("$.counts", v -> assertThat(v).isEqualTo(false))
        .hasPathSatisfying("$.withdrawnBy", v -> assertThat(v).asString().isNotEmpty());
    assertThat(get("/attestations/" + first))
        .bodyJson()
        .extractingPath("$.expiresAt")
        .isEqualTo(end);
    assertThat(post("/attestations/999999/withdraw", "")).hasStatus(404);
  }

  @Test
  @DisplayName("What cannot be signed is refused field by field")
  void badAttestation() {
    assertThat(post("/attestations", "{\"host\":\"web-1\",\"odd\":1}"))
        .bodyJson()
        .extractingPath("$.errors[*].field")
        .asArray()
        .contains("check", "outcome", "statement", "odd");
    assertThat(sign("CTR-USER", Instant.now(clock).plusSeconds(60).toString()))
        .bodyJson()
        .extractingPath("$.errors[0].field")
        .isEqualTo("check");
  }

  private MvcTestResult sign(String check, String end) {
    return post(
        "/attestations",
        """
        {"host":"web-1","check":"%s","outcome":"PASS","statement":"looked","expiresAt":"%s"}
        """
            .formatted(check, end));
  }

  private static String id(MvcTestResult result) {
    assertThat(result).hasStatus(201);
    return value(result, "$.id");
  }

  private static String value(MvcTestResult result, String path) {
    return String.valueOf(
        com.jayway.jsonpath.JsonPath.<Object>read(
            new String(
                result.getResponse().getContentAsByteArray(),
                java.nio.charset.StandardCharsets.UTF_8),
            path));
  }

  private MvcTestResult get(String address) {
    return http.get()
        .uri(API + address)
        .header(HttpHeaders.AUTHORIZATION, "Bearer " + TestPortal.ADMIN_TOKEN)
        .exchange();
  }

  private MvcTestResult post(String address, String body) {
    return http.post()
        .uri(API + address)
        .header(HttpHeaders.AUTHORIZATION, "Bearer " + TestPortal.ADMIN_TOKEN)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }
}
