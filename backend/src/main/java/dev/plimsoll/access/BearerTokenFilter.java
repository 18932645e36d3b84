package dev.plimsoll.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Signs a request in by its bearer token (RFC 6750); a bad token ends it with 401. */
final class BearerTokenFilter extends OncePerRequestFilter {
  private static final String SCHEME = "Bearer ";
  private static final int LONGEST = 200;

  private final EnvironmentToken environmentToken;
  private final ApiTokens tokens;
  private final ProblemResponses problems;
  private final Clock clock;

  BearerTokenFilter(
      EnvironmentToken environmentToken, ApiTokens tokens, ProblemResponses problems, Clock clock) {
    this.environmentToken = environmentToken;
    this.tokens = tokens;
    this.problems = problems;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      chain.doFilter(request, response);
      return;
    }
    Optional<PortalUser> owner = owner(header.substring(SCHEME.length()).strip());
    if (owner.isEmpty()) {
      problems.commence(
          request,
          response,
          new BadCredentialsException("The token is unknown, expired or revoked."));
      return;
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            owner.get(), null, owner.get().getAuthorities()));
    SecurityContextHolder.setContext(context);
    try {
      chain.doFilter(request, response);
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private Optional<PortalUser> owner(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    return environmentToken.owner(token).or(() -> tokens.owner(token, clock.instant()));
  }
}
