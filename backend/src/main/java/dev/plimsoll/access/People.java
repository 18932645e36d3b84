package dev.plimsoll.access;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import dev.plimsoll.permission.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Local accounts and the API tokens of their programs. */
@Service
@Requires(Permission.MANAGE_PEOPLE)
public class People {
  /** How long a token is good if nobody says. */
  public static final Duration TOKEN_LIFE = Duration.ofDays(90);

  /** How long it may be good at most. */
  public static final Duration LONGEST_TOKEN_LIFE = Duration.ofDays(366);

  private static final int LABEL_LENGTH = 100;

  private final AppUsers users;
  private final ApiTokens tokens;
  private final PeopleLock lock;
  private final PasswordEncoder passwords;
  private final AuditTrail audit;
  private final Clock clock;

  People(
      AppUsers users,
      ApiTokens tokens,
      PeopleLock lock,
      PasswordEncoder passwords,
      AuditTrail audit,
      Clock clock) {
    this.users = users;
    this.tokens = tokens;
    this.lock = lock;
    this.passwords = passwords;
    this.audit = audit;
    this.clock = clock;
  }

  /** Everybody, by name. */
  @Transactional(readOnly = true)
  public List<Person> list() {
    return users.findAllByName().stream().map(AppUser::toPerson).toList();
  }

  /** One account. */
  @Transactional(readOnly = true)
  public Optional<Person> find(long id) {
    return users.findById(id).map(AppUser::toPerson);
  }

  /**
   * Adds an account.
   *
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if somebody has that name, ignoring case
   */
  @Transactional
  public Person add(NewPerson person) {
    AccountRules rules = new AccountRules();
    rules.name(person.name());
    rules.password(person.password());
    rules.roles(person.roles());
    rules.check();
    lock.hold();
    refuseTakenName(person.name(), 0);
    AppUser user =
        users.save(
            new AppUser(person.name(), hash(person.password()), person.roles(), clock.instant()));
    users.flush();
    audit.record("user.added", subject(user), Map.of("roles", words(person.roles())));
    return user.toPerson();
  }

  /**
   * Changes an account; open sessions of that user end.
   *
   * @throws NoSuchUser if there is none
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if somebody else has that name, ignoring case
   * @throws LastAdministrator if nobody could manage the portal any more
   */
  @Transactional
  public Person change(long id, PersonChange change) {
    AccountRules rules = new AccountRules();
    if (change.name() != null) {
      rules.name(change.name());
    }
    if (change.password() != null) {
      rules.password(change.password());
    }
    if (change.roles() != null) {
      rules.roles(change.roles());
    }
    rules.check();
    lock.hold();
    AppUser user = existing(id);
    boolean administered = user.isActiveAdministrator();
    Map<String, Object> detail = apply(user, change);
    if (administered && !user.isActiveAdministrator()) {
      refuseIfLastAdministrator(user);
    }
    users.flush();
    audit.record("user.changed", subject(user), detail);
    return user.toPerson();
  }

  private Map<String, Object> apply(AppUser user, PersonChange change) {
    Map<String, Object> detail = new TreeMap<>();
    Person before = user.toPerson();
    if (change.name() != null && !change.name().equals(before.name())) {
      refuseTakenName(change.name(), user.id());
      user.rename(change.name());
      detail.put("name", Map.of("before", before.name(), "after", change.name()));
    }
    if (change.password() != null) {
      user.changePassword(hash(change.password()));
      detail.put("password", "changed");
    }
    if (change.roles() != null && !change.roles().equals(before.roles())) {
      user.changeRoles(change.roles());
      detail.put("roles", Map.of("before", words(before.roles()), "after", words(change.roles())));
    }
    if (change.enabled() != null && change.enabled() != before.enabled()) {
      user.enable(change.enabled());
      detail.put("enabled", Map.of("before", before.enabled(), "after", change.enabled()));
    }
    return detail;
  }

