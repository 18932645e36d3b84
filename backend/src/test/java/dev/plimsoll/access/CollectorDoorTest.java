package dev.plimsoll.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.home.FirstPassword;
import dev.plimsoll.home.PortalRole;
import dev.plimsoll.home.PortalSettings;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CollectorDoorTest {
  @ParameterizedTest(name = "{0} of a process that {1}: {2}")
  @CsvSource({
    "/, COLLECTOR, 404",
    "/api/v1/hosts, COLLECTOR, 404",
    "/actuatorx, COLLECTOR, 404",
    "/actuator/health, COLLECTOR, 200",
    "/actuator/prometheus, COLLECTOR, 200",
    "/, WEB, 200",
    "/api/v1/hosts, WEB, 200"
  })
  @DisplayName("A process that only collects shows its health and figures, nothing else")
  void doors(String path, PortalRole role, int status) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();

    new CollectorDoor(settings(EnumSet.of(role)))
        .doFilter(new MockHttpServletRequest("GET", path), response, chain);

    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(chain.getRequest() == null).isEqualTo(status == 404);
  }

  private static PortalSettings settings(Set<PortalRole> roles) {
    return new PortalSettings(
        roles, 1, new FirstPassword.Given("password-for-tests"), Optional.empty());
  }
}
