package dev.plimsoll.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Reads bodies whole, and no more than a call can need. */
final class BodyLimitFilter extends OncePerRequestFilter {
  static final int LIMIT = 1 << 20;
  static final int IMPORT_LIMIT = 16 << 20;
  static final int HEARTBEAT_LIMIT = 10 << 10;

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final HandlerExceptionResolver problems;

  BodyLimitFilter(HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !WITH_BODY.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    int limit = limit(request.getRequestURI());
    if (request.getContentLengthLong() > limit) {
      refuse(request, response, limit);
      return;
    }
    byte[] body = request.getInputStream().readNBytes(limit + 1);
    if (body.length > limit) {
      refuse(request, response, limit);
      return;
    }
    chain.doFilter(new BufferedRequest(request, body), response);
  }

  private static int limit(String address) {
    if (address.startsWith(HeartbeatsResource.PATH)) {
      return HEARTBEAT_LIMIT;
    }
    return address.endsWith("/import") || address.endsWith("/scan-reports") ? IMPORT_LIMIT : LIMIT;
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, int limit) {
    problems.resolveException(request, response, null, new BodyTooLarge(limit));
  }
}