  /**
   * Removes an account and its tokens for good; what it did stays in the audit trail.
   *
   * @throws NoSuchUser if there is none
   * @throws LastAdministrator if nobody could manage the portal any more
   */
  @Transactional
  public void remove(long id) {
    lock.hold();
    AppUser user = existing(id);
    if (user.isActiveAdministrator()) {
      refuseIfLastAdministrator(user);
    }
    users.delete(user);
    users.flush();
    audit.record("user.removed", subject(user), Map.of());
  }

  /**
   * Makes a token with the user's rights. It cannot be shown again.
   *
   * @param label what it is for, 1 to 100 characters
   * @param expiresAt at most {@link #LONGEST_TOKEN_LIFE} ahead; null for {@link #TOKEN_LIFE}
   * @throws NoSuchUser if there is none
   * @throws InvalidInput naming every bad field
   */
  @Transactional
  public IssuedToken issueToken(long userId, String label, @Nullable Instant expiresAt) {
    Instant now = clock.instant();
    Instant end =
        (expiresAt == null ? now.plus(TOKEN_LIFE) : expiresAt).truncatedTo(ChronoUnit.MICROS);
    AccountRules rules = new AccountRules();
    if (label.chars().anyMatch(Character::isISOControl)) {
      rules.reject("label", "holds a control character. Use letters, digits and punctuation.");
    } else if (label.isBlank() || label.length() > LABEL_LENGTH) {
      rules.reject(
          "label", "has " + label.strip().length() + " characters. Use 1 to " + LABEL_LENGTH + ".");
    }
    if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST_TOKEN_LIFE))) {
      rules.reject(
          "expiresAt",
          end
              + " is not within the next "
              + LONGEST_TOKEN_LIFE.toDays()
              + " days. Choose an earlier instant that lies ahead.");
    }
    rules.check();
    AppUser user = existing(userId);
    String token = TokenText.random();
    long id = tokens.insert(userId, label.strip(), token, now, end);
    String prefix = token.substring(0, TokenText.PREFIX_LENGTH);
    audit.record(
        "token.issued",
        subject(user),
        Map.of("prefix", prefix, "label", label.strip(), "expiresAt", end.toString()));
    return new IssuedToken(id, token, prefix, label.strip(), end);
  }

  /** A user's tokens, oldest first, those that are no longer good too. */
  @Transactional(readOnly = true)
  public List<TokenRecord> tokens(long userId) {
    existing(userId);
    return tokens.of(userId);
  }

  /**
   * Ends a token at once.
   *
   * @throws NoSuchUser if the user has no such token, or it was revoked before
   */
  @Transactional
  public void revokeToken(long userId, long tokenId) {
    AppUser user = existing(userId);
    String prefix =
        tokens
            .revoke(userId, tokenId, clock.instant())
            .orElseThrow(() -> new NoSuchUser("good token of this user with the ID", tokenId));
    audit.record("token.revoked", subject(user), Map.of("prefix", prefix));
  }

  private AppUser existing(long id) {
    return users.findById(id).orElseThrow(() -> new NoSuchUser("user", id));
  }

  private void refuseTakenName(String name, long ownId) {
    if (name.equalsIgnoreCase(EnvironmentToken.ACTOR)
        || name.equalsIgnoreCase(AuditTrail.PORTAL)
        || users.findByNameIgnoreCase(name).filter(user -> user.id() != ownId).isPresent()) {
      throw new NameTaken("user", name);
    }
  }

  private void refuseIfLastAdministrator(AppUser user) {
    if (users.countOthersWithRole(Role.ADMINISTRATOR, user.id()) == 0) {
      throw new LastAdministrator(user.name());
    }
  }

  private String hash(String password) {
    return Objects.requireNonNull(passwords.encode(password));
  }

  private static String subject(AppUser user) {
    return "user:" + user.id() + " " + user.name();
  }

  private static List<String> words(Set<Role> roles) {
    return roles.stream().sorted().map(Role::word).toList();
  }
}
