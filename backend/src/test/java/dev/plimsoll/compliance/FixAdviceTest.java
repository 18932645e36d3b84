package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.fix.Fix;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestPortal;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fixes of what is stored, as the service and the API give them. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class FixAdviceTest {
  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-11-24T12:00:00Z"));

  @Autowired Publishing publishing;
  @Autowired FixAdvice fixes;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;
  @Autowired MockMvcTester http;

  @TestBean(name = "publishClock")
  Clock clock;

  private PublishedHosts hosts;
  private long host;

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void addHost() {
    CLOCK.advance(Duration.ofMinutes(1));
    hosts = new PublishedHosts(dataSource, transaction, publishing);
    host = hosts.add("host-" + System.nanoTime(), null, 1);
  }

  @Test
  @DisplayName("A fix says what else it clears, found by judging the changed document")
  void clearsMore() {
    hosts.publish(host, PublishedHosts.container("web", config -> config.put("Privileged", true)));
    FixAdvice.Advice advice = advice("web", "CTR-PRIV");

    assertThat(advice.fix()).isInstanceOf(Fix.Recreate.class);
    assertThat(advice.clears())
        .extracting(FixAdvice.Effect::check)
        .contains("CTR-CAPS", "CTR-SECCOMP", "CTR-DEVICES")
        .doesNotContain("CTR-PRIV", "CTR-USER");
    assertThat(advice.otherFindings()).isEqualTo(advice.clears().size());
    assertThat(advice.breaks()).isEmpty();
  }

  @Test
  @DisplayName("The API gives the fix with a finding and for a verdict, and none for what passes")
  void api() {
    hosts.publish(
        host, PublishedHosts.container("$(reboot)", config -> config.put("UTSMode", "host")));
    long subject = hosts.subject(host, "$(reboot)");
    JsonNode fix = json(get("/verdicts/fix?subject=" + subject + "&check=CTR-UTSHOST"), 200);
    assertThat(fix.path("possible").booleanValue()).isTrue();
    assertThat(fix.path("forms").path(0).path("format").asString()).isEqualTo("docker run");
    assertThat(fix.path("forms").path(0).path("text").asString())
        .isEqualTo("# leave out:\n--uts host");

    long finding =
        hosts
            .jdbc()
            .sql("select id from finding where host_id = ? and check_id = 'CTR-UTSHOST'")
            .param(host)
            .query(Long.class)
            .single();
    assertThat(json(get("/findings/" + finding), 200).path("fix").path("check").asString())
        .isEqualTo("CTR-UTSHOST");

    JsonNode none = json(get("/verdicts/fix?subject=" + subject + "&check=CTR-PRIV"), 409);
    assertThat(none.path("type").asString()).isEqualTo("urn:plimsoll:problem:nothing-to-fix");
    json(get("/verdicts/fix?subject=" + subject + "&check=ENG-ICC"), 404);
    json(get("/verdicts/fix?subject=999999999&check=CTR-PRIV"), 404);
    json(get("/verdicts/fix?subject=" + subject), 400);
  }

  @Test
  @DisplayName("The collection that finds a check passing says which change made it so")
  void resolved() {
    hosts.publish(host, PublishedHosts.container("web", config -> config.put("UTSMode", "host")));
    long finding =
        hosts
            .jdbc()
            .sql("select id from finding where host_id = ? and check_id = 'CTR-UTSHOST'")
            .param(host)
            .query(Long.class)
            .single();
    CLOCK.advance(Duration.ofMinutes(1));
    long collection = hosts.publish(host, PublishedHosts.container("web", config -> {}));

    JsonNode event = json(get("/findings/" + finding), 200).path("events").path(1);
    assertThat(event.path("kind").asString()).isEqualTo("RESOLVED");
    JsonNode resolution = event.path("resolution");
    assertThat(resolution.path("collectionId").asString()).isEqualTo(String.valueOf(collection));
    assertThat(resolution.path("paths").toString()).isEqualTo("[\".HostConfig.UTSMode\"]");
    String before = resolution.path("before").path("documentSha256").asString();
    String after = resolution.path("after").path("documentSha256").asString();
    assertThat(json(get("/documents/" + before), 200).path("HostConfig").path("UTSMode").asString())
        .isEqualTo("host");
    assertThat(json(get("/documents/" + after), 200).path("HostConfig").path("UTSMode").asString())
        .isEmpty();
    assertThat(json(get("/findings/" + finding), 200).path("fix").isMissingNode()).isTrue();
  }

  @Test
  @DisplayName("A container made anew in place of the one that failed is the change")
  void madeAnew() {
    hosts.publish(
        host, PublishedHosts.container("web", "first", config -> config.put("UTSMode", "host")));
    long finding =
        hosts
            .jdbc()
            .sql("select id from finding where host_id = ? and check_id = 'CTR-UTSHOST'")
            .param(host)
            .query(Long.class)
            .single();
    CLOCK.advance(Duration.ofMinutes(1));
    hosts.publish(host, PublishedHosts.container("web", "second", config -> {}));

    JsonNode resolution =
        json(get("/findings/" + finding), 200).path("events").path(1).path("resolution");
    assertThat(resolution.path("before").path("subject").asString()).isNotEmpty();
    assertThat(resolution.path("after").path("subject").asString())
        .isNotEmpty()
        .isNotEqualTo(resolution.path("before").path("subject").asString());
    assertThat(resolution.path("paths").toString()).contains(".HostConfig.UTSMode");
  }

  private FixAdvice.Advice advice(String container, String check) {
    return SignedIn.as("vera", Role.VIEWER)
        .get(() -> fixes.of(hosts.subject(host, container), check));
  }

  private MvcTestResult get(String path) {
    return http.get()
        .uri("/api/v1" + path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .exchange();
  }

  private static JsonNode json(MvcTestResult answer, int status) {
    assertThat(answer).hasStatus(status);
    try {
      return JsonMapper.shared().readTree(answer.getResponse().getContentAsString());
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
  }
}
