package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.FakeEngine;
import dev.plimsoll.testing.FaultyProxy;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestCertificates;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.Waiting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whole collections of real engines, from the schedule to the published score. */
@SpringBootTest(properties = {"plimsoll.collection.call=3s", "plimsoll.collection.connect=3s"})
@DatabaseTest
@RequiresEngine
class CollectionTest {
  private static final String SECRET = "planted-secret-7f3a";

  private static TestCertificates certificates;
  private static TestEngine engine;

  @Autowired Hosts hosts;
  @Autowired Collections collections;
  @Autowired Documents documents;
  @Autowired DataSource dataSource;

  private JdbcClient jdbc;

  @BeforeAll
  static void startEngine() {
    certificates = TestCertificates.create();
    engine = TestEngine.builder().tls(certificates).start();
    engine.docker("create", "--name", "guarded", "--user", "1000:1000", TestEngine.IMAGE);
    engine.docker("create", "--name", "named", "--user", "app", TestEngine.IMAGE);
    engine.docker("create", "--name", "privileged", "--privileged", TestEngine.IMAGE);
    engine.docker(
        "create",
        "--name",
        "secretive",
        "-e",
        "DB_PASSWORD=" + SECRET,
        "--label",
        "api.token=" + SECRET,
        TestEngine.IMAGE,
        "app",
        "--password",
        SECRET);
    engine.docker("volume", "create", "data");
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
    certificates.close();
  }

  @BeforeEach
  void connect() {
    jdbc = JdbcClient.create(dataSource);
  }

  @AfterEach
  void everythingIsWhole() {
    SignedIn.administrator()
        .run(
            () ->
                jdbc.sql("select id from host where decommissioned_at is null")
                    .query(Long.class)
                    .list()
                    .forEach(hosts::decommission));
    Intervals.assertWhole(dataSource);
  }

