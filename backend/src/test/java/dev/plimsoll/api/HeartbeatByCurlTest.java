package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.backup.HeartbeatDraft;
import dev.plimsoll.backup.Heartbeats;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SignedIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Over a real connection, since servers read forms otherwise than what stands in for them. */
@SpringBootTest(
    properties = "db-scheduler.enabled=false",
    webEnvironment = WebEnvironment.RANDOM_PORT)
@DatabaseTest
class HeartbeatByCurlTest {
  @Autowired Heartbeats heartbeats;
  @Autowired DataSource dataSource;
  @LocalServerPort int port;

  @Test
  @DisplayName("Text that is sent as a form, as curl -d does, is what the job said, secrets masked")
  void text() throws Exception {
    PostureFixture fixture = new PostureFixture(dataSource);
    long host = fixture.addHost("web");
    String token =
        SignedIn.administrator()
            .get(
                () ->
                    heartbeats.create(
                        new HeartbeatDraft(
                            "nightly",
                            host,
                            DataRef.volume("orders"),
                            null,
                            Duration.ofDays(1),
                            Duration.ofHours(1))))
            .token();

    HttpResponse<String> answer;
    try (HttpClient http = HttpClient.newHttpClient()) {
      answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:%d/api/v1/heartbeats/%s/2?run=8"
                              .formatted(port, token)))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("rsync: a=b&c DB_PASSWORD=planted-8d2e"))
                  .build(),
              BodyHandlers.ofString());
    }

    assertThat(answer.body()).contains("\"kind\":\"FAIL\"");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(
            JdbcClient.create(dataSource)
                .sql("select detail from backup_record")
                .query(String.class)
                .single())
        .startsWith("Exit status 2.\nrsync: a=b&c DB_PASSWORD=")
        .doesNotContain("planted-8d2e");
  }
}
