package dev.plimsoll.access;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Slows guessing down: after {@value #ALLOWED} failures for a name from an address within 15
 * minutes, that pair is refused until the oldest of them has passed. Kept in the database, so that
 * it holds over all portal processes.
 */
@Component
@PortalItself
class SignInFailures {
  static final int ALLOWED = 10;
  static final Duration WINDOW = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  SignInFailures(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Counts an attempt as failed before its password is looked at, so that attempts made at the same
   * time count as well; {@link #succeeded} takes it back.
   *
   * @return when to try again, if this attempt is refused
   */
  @Transactional
  Optional<Instant> begin(String name, String address) {
    Instant now = clock.instant();
    String key = name.toLowerCase(Locale.ROOT);
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:who, 0))")
        .param("who", key + "\n" + address)
        .query()
        .listOfRows();
    List<OffsetDateTime> recent =
        jdbc.sql(
                """
                select at from sign_in_failure
                where name = :name and address = :address and at > :since
                order by at desc
                limit :allowed
                """)
            .param("name", key)
            .param("address", address)
            .param("since", utc(now.minus(WINDOW)))
            .param("allowed", ALLOWED)
            .query(OffsetDateTime.class)
            .list();
    if (recent.size() >= ALLOWED) {
      return Optional.of(recent.getLast().toInstant().plus(WINDOW));
    }
    jdbc.sql("insert into sign_in_failure (name, address, at) values (:name, :address, :at)")
        .param("name", key)
        .param("address", address)
        .param("at", utc(now))
        .update();
    return Optional.empty();
  }

  /** Writes a failed attempt to the audit trail, and forgets those that no longer count. */
  @Transactional
  void failed(String name, String address) {
    audit.recordAs(name, "sign-in.failed", "user " + name, Map.of("address", address));
    jdbc.sql("delete from sign_in_failure where at <= :before")
        .param("before", utc(clock.instant().minus(WINDOW)))
        .update();
  }

  /** Writes a successful attempt to the audit trail, and forgets the failures before it. */
  @Transactional
  void succeeded(PortalUser user, String typedName, String address) {
    audit.recordAs(
        user.getUsername(),
        "sign-in.succeeded",
        "user:" + user.id() + " " + user.getUsername(),
        Map.of("address", address));
    jdbc.sql("delete from sign_in_failure where name = :name and address = :address")
        .param("name", typedName.toLowerCase(Locale.ROOT))
        .param("address", address)
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
