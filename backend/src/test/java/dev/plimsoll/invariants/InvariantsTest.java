package dev.plimsoll.invariants;

import static dev.plimsoll.compliance.PublishedHosts.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.audit.AuditSealing;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.PublishedHosts;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A good database has no violation; each that is planted in it is named. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvariantsTest {
  private static final String WEB = "(select id from subject where name = 'web')";
  private static final String DARK = "(select id from subject where name = 'dark')";
  private static final String SHOP = "(select id from host where name = 'shop')";
  private static final String SILENT = "(select id from host where name = 'silent')";

  @TempDir Path directory;

  @Autowired Publishing publishing;
  @Autowired AuditSealing sealing;
  @Autowired Hosts hosts;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;
  @Autowired TestDatabase database;

  @BeforeAll
  void goodDatabase() {
    PublishedHosts published = new PublishedHosts(dataSource, transaction, publishing);
    long shop = published.add("shop", "Retail/Shops", 4);
    Sighting web = container("web", host -> host.put("Privileged", true));
    published.publish(shop, web, container("gone", host -> {}), volume());
    published.publish(shop, web, dark(), volume());
    published.publish(
        shop,
        Map.of(SubjectKind.NETWORK, new Reading.Unread("GET /networks", 500, "It broke.")),
        container("web", host -> host.put("Privileged", true).put("Memory", 1)),
        dark(),
        volume());
    long silent = published.add("silent", "Retail", 1);
    published.publish(silent, container("api", host -> {}));
    publishing.markStale(
        silent, Instant.now(), new Reading.Unread("connect", 0, "Nobody answers."));
    SignedIn.administrator()
        .get(
            () ->
                hosts.add(
                    new HostDraft(
                        "told", "tcp://127.0.0.1:1", null, null, null, 2, Map.of(), 3_600, null)));
    assertThat(sealing.seal()).isPositive();
  }

  @Test
  @DisplayName("A database that only a portal wrote has no violation, and rows of every kind")
  void good() {
    Collected found = new Collected();
    List<InvariantCheck.Checked> checked = InvariantCheck.run(dataSource, null, found);

    assertThat(found.violations).isEmpty();
    assertThat(checked)
        .hasSize(20)
        .allSatisfy(one -> assertThat(one.holds()).as(one.promise()).isTrue())
        .filteredOn(one -> one.rows() == 0)
        .extracting(InvariantCheck.Checked::promise)
        .containsExactly("No backup, restore test or heartbeat is recorded twice");
  }

  /**
   * A violation.
   *
   * @param table in which it must be found
   * @param words that must name it
   * @param sql what plants it
   */
  record Planted(String table, String words, List<String> sql) {
    Planted(String table, String words, String... sql) {
      this(table, words, List.of(sql));
    }

    @Override
    public String toString() {
      return table + ": " + words;
    }
  }

  static Stream<Planted> planted() {
    return Stream.of(
        new Planted(
            "state",
            "before the one from",
            "update state set valid_from = valid_from - interval '1 minute' where subject_id = "
                + WEB
                + " and valid_to = 'infinity'"),
        new Planted(
            "host_history",
            "nothing says what the host is now",
            "update host_history set valid_to = now() where host_id = " + SHOP),
        new Planted(
            "host_history",
            "nothing holds from",
            "update host_history set valid_to = '2026-02-01' where host_id = " + SHOP,
            "insert into host_history select (jsonb_populate_record(h, jsonb_build_object("
                + "'valid_from', timestamptz '2026-03-01', 'valid_to', 'infinity'))).*"
                + " from host_history h where host_id = "
                + SHOP),
        new Planted(
            "state",
            "while the list of its kind could not be read",
            "update state s set valid_to = (select published_at from host_publication p"
                + " where p.host_id = s.host_id) where kind = 'network' and host_id = "
                + SHOP),
        new Planted(
            "judgement",
            "nothing judges what was known",
            "delete from judgement where subject_id = " + WEB),
        new Planted(
            "judgement",
            "it ends at",
            "update judgement set valid_to = now() where valid_to = 'infinity' and subject_id = "
                + WEB),
        new Planted(
            "judgement",
            "when the subject was not known",
            "update judgement set valid_from = valid_from - interval '1 day' where subject_id = "
                + DARK),
        new Planted(
            "judgement",
            "although the subject ended",
            "update judgement set valid_to = 'infinity' where subject_id ="
                + " (select id from subject where name = 'gone')"),
        new Planted(
            "coverage",
            "two states are known at once",
            "insert into coverage select (jsonb_populate_record(c, jsonb_build_object("
                + "'valid_from', c.valid_from - interval '1 day',"
                + " 'valid_to', c.valid_from + interval '1 day'))).* from coverage c"),
        new Planted(
            "coverage",
            "nothing is known of it from",
            "insert into coverage select (jsonb_populate_record(c, jsonb_build_object("
                + "'valid_from', c.valid_from - interval '2 days',"
                + " 'valid_to', c.valid_from - interval '1 day'))).* from coverage c"),
        new Planted(
            "verdict",
            "and this says host 99",
            "update verdict set host_id = 99 where subject_id = " + WEB),
        new Planted(
            "verdict",
            "there is no such subject",
            "update verdict set subject_id = 99999 where subject_id = " + WEB),
        new Planted(
            "state",
            "its outcome is FAILED",
            "update collection set outcome = 'FAILED' where host_id = " + SHOP),
        new Planted(
            "judgement",
            "when it was published last",
            "update host_publication set published_at = '2026-01-01' where host_id = " + SHOP),
        new Planted(
            "verdict",
            "it was never published",
            "delete from host_publication where host_id = " + SHOP),
        new Planted(
            "judgement",
            "its outcomes are",
            "update judgement set outcomes = outcomes || 'P' where subject_id = " + WEB),
        new Planted(
            "judgement",
            "there is no catalogue",
            "update judgement set catalogue_version = 99 where subject_id = " + WEB),
        new Planted(
            "judgement",
            "CTR-PRIV of subject",
            "delete from verdict where check_id = 'CTR-PRIV' and subject_id = " + WEB),
        new Planted(
            "verdict",
            "and no judgement of then does",
            "update judgement set outcomes = replace(outcomes, 'F', 'P') where subject_id = "
                + WEB),
        new Planted(
            "verdict",
            "when the judgement still says FAIL",
            "update verdict set valid_to = now() where check_id = 'CTR-PRIV'"
                + " and valid_to = 'infinity' and subject_id = "
                + WEB),
        new Planted(
            "judgement",
            "could not be read: It is gone.",
            "update judgement set outcomes = replace(outcomes, 'U', 'P') where subject_id = "
                + DARK),
        new Planted(
            "score",
            "it is stale from",
            "update score set score = 90000, grade = 'A' where scope = 'HOST' and scope_id = "
                + SILENT),
        new Planted(
            "state",
            "it is not stored",
            "delete from document where sha256 in (select document from state where subject_id = "
                + WEB
                + ")"),
        new Planted(
            "host",
            "it cannot be computed: document",
            "delete from document where sha256 in (select document from state where subject_id = "
                + WEB
                + ")"),
        new Planted(
            "verdict",
            "evidence " + "00".repeat(32),
            "update verdict set evidence = '[{\"path\":\".\",\"value\":\"1\",\"documentSha256\":\""
                + "00".repeat(32)
                + "\"}]' where subject_id = "
                + WEB),
        new Planted("document", "and says", "update document set size = size + 1"),
        new Planted(
            "document",
            "its content has the SHA-256",
            "update document d set content = e.content from document e where e.sha256 <> d.sha256"),
        new Planted(
            "document",
            "it cannot be inflated",
            "update document set content = substr(content, 1, 20)"),
        new Planted(
            "judgement",
            "CTR-PRIV is P and what is stored says F",
            "update judgement j set outcomes = overlay(outcomes placing 'P' from (select"
                + " place::int from catalogue c, jsonb_array_elements_text(c.orders->'container')"
                + " with ordinality x (id, place) where c.number = j.catalogue_version"
                + " and id = 'CTR-PRIV')) where valid_to = 'infinity' and subject_id = "
                + WEB),
        new Planted(
            "finding",
            "it fails, and has no open finding",
            "update finding set status = 'RESOLVED', resolved_at = now()"
                + " where check_id = 'CTR-PRIV'"),
        new Planted(
            "finding",
            "nothing fails it or is unknown",
            "insert into finding (host_id, check_id, kind, lineage, severity, advisory, status,"
                + " failing_since) values ("
                + SHOP
                + ", 'CTR-PRIV', 'container', 'nobody', 4, false, 'OPEN', now())"),
        new Planted(
            "score",
            "it repeats the one before it",
            "insert into score select (jsonb_populate_record(s, jsonb_build_object('at',"
                + " s.at + interval '1 microsecond'))).* from score s where scope = 'FLEET'"
                + " and at = (select max(at) from score where scope = 'FLEET')"),
        new Planted(
            "score",
            "which is yet to come",
            "update score set at = at + interval '1 year' where scope = 'FLEET'"),
        new Planted(
            "score",
            "score is 1 and should be",
            "update score set score = 1 where scope = 'HOST' and scope_id = " + SHOP),
        new Planted(
            "score", "the fleet: score is 1", "update score set score = 1 where scope = 'FLEET'"),
        new Planted(
            "score_sum",
            "the fleet: hosts is 9 and should be 2",
            "update score_sum set sums = jsonb_set(sums::jsonb, '{hosts}', '9')::json"
                + " where scope = 'FLEET'"),
        new Planted(
            "score",
            "group retail/shops: there is no mean",
            "delete from score where scope = 'GROUP'"),
        new Planted("backup_record", "2 records tell of snapshot abc", record("01"), record("02")),
        new Planted(
            "collection",
            "and nothing is at work on it",
            "insert into collection (host_id, outcome, started_at, worker) values ("
                + SHOP
                + ", 'RUNNING', now() - interval '1 hour', 'process-1')"),
        new Planted(
            "collection",
            "2 collections are at work on it at once",
            "insert into collection (host_id, outcome, started_at, worker) select "
                + SHOP
                + ", 'RUNNING', now(), 'process-1' from generate_series(1, 2)"),
        new Planted(
            "collection",
            "it ended at",
            "update collection set finished_at = started_at - interval '1 second'"
                + " where finished_at is not null"),
        new Planted(
            "audit_seal",
            "is not what was sealed",
            "alter table audit_entry disable trigger user",
            "update audit_entry set actor = 'nobody'"));
  }

  private static String record(String document) {
    return "insert into backup_record (host_id, kind, name, type, outcome, started_at, finished_at,"
        + " learned_at, ahead, source_id, source, snapshot_id, reporter, document) values ("
        + SHOP
        + ", 'VOLUME', 'data', 'BACKUP', 'SUCCEEDED', '2026-01-01', '2026-01-01', '2026-01-02',"
        + " false, 7, 'nightly', 'abc', 'plimsoll', "
        + "decode('"
        + document.repeat(32)
        + "', 'hex'))";
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("A violation that is planted is named")
  void planted(Planted planted) throws Exception {
    List<Violation> found = violations(null, planted.sql().toArray(String[]::new));
    assertThat(found)
        .filteredOn(one -> one.table().equals(planted.table()))
        .extracting(Violation::toString)
        .anySatisfy(words -> assertThat(words).contains(planted.words()));
  }

  @Test
  @DisplayName("Asked of one host, what is wrong with another is not told")
  void oneHost() throws Exception {
    String plant = "update score set score = 1 where scope = 'HOST' and scope_id = " + SHOP;
    assertThat(violations("silent", plant)).isEmpty();
    assertThat(violations("SHOP", plant)).isNotEmpty();
    assertThatThrownBy(() -> violations("nowhere", plant))
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining("no host \"nowhere\"");
  }

  @Test
  @DisplayName("The command says that all is well, and exits 0")
  void commandGood() {
    Said said = command();
    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .contains("The audit trail is what was sealed: yes (")
        .endsWith("plimsoll: all 20 invariants hold\n");
  }

  @Test
  @DisplayName("The command names what is wrong, for people and for programs, and exits 1")
  void commandBad() throws Exception {
    try (TestDatabase bad = TestDatabase.create();
        Connection connection = bad.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into subject (host_id, kind, docker_id, name, lineage, first_seen)"
              + " select 7, 'volume', n::text, n::text, n::text, now() from generate_series(1, 30) n");
      Said text = command(bad);
      assertThat(text.exit()).isEqualTo(1);
      assertThat(text.out())
          .contains("subject volume 1: there is no host 7\n")
          .contains("and 10 more\n")
          .endsWith("plimsoll: 1 of 20 invariants do not hold\n");
      assertThat(command(bad, "--all").out()).contains("subject volume 30: there is no host 7\n");

      Said json = command(bad, "--json");
      assertThat(json.exit()).isEqualTo(1);
      List<JsonNode> lines =
          json.out().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
      assertThat(lines).filteredOn(line -> line.has("violates")).hasSize(30);
      assertThat(lines.getLast().path("violated").asInt()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("What cannot be read exits 2 and says why")
  void commandUnreadable() {
    MockEnvironment nowhere = new MockEnvironment();
    nowhere.setProperty("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/none");
    assertThat(command(nowhere).exit()).isEqualTo(2);
    assertThat(command(nowhere).err()).contains("the database cannot be checked: ");

    MockEnvironment empty = new MockEnvironment();
    empty.setProperty("plimsoll.home", directory.toString());
    assertThat(command(empty).exit()).isEqualTo(2);
    assertThat(command(empty).err()).contains("There is no database in " + directory);
    assertThat(directory).isEmptyDirectory();

    assertThat(command("--host").exit()).isEqualTo(2);
    assertThat(command("--hots").err()).contains("\"--hots\" is not known.");
  }

  private List<Violation> violations(@Nullable String host, String... plants) throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        for (String plant : plants) {
          assertThat(statement.executeUpdate(plant)).as(plant).isNotNegative();
        }
        Collected found = new Collected();
        InvariantCheck.inSnapshot(new SingleConnectionDataSource(connection, true), host, found);
        return found.violations;
      } finally {
        connection.rollback();
      }
    }
  }

  private Said command(String... args) {
    return command(database, args);
  }

  private static Said command(TestDatabase on, String... args) {
    MockEnvironment environment = new MockEnvironment();
    environment.setProperty("spring.datasource.url", on.jdbcUrl());
    environment.setProperty("spring.datasource.username", on.username());
    environment.setProperty("spring.datasource.password", on.password());
    return command(environment, args);
  }

  private static Said command(MockEnvironment environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        CheckInvariants.run(
            args,
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Said(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private record Said(int exit, String out, String err) {}

  private static final class Collected implements InvariantCheck.Progress {
    private final List<Violation> violations = new ArrayList<>();

    @Override
    public void violated(Violation violation) {
      violations.add(violation);
    }
  }

  private static Sighting dark() {
    return new Sighting.Unread(
        SubjectKind.CONTAINER,
        "id-of-dark",
        "dark",
        "dark",
        new Reading.Unread("GET /containers/id-of-dark/json", 404, "It is gone."));
  }

  private static Sighting volume() {
    return new Sighting.Seen(
        SubjectKind.VOLUME,
        "data",
        "data",
        "data",
        Document.of(
            JsonMapper.shared()
                .readTree(
                    """
                    {"Name":"data","Driver":"local","Scope":"local","Labels":{},"Options":null,
                     "Mountpoint":"/var/lib/docker/volumes/data/_data"}
                    """)),
        null);
  }
}
