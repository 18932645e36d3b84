package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.plimsoll.checklist.Declaration;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.compliance.Declared.Scope;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SignedIn;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

@DatabaseTest
@SpringBootTest(properties = "db-scheduler.enabled=false")
class DeclarationsTest {
  private static final SignedIn ADA = SignedIn.administrator();

  @Autowired private Declarations declarations;
  @Autowired private DeclaredFacts facts;
  @Autowired private Hosts hosts;
  @Autowired private Groups groups;
  @Autowired private JdbcClient jdbc;
  private long lastEntry;
  private HostRecord paying;
  private HostRecord shop;

  @BeforeEach
  void addHosts() {
    lastEntry = lastEntry();
    jdbc.sql("truncate host, host_history, host_group, host_publication, declaration cascade")
        .update();
    paying = host("paying", "Retail/Payments");
    shop = host("shop", "Retail");
    jdbc.sql(
            "insert into host_publication (host_id, published_at, catalogue_version)"
                + " select id, now(), 1 from host")
        .update();
  }

  @Test
  @DisplayName("A declaration for a group holds for all below, one for a host for it alone")
  void scopes() {
    Instant before = now();
    add(Declaration.REGISTRY, "Registry.example.com:5000", new Scope.Fleet());
    add(Declaration.RUNTIME, "sysbox-runc", new Scope.Group("retail/payments"));
    add(Declaration.SWARM_NODE, "Yes", new Scope.Host(shop.id(), null));

    assertThat(known(paying, now()).declared())
        .containsOnly(
            entry(Declaration.REGISTRY, Set.of("registry.example.com:5000")),
            entry(Declaration.RUNTIME, Set.of("sysbox-runc")));
    assertThat(known(shop, now()).declared())
        .containsOnlyKeys(Declaration.REGISTRY, Declaration.SWARM_NODE);
    assertThat(known(shop, before).declared()).isEmpty();
  }

  @Test
  @DisplayName("What is taken back still holds for the past")
  void withdrawn() {
    long id = add(Declaration.PLUGIN, "acme/volumes:1", new Scope.Group("Retail"));
    Instant between = now();
    ADA.run(() -> declarations.withdraw(id));

    assertThat(known(paying, now()).declared()).isEmpty();
    assertThat(known(paying, between).declared()).containsKey(Declaration.PLUGIN);
    assertThat(ADA.get(() -> declarations.list(null, null))).isEmpty();
    assertThat(ADA.get(() -> declarations.list(Declaration.PLUGIN, between)))
        .singleElement()
        .satisfies(
            declared -> {
              assertThat(declared.author()).isEqualTo("ada");
              assertThat(declared.scope()).isEqualTo(new Scope.Group("Retail"));
            });
    assertThatExceptionOfType(NoSuchDeclaration.class)
        .isThrownBy(() -> ADA.run(() -> declarations.withdraw(id)));
    assertThat(
            jdbc.sql(
                    "select action from audit_entry"
                        + " where id > ? and action like 'declaration.%' order by id")
                .param(lastEntry)
                .query(String.class)
                .list())
        .containsExactly("declaration.added", "declaration.withdrawn");
  }

  @Test
  @DisplayName("Only the hosts concerned are judged anew")
  void judgedAnew() {
    add(Declaration.PLUGIN, "acme/volumes:1", new Scope.Group("Retail/Payments"));
    assertThat(due()).containsExactly("paying");
    add(Declaration.PLUGIN, "acme/volumes:1", new Scope.Fleet());
    assertThat(due()).containsExactly("paying", "shop");
  }

