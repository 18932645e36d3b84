package dev.plimsoll.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.TestDatabase;
import dev.plimsoll.testing.TestPortal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

@DatabaseTest
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class BackendStartTest {
  @Autowired private TestDatabase database;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private Environment environment;
  @Autowired private PortalSettings settings;
  @Autowired private Clock clock;
  @LocalServerPort private int port;

  @Test
  @DisplayName("The application runs on the test class's own database")
  void database() {
    String name = jdbc.queryForObject("select current_database()", String.class);

    assertThat(database.jdbcUrl()).endsWith("/" + name);
    assertThat(settings.adminToken()).contains(new AdminToken(TestPortal.ADMIN_TOKEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/liveness", "/readiness"})
  @DisplayName("Health is told without signing in, and without details")
  void health(String probe) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var response =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/actuator/health" + probe))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("\"UP\"").doesNotContain("PostgreSQL");
    }
  }

  @Test
  @DisplayName("An instant comes back from the database as it went in")
  void instants() {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);

    assertThat(jdbc.queryForObject("select ?::timestamptz", OffsetDateTime.class, now))
        .isEqualTo(now);
  }

  @Test
  @DisplayName("Once ready, the portal says where it is and where the first password is kept")
  void readyNotice() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new ReadyNotice(settings)
        .print(environment, new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("http://127.0.0.1:" + port, "admin", "PLIMSOLL_ADMIN_PASSWORD")
        .doesNotContain(TestPortal.ADMIN_PASSWORD);
  }
}
