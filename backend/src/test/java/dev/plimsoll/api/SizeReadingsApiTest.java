package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.TestPortal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@AutoConfigureMockMvc
@DatabaseTest
class SizeReadingsApiTest {
  private final MockMvcTester http;

  SizeReadingsApiTest(@Autowired MockMvcTester http) {
    this.http = http;
  }

  @Test
  @DisplayName("Measuring is asked for, and how it went is told; a host of no name has neither")
  void measured() {
    send(HttpMethod.POST, "/api/v1/hosts", "{\"name\":\"web\",\"endpoint\":\"unix:///run/no\"}");
    assertThat(send(HttpMethod.GET, "/api/v1/hosts/web/size-readings/last", "")).hasStatus(404);

    MvcTestResult asked = send(HttpMethod.POST, "/api/v1/hosts/web/size-readings", "");
    assertThat(asked).hasStatus(202);
    String location = String.valueOf(asked.getResponse().getHeader("Location"));
    assertThat(location).matches("/api/v1/hosts/[0-9]+/size-readings/last");
    assertThat(send(HttpMethod.GET, location, ""))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            "{\"outcome\":\"PENDING\",\"startedAt\":null,\"volumes\":null,\"layers\":null}");

    send(HttpMethod.POST, "/api/v1/hosts/web/pause", "");
    assertThat(send(HttpMethod.POST, "/api/v1/hosts/web/size-readings", "")).hasStatus(400);
    assertThat(send(HttpMethod.POST, "/api/v1/hosts/nobody/size-readings", "")).hasStatus(404);
  }

  private MvcTestResult send(HttpMethod method, String path, String body) {
    return http.method(method)
        .uri(path)
        .header("Authorization", "Bearer " + TestPortal.ADMIN_TOKEN)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }
}
