package dev.plimsoll.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session whose user has changed since sign-in: disabled, removed, other roles, another
 * password. One look at a primary key a request, and so right in every portal process at once.
 */
final class FreshRights extends OncePerRequestFilter {
  private final JdbcClient jdbc;

  FreshRights(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    @Nullable Authentication who = SecurityContextHolder.getContext().getAuthentication();
    @Nullable HttpSession session = request.getSession(false);
    if (session != null
        && who != null
        && who.getPrincipal() instanceof PortalUser user
        && user.id() != 0
        && !isCurrent(user)) {
      session.invalidate();
      SecurityContextHolder.clearContext();
    }
    chain.doFilter(request, response);
  }

  private boolean isCurrent(PortalUser user) {
    return jdbc.sql("select enabled from app_user where id = :id and version = :version")
        .param("id", user.id())
        .param("version", user.version())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }
}
