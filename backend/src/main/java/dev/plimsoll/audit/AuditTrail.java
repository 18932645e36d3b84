package dev.plimsoll.audit;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Writes who did what. Every state-changing service method calls it once it knows the outcome. */
@Component
public class AuditTrail {
  /** The actor of what the portal does by itself, such as registering the local engine. */
  public static final String PORTAL = "plimsoll";

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;
  private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

  AuditTrail(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Adds an entry to the change's own transaction; the actor is whoever is signed in.
   *
   * @param action what was done, such as {@code host.added}
   * @param subject what it was done to, such as {@code host:17 web-1}
   * @param detail what changed; never a secret
   * @throws IllegalStateException if there is no transaction or nobody is signed in
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void record(String action, String subject, Map<String, ?> detail) {
    recordAs(signedIn(action), action, subject, detail);
  }

  /**
   * The same where nobody is signed in, or not yet: the portal itself, or a name at the door.
   *
   * @param actor {@link #PORTAL}, or the name that somebody gave
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void recordAs(String actor, String action, String subject, Map<String, ?> detail) {
    jdbc.sql(
            """
            insert into audit_entry (at, actor, action, subject, detail)
            values (:at, :actor, :action, :subject, :detail::jsonb)
            """)
        .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .param("actor", actor)
        .param("action", action)
        .param("subject", subject)
        .param("detail", json.writeValueAsString(detail))
        .update();
  }

  private String signedIn(String action) {
    @Nullable Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || !trust.isAuthenticated(who)) {
      throw new IllegalStateException("Nobody is signed in, so nobody can answer for " + action);
    }
    return who.getName();
  }
}
