package dev.plimsoll.audit;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes who did what. Every state-changing service method calls it once it knows the outcome. */
@Component
public class AuditTrail {
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
    throw new UnsupportedOperationException("not built yet");
  }
}