  @Test
  @DisplayName("A group that is renamed takes its declarations along, and a removed one ends them")
  void renamed() {
    long id = add(Declaration.DEVICE, "/dev/ttyUSB0", new Scope.Group("Retail/Payments"));
    Instant before = now();
    long group =
        ADA.get(
            () ->
                groups.list().stream()
                    .filter(one -> one.path().equals("Retail/Payments"))
                    .findFirst()
                    .orElseThrow()
                    .id());
    ADA.run(() -> groups.place(group, "Money", null));

    assertThat(known(paying, now()).declared()).containsKey(Declaration.DEVICE);
    assertThat(known(paying, before).declared()).containsKey(Declaration.DEVICE);
    assertThat(ADA.get(() -> declarations.find(id)).orElseThrow())
        .satisfies(
            declared -> {
              assertThat(declared.scope()).isEqualTo(new Scope.Group("Money"));
              assertThat(declared.since()).isBefore(before);
            });

    ADA.run(() -> hosts.decommission(paying.id()));
    ADA.run(() -> groups.delete(group));
    assertThat(ADA.get(() -> declarations.list(null, null))).isEmpty();
  }

  @Test
  @DisplayName("The same again is the same declaration")
  void twice() {
    long id = add(Declaration.KEPT_VOLUME, "archive", new Scope.Fleet());
    assertThat(add(Declaration.KEPT_VOLUME, " archive ", new Scope.Fleet())).isEqualTo(id);
    assertThat(add(Declaration.KEPT_VOLUME, "archive", new Scope.Group("Retail"))).isNotEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REGISTRY|http://registry.example.com|a host",
        "SWARM_NODE|perhaps|Give yes",
        "DEVICE|ttyUSB0|absolute path",
        "TEST_KEY|abc|64 hexadecimal digits",
        "BASE_IMAGE|sha256:12|digests",
        "RUNTIME|a b|a name",
        "PLUGIN|''|is empty"
      })
  @DisplayName("A value that is none is refused with what to give instead")
  void refused(Declaration kind, String value, String remedy) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> add(kind, value, new Scope.Fleet()))
        .satisfies(
            invalid ->
                assertThat(invalid.errors())
                    .singleElement()
                    .satisfies(
                        error -> {
                          assertThat(error.field()).isEqualTo("value");
                          assertThat(error.message()).contains(remedy);
                        }));
  }

  @Test
  @DisplayName("A scope that is not there is refused by name")
  void noSuchScope() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> add(Declaration.PLUGIN, "a", new Scope.Group("Nowhere")))
        .withMessageContaining("Nowhere");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> add(Declaration.PLUGIN, "a", new Scope.Host(4711, null)))
        .withMessageContaining("4711");
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"VIEWER", "ANALYST"})
  @DisplayName("Who may not say what is checked may not declare")
  void forbidden(Role role) {
    SignedIn somebody = SignedIn.as("eve", role);
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(
            () ->
                somebody.run(
                    () ->
                        declarations.add(
                            new Declarations.Draft(
                                Declaration.PLUGIN, "a", new Scope.Fleet(), ""))));
    assertThat(somebody.get(() -> declarations.list(null, null))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Declaration.class)
  @DisplayName("Every kind says what it means, with an example that is possible")
  void kinds(Declaration declaration) {
    DeclarationKind kind = DeclarationKind.of(declaration);
    assertThat(kind.meaning()).endsWith(".");
    assertThat(kind.checked(kind.example())).isEqualTo(kind.example());
  }

  private long add(Declaration kind, String value, Scope scope) {
    return ADA.get(() -> declarations.add(new Declarations.Draft(kind, value, scope, "why")));
  }

  private HostFacts known(HostRecord host, Instant at) {
    HostFacts.Builder builder = HostFacts.at(at);
    facts.contribute(host.id(), at, builder);
    return builder.build();
  }

  private List<String> due() {
    return jdbc.sql(
            "select h.name from host_publication p join host h on h.id = p.host_id"
                + " where p.requested_at <= clock_timestamp() order by h.name")
        .query(String.class)
        .list();
  }

  private long lastEntry() {
    return jdbc.sql("select coalesce(max(id), 0) from audit_entry").query(Long.class).single();
  }

  private Instant now() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  private HostRecord host(String name, String group) {
    return ADA.get(
        () ->
            hosts.add(
                new HostDraft(
                    name, "unix:///run/" + name, group, null, null, 2, Map.of(), 900, null)));
  }
}
