package dev.plimsoll.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.audit.AuditEntry;
import dev.plimsoll.audit.AuditLog;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestPortal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class PeopleTest {
  private static final String PASSWORD = "correct horse battery";

  private final People people;
  private final AuthenticationProvider signIn;
  private final ApiTokens tokens;
  private final AppUsers users;
  private final AuditLog log;
  private final JdbcClient jdbc;

  PeopleTest(
      @Autowired People people,
      @Autowired AuthenticationProvider signIn,
      @Autowired ApiTokens tokens,
      @Autowired AppUsers users,
      @Autowired AuditLog log,
      @Autowired JdbcClient jdbc) {
    this.people = people;
    this.signIn = signIn;
    this.tokens = tokens;
    this.users = users;
    this.log = log;
    this.jdbc = jdbc;
  }

  @Test
  @DisplayName("The first administrator signs in with the home's password and holds every right")
  void firstAdministrator() {
    Authentication admin = signIn("admin", TestPortal.ADMIN_PASSWORD, "10.0.0.1");

    assertThat(admin.getName()).isEqualTo("admin");
    assertThat(admin.getAuthorities())
        .extracting("authority")
        .contains("ROLE_ADMINISTRATOR")
        .containsAll(List.of(Permission.values()).stream().map(Enum::name).toList());
    assertThat(actions()).contains("plimsoll user.added", "admin sign-in.succeeded");
  }

  @Test
  @DisplayName("A new account signs in, ignoring the name's case; a wrong password does not")
  void added() {
    add("Grace", Role.ANALYST);

    assertThat(signIn("grace", PASSWORD, "10.0.0.2").getName()).isEqualTo("Grace");
    assertThatExceptionOfType(BadCredentialsException.class)
        .isThrownBy(() -> signIn("Grace", "wrong password", "10.0.0.2"));
    assertThat(actions())
        .contains("ada user.added", "Grace sign-in.succeeded", "Grace sign-in.failed");
    assertThat(jdbc.sql("select detail::text from audit_entry").query(String.class).list())
        .noneMatch(detail -> detail.contains(PASSWORD));
  }

  @Test
  @DisplayName("An unknown name, a wrong password and a disabled account get the same answer")
  void sameAnswer() {
    Person person = add("disabled", Role.VIEWER);
    change(person, new PersonChange(null, null, null, false));

    for (String name :
        List.of("nobody-of-that-name", "admin", "disabled", "", "n\0ul", "x".repeat(5000))) {
      assertThatExceptionOfType(BadCredentialsException.class)
          .isThrownBy(() -> signIn(name, name.equals("disabled") ? PASSWORD : "not it", "10.0.0.3"))
          .withMessage("The name or the password is wrong.");
    }
  }

  @Test
  @DisplayName("After ten failures for a name from an address, even the right password is refused")
  void throttled() {
    add("target", Role.VIEWER);
    for (int i = 0; i < SignInFailures.ALLOWED; i++) {
      assertThatExceptionOfType(BadCredentialsException.class)
          .isThrownBy(() -> signIn("target", "guess", "10.0.0.4"));
    }

    assertThatExceptionOfType(SignInRefused.class)
        .isThrownBy(() -> signIn("TARGET", PASSWORD, "10.0.0.4"))
        .satisfies(refused -> assertThat(refused.until()).isAfter(Instant.now()));
    assertThat(signIn("target", PASSWORD, "10.0.0.5").getName()).isEqualTo("target");

    jdbc.sql("update sign_in_failure set at = at - interval '16 minutes'").update();
    assertThat(signIn("target", PASSWORD, "10.0.0.4").getName()).isEqualTo("target");
  }

  @Test
  @DisplayName("Every bad field is named at once, the password's text is not")
  void invalid() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () ->
                SignedIn.administrator()
                    .run(() -> people.add(new NewPerson(" ", "short", Set.of()))))
        .satisfies(
            e -> {
              assertThat(e.errors())
                  .extracting(FieldError::field)
                  .containsExactly("name", "password", "roles");
              assertThat(e.getMessage()).doesNotContain("short");
            });
  }

  @Test
  @DisplayName("A name is taken whatever its case, and so are the actors that are no accounts")
  void nameTaken() {
    add("Edith", Role.VIEWER);
    for (String taken : List.of("edith", "Admin-Token", "PLIMSOLL")) {
      assertThatExceptionOfType(NameTaken.class).isThrownBy(() -> add(taken, Role.VIEWER));
    }
  }

  @Test
  @DisplayName("The last administrator cannot be demoted, disabled or removed, nor two at once")
  void lastAdministrator() throws Exception {
    Person admin = byName("admin");
    for (PersonChange change :
        List.of(
            new PersonChange(null, null, Set.of(Role.VIEWER), null),
            new PersonChange(null, null, null, false))) {
      assertThatExceptionOfType(LastAdministrator.class).isThrownBy(() -> change(admin, change));
    }
    assertThatExceptionOfType(LastAdministrator.class).isThrownBy(() -> remove(admin));

    Person second = add("second", Role.ADMINISTRATOR);
    int refused = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Callable<Boolean> first = () -> demote(admin);
      Callable<Boolean> other = () -> demote(second);
      for (Future<Boolean> done : threads.invokeAll(List.of(first, other))) {
        refused += done.get() ? 0 : 1;
      }
    }
    assertThat(refused).isEqualTo(1);
    Person demoted = byName("admin").roles().contains(Role.ADMINISTRATOR) ? second : admin;
    change(demoted, new PersonChange(null, null, Set.of(Role.ADMINISTRATOR), null));
    remove(second);
  }

  @Test
  @DisplayName("A token acts for its user until it is revoked, expires, or the user is disabled")
  void tokens() {
    Person person = add("robot", Role.ANALYST);
    IssuedToken token =
        SignedIn.administrator().get(() -> people.issueToken(person.id(), "nightly job", null));

    assertThat(token.token()).matches("plm_[A-Za-z0-9_-]{43}").startsWith(token.prefix());
    assertThat(tokens.owner(token.token(), Instant.now()))
        .hasValueSatisfying(
            owner -> {
              assertThat(owner.getUsername()).isEqualTo("robot");
              assertThat(owner.roles()).containsExactly(Role.ANALYST);
            });
    assertThat(tokens.owner(token.token() + "x", Instant.now())).isEmpty();
    assertThat(tokens.owner(token.token(), token.expiresAt())).isEmpty();
    assertThat(jdbc.sql("select t::text from api_token t").query(String.class).list())
        .noneMatch(row -> row.contains(token.token()));

    change(person, new PersonChange(null, null, null, false));
    assertThat(tokens.owner(token.token(), Instant.now())).isEmpty();
    change(person, new PersonChange(null, null, null, true));
    assertThat(tokens.owner(token.token(), Instant.now())).isPresent();

    SignedIn.administrator().run(() -> people.revokeToken(person.id(), token.id()));
    assertThat(tokens.owner(token.token(), Instant.now())).isEmpty();
    assertThatExceptionOfType(NoSuchUser.class)
        .isThrownBy(
            () -> SignedIn.administrator().run(() -> people.revokeToken(person.id(), token.id())));
  }

  @Test
  @DisplayName("A session goes on until its user changes: roles, password, disabled, removed")
  void sessionEnds() throws Exception {
    Person person = add("session", Role.ANALYST);
    for (PersonChange change :
        List.of(
            new PersonChange(null, null, Set.of(Role.VIEWER), null),
            new PersonChange(null, PASSWORD + "!", null, null),
            new PersonChange(null, null, null, false))) {
      PortalUser atSignIn = users.findById(person.id()).orElseThrow().toPortalUser();
      assertThat(goesOn(atSignIn)).isTrue();
      change(person, change);
      assertThat(goesOn(atSignIn)).isFalse();
    }
    change(person, new PersonChange(null, null, null, true));
    PortalUser last = users.findById(person.id()).orElseThrow().toPortalUser();
    assertThat(goesOn(last)).isTrue();
    remove(person);
    assertThat(goesOn(last)).isFalse();
  }

  @Test
  @DisplayName("Only administrators manage people")
  void permission() {
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> SignedIn.as("andy", Role.ANALYST).get(people::list));
  }

  /** Whether a request in a session of that user stays signed in. */
  private boolean goesOn(PortalUser user) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    MockHttpSession session = new MockHttpSession();
    request.setSession(session);
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
    try {
      new FreshRights(jdbc).doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
      boolean signedIn = SecurityContextHolder.getContext().getAuthentication() != null;
      assertThat(session.isInvalid()).isNotEqualTo(signedIn);
      return signedIn;
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private boolean demote(Person person) {
    try {
      change(person, new PersonChange(null, null, Set.of(Role.VIEWER), null));
      return true;
    } catch (LastAdministrator e) {
      return false;
    }
  }

  private Person add(String name, Role role) {
    return SignedIn.administrator()
        .get(() -> people.add(new NewPerson(name, PASSWORD, Set.of(role))));
  }

  private void change(Person person, PersonChange change) {
    SignedIn.administrator().run(() -> people.change(person.id(), change));
  }

  private void remove(Person person) {
    SignedIn.administrator().run(() -> people.remove(person.id()));
  }

  private Person byName(String name) {
    return SignedIn.administrator().get(people::list).stream()
        .filter(person -> person.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Authentication signIn(String name, String password, String address)
      throws AuthenticationException {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(address);
    UsernamePasswordAuthenticationToken attempt =
        UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    attempt.setDetails(new WebAuthenticationDetails(request));
    return Objects.requireNonNull(signIn.authenticate(attempt));
  }

  private List<String> actions() {
    return SignedIn.administrator().get(() -> log.list(null, null, null, 1000)).stream()
        .map((AuditEntry entry) -> entry.actor() + " " + entry.action())
        .toList();
  }
}
