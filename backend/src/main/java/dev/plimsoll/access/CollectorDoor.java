package dev.plimsoll.access;

import dev.plimsoll.home.PortalRole;
import dev.plimsoll.home.PortalSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Closes pages and API of a process that only collects: its health and its figures stay. Before
 * everything else, so that nothing of a session or a body is touched.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CollectorDoor extends OncePerRequestFilter {
  private static final String OPEN = "/actuator";
  private static final byte[] ANSWER =
      """
      {"type":"about:blank","title":"Not Found","status":404,\
      "detail":"This portal process only collects (PLIMSOLL_ROLES=collector). \
      Pages and API are served by those with the role web."}"""
          .getBytes(StandardCharsets.UTF_8);

  private final boolean closed;

  CollectorDoor(PortalSettings settings) {
    this.closed = !settings.roles().contains(PortalRole.WEB);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !closed || path.equals(OPEN) || path.startsWith(OPEN + "/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setStatus(HttpStatus.NOT_FOUND.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(ANSWER.length);
    response.getOutputStream().write(ANSWER);
  }
}