  @Test
  @DisplayName("A host that is added over TLS is collected at once, judged and scored")
  void addedHost() {
    long host = add("tls", engine.tcpEndpoint(), tls()).id();
    assertThat(ended(host)).isEqualTo("SUCCEEDED");

    assertThat(verdict(host, "privileged", "CTR-PRIV")).isEqualTo("FAIL");
    assertThat(verdict(host, "guarded", "CTR-USER")).isNull();
    assertThat(verdict(host, "named", "CTR-USER")).as("app is uid 1000 in its passwd").isNull();
    assertThat(verdict(host, "secretive", "CTR-USER")).isEqualTo("FAIL");
    assertThat(verdict(host, "secretive", "CTR-ENVSECRET")).isEqualTo("FAIL");
    assertThat(
            jdbc.sql("select count(*) from score where scope = 'HOST' and scope_id = ?")
                .param(host)
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(
            jdbc.sql("select containers, images, volumes from collection where host_id = ?")
                .param(host)
                .query()
                .singleRow())
        .containsEntry("containers", 4)
        .containsEntry("volumes", 1);
  }

  @Test
  @DisplayName("No secret of a host is stored anywhere")
  void secrets() {
    long host = add("secrets", engine.endpoint(), null).id();
    ended(host);
    List<byte[]> hashes =
        jdbc.sql("select sha256 from document").query((row, n) -> row.getBytes(1)).list();
    assertThat(hashes).isNotEmpty();
    assertThat(hashes)
        .allSatisfy(
            hash ->
                assertThat(documents.json(Sha256.stored(hash)).orElseThrow())
                    .doesNotContain(SECRET));
    assertThat(jdbc.sql("select evidence::text from verdict").query(String.class).list())
        .isNotEmpty()
        .allSatisfy(evidence -> assertThat(evidence).doesNotContain(SECRET));
  }

  @Test
  @DisplayName("A collection that finds nothing new writes its own row and nothing else")
  void nothingNew() {
    long host = add("quiet", engine.endpoint(), null).id();
    ended(host);
    Map<String, Long> before = counts();

    assertThat(again(host)).isEqualTo("SUCCEEDED");

    // Asking for it by hand is somebody's act; apart from that, nothing else may differ.
    before.computeIfPresent("collection", (table, rows) -> rows + 1);
    before.computeIfPresent("audit_entry", (table, rows) -> rows + 1);
    Map<String, Long> after = counts();
    assertThat(after).isEqualTo(before);
  }

  @Test
  @DisplayName("One container of many that answers 500 costs only what it would have told")
  void oneContainerFails() {
    String id = engine.docker("inspect", "--format", "{{.Id}}", "privileged");
    try (FakeEngine fake = FakeEngine.inFrontOf(engine)) {
      long host = add("partly", fake.endpoint(), null).id();
      assertThat(ended(host)).isEqualTo("SUCCEEDED");
      long passing = verdictsOf(host, "guarded");

      fake.when("/containers/" + id + "/json", FakeEngine.Behaviour.error(500, "driver broke"));
      assertThat(again(host)).isEqualTo("PARTIAL");

      assertThat(verdict(host, "privileged", "CTR-PRIV")).isEqualTo("UNKNOWN");
      assertThat(verdictsOf(host, "guarded")).isEqualTo(passing);
      assertThat(lastDetail(host)).contains("/containers/" + id + "/json").contains("driver broke");

      fake.forget("/containers/" + id + "/json");
      assertThat(again(host)).isEqualTo("SUCCEEDED");
      assertThat(verdict(host, "privileged", "CTR-PRIV")).isEqualTo("FAIL");
    }
  }

  @Test
  @DisplayName("A list that is refused leaves its subjects known but unknown how they stand")
  void listRefused() {
    try (FakeEngine fake = FakeEngine.inFrontOf(engine)) {
      long host = add("guarded-list", fake.endpoint(), null).id();
      ended(host);
      int score = score(host);
      fake.when("/containers/json", FakeEngine.Behaviour.error(403, "forbidden"));

      assertThat(again(host)).isEqualTo("PARTIAL");

      assertThat(
              jdbc.sql(
                      "select count(*) from state where host_id = ? and kind = 'container'"
                          + " and valid_to = 'infinity'")
                  .param(host)
                  .query(Long.class)
                  .single())
          .isEqualTo(4);
      assertThat(score(host)).isLessThanOrEqualTo(score);
    }
  }

  @Test
  @DisplayName("An answer that is not JSON, cut off, reset or silent fails with a reason, in time")
  void faults() {
    try (FaultyProxy proxy = FaultyProxy.inFrontOf(engine.endpoint())) {
      long host = add("faulty", proxy.endpoint(), null).id();
      assertThat(ended(host)).isEqualTo("SUCCEEDED");
      int score = score(host);

      proxy.silence();
      assertThat(again(host)).isEqualTo("FAILED");
      assertThat(lastCategory(host)).isEqualTo("TIMEOUT");
      proxy.reset();
      assertThat(again(host)).isEqualTo("FAILED");
      proxy.cutOffAfter(900);
      assertThat(again(host)).isIn("FAILED", "PARTIAL");
      proxy.refuse();
      assertThat(again(host)).isEqualTo("FAILED");
      assertThat(lastCategory(host)).isEqualTo("UNREACHABLE");
      assertThat(score(host)).as("trouble never raises a score").isLessThanOrEqualTo(score);

      proxy.pass();
      assertThat(again(host)).isEqualTo("SUCCEEDED");
      assertThat(score(host)).isEqualTo(score);
    }
  }

  @Test
  @DisplayName("A host that was never read joins the fleet with 0, grade U, and says why")
  void neverRead() {
    long host = add("expired", engine.tcpEndpoint(), tls(certificates.expiredClient())).id();
    assertThat(ended(host)).isEqualTo("FAILED");
    assertThat(lastCategory(host)).isEqualTo("TLS");
    Waiting.until("its score", () -> scores(host) > 0);
    assertThat(score(host)).isZero();
  }

  @Test
  @DisplayName("A paused host is not collected, and cannot be asked to be")
  void paused() {
    HostRecord host = add("paused", engine.endpoint(), null);
    ended(host.id());
    SignedIn.administrator().run(() -> hosts.pause(host.id()));
    assertThatThrownBy(() -> SignedIn.administrator().get(() -> collections.collectNow(host.id())))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("Resume it");
    long attempts = attempts(host.id());
    SignedIn.administrator().run(() -> hosts.resume(host.id()));
    Waiting.until("a collection", () -> attempts(host.id()) > attempts && !running(host.id()));
  }

  // --- acts

  private HostRecord add(String name, Endpoint endpoint, @Nullable Credential credential) {
    return SignedIn.administrator()
        .get(
            () ->
                hosts.add(
                    new HostDraft(
                        name, endpoint.uri(), null, null, null, 2, Map.of(), 86_400, credential)));
  }

  private static Credential tls() {
    return tls(certificates.client());
  }

  private static Credential tls(TestCertificates.Issued client) {
    return new Credential.Tls(certificates.ca(), client.certificate(), client.key());
  }

  private String again(long host) {
    long id = SignedIn.administrator().get(() -> collections.collectNow(host));
    Waiting.until("collection " + id, () -> !outcome(id).equals("RUNNING"));
    return outcome(id);
  }

  private String ended(long host) {
    Waiting.until("the first collection", () -> attempts(host) > 0 && !running(host));
    return outcome(
        jdbc.sql("select max(id) from collection where host_id = ?")
            .param(host)
            .query(Long.class)
            .single());
  }

  // --- what is seen

  private String outcome(long collection) {
    return jdbc.sql("select outcome from collection where id = ?")
        .param(collection)
        .query(String.class)
        .single();
  }

  private long attempts(long host) {
    return jdbc.sql("select count(*) from collection where host_id = ?")
        .param(host)
        .query(Long.class)
        .single();
  }

  private boolean running(long host) {
    return jdbc.sql(
            "select exists (select 1 from collection where host_id = ? and outcome = 'RUNNING')")
        .param(host)
        .query(Boolean.class)
        .single();
  }

  private String lastDetail(long host) {
    return last(host, "error_detail");
  }

  private String lastCategory(long host) {
    return last(host, "error_category");
  }

  private String last(long host, String column) {
    return jdbc.sql(
            "select " + column + " from collection where host_id = ? order by id desc limit 1")
        .param(host)
        .query(String.class)
        .single();
  }

  private @Nullable String verdict(long host, String name, String check) {
    return jdbc.sql(
            "select outcome from verdict v join subject b on b.id = v.subject_id"
                + " where v.host_id = ? and b.name = ? and check_id = ? and valid_to = 'infinity'")
        .param(host)
        .param(name)
        .param(check)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private long verdictsOf(long host, String name) {
    return jdbc.sql(
            "select count(*) from verdict v join subject b on b.id = v.subject_id"
                + " where v.host_id = ? and b.name = ?")
        .param(host)
        .param(name)
        .query(Long.class)
        .single();
  }

  private long scores(long host) {
    return jdbc.sql("select count(*) from score where scope = 'HOST' and scope_id = ?")
        .param(host)
        .query(Long.class)
        .single();
  }

  private int score(long host) {
    return jdbc.sql(
            "select score from score where scope = 'HOST' and scope_id = ? order by at desc limit 1")
        .param(host)
        .query(Integer.class)
        .single();
  }

  private Map<String, Long> counts() {
    return jdbc
        .sql(
            "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                + " where nspname = 'public' and relkind in ('r', 'p') and not relispartition"
                + " and relname not in ('scheduled_tasks', 'flyway_schema_history')")
        .query(String.class)
        .list()
        .stream()
        .collect(
            Collectors.toMap(
                table -> table,
                table -> jdbc.sql("select count(*) from " + table).query(Long.class).single()));
  }
}
