package dev.plimsoll.access;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.home.PortalSettings;
import dev.plimsoll.permission.Role;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets somebody in at first: adds the user {@code admin} where there is no user at all. */
@Component
class FirstAdministrator implements InitializingBean {
  private static final String NAME = "admin";

  private final AppUsers users;
  private final PeopleLock lock;
  private final PasswordEncoder passwords;
  private final PortalSettings settings;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  FirstAdministrator(
      AppUsers users,
      PeopleLock lock,
      PasswordEncoder passwords,
      PortalSettings settings,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.users = users;
    this.lock = lock;
    this.passwords = passwords;
    this.settings = settings;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public void afterPropertiesSet() {
    transaction.executeWithoutResult(status -> addIfNobody());
  }

  private void addIfNobody() {
    lock.hold();
    if (users.count() > 0) {
      return;
    }
    String hash = Objects.requireNonNull(passwords.encode(settings.adminPassword().value()));
    Set<Role> roles = Set.of(Role.ADMINISTRATOR);
    AppUser admin = users.save(new AppUser(NAME, hash, roles, clock.instant()));
    users.flush();
    audit.recordAs(
        AuditTrail.PORTAL,
        "user.added",
        "user:" + admin.id() + " " + admin.name(),
        Map.of("roles", List.of(Role.ADMINISTRATOR.word())));
  }
}
