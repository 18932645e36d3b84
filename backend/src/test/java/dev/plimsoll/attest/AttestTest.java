package dev.plimsoll.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.permission.Role;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.posture.VerdictList;
import dev.plimsoll.posture.VerdictQuery;
import dev.plimsoll.posture.VerdictRow;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.SignedIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Reports and attestations on a real PostgreSQL: what they make of verdicts, and for how long. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class AttestTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final SettableClock CLOCK = new SettableClock(START);
  private static final SignedIn ANNA = SignedIn.as("anna", Role.ANALYST);
  private static final JsonMapper MAPPER = new JsonMapper();

  @Autowired HostReports reports;
  @Autowired Attestations attestations;
  @Autowired Publishing publishing;
  @Autowired Hosts hosts;
  @Autowired VerdictList verdicts;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;

  @TestBean(name = "publishClock")
  Clock clock;

  private JdbcClient jdbc;
  private long host;

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void addHost() {
    jdbc = JdbcClient.create(dataSource);
    host = SignedIn.administrator().get(() -> hosts.add(draft("host-" + System.nanoTime()))).id();
    publish();
  }

  @AfterEach
  void everythingIsWhole() {
    Intervals.assertWhole(dataSource);
    jdbc.sql("update host set decommissioned_at = now()").update();
  }

  private static HostDraft draft(String name) {
    return new HostDraft(name, "unix:///run/docker.sock", null, null, null, 2, Map.of(), 900, null);
  }

  @Test
  @DisplayName("An uploaded report is judged at once, and lapses after 30 days by itself")
  void report() {
    assertThat(outcome("HFI-MODE-ETCDOCKER")).as("nobody said anything").isNull();
    CLOCK.advance(Duration.ofHours(1));
    Instant before = CLOCK.instant();
    CLOCK.advance(Duration.ofHours(1));

    UploadedReport report = upload(CLOCK.instant().minusSeconds(60), "3.6", "WARN");

    assertThat(report.author()).isEqualTo("anna");
    assertThat(report.expiresAt()).isEqualTo(report.takenAt().plus(Duration.ofDays(30)));
    VerdictRow verdict = verdict("HFI-MODE-ETCDOCKER", null);
    assertThat(verdict.outcome().name()).isEqualTo("FAIL");
    assertThat(verdict.reason()).contains("1.6.0", "WARN");
    assertThat(verdict.evidence().getFirst().documentSha256()).isEqualTo(report.documentSha256());
    assertThat(outcome("HFI-OWN-ETCDOCKER")).isEqualTo("UNKNOWN");
    assertThat(outcome("HFI-MODE-ETCDOCKER", before)).as("as it was known before").isNull();
    assertThat(
            jdbc.sql("select status from finding where host_id = ? and check_id = ?")
                .param(host)
                .param("HFI-MODE-ETCDOCKER")
                .query(String.class)
                .single())
        .isEqualTo("OPEN");

    CLOCK.advance(Duration.between(CLOCK.instant(), report.expiresAt().minusSeconds(1)));
    publish();
    CLOCK.advance(Duration.ofSeconds(1));
    publishing.applyDueTurns(host);
    assertThat(outcome("HFI-MODE-ETCDOCKER")).isEqualTo("UNKNOWN");
    assertThat(outcome("HFI-MODE-ETCDOCKER", report.expiresAt().minusSeconds(1))).isEqualTo("FAIL");
  }

  @Test
  @DisplayName("The same log again is the same report; a newer one supersedes it")
  void again() {
    Instant taken = CLOCK.instant().minusSeconds(600);
    long first = upload(taken, "3.6", "WARN").id();
    CLOCK.advance(Duration.ofMinutes(5));
    assertThat(upload(taken, "3.6", "WARN").id()).isEqualTo(first);
    Instant between = CLOCK.instant();
    CLOCK.advance(Duration.ofMinutes(5));
    assertThat(upload(CLOCK.instant(), "3.6", "PASS").id()).isNotEqualTo(first);

    assertThat(outcome("HFI-MODE-ETCDOCKER")).isEqualTo("PASS");
    assertThat(outcome("HFI-MODE-ETCDOCKER", between)).isEqualTo("FAIL");
    assertThat(ANNA.get(() -> reports.of(host, between))).hasSize(1);
    assertThat(ANNA.get(() -> reports.of(host, null))).hasSize(2);
  }

  @Test
  @DisplayName("An attestation counts from its signature until it is withdrawn")
  void attestation() {
    SignedAttestation signed =
        sign("HST-HARDENED", "PASS", CLOCK.instant().plus(Duration.ofDays(60)));
    assertThat(outcome("HST-HARDENED")).isEqualTo("PASS");
    assertThat(verdict("HST-HARDENED", null).evidence().getFirst().documentSha256())
        .isEqualTo(signed.documentSha256());
    CLOCK.advance(Duration.ofHours(1));
    Instant stood = CLOCK.instant();
    CLOCK.advance(Duration.ofHours(1));

    SignedIn.as("bert", Role.ANALYST).run(() -> attestations.withdraw(signed.id()));

    assertThat(outcome("HST-HARDENED")).isEqualTo("UNKNOWN");
    assertThat(outcome("HST-HARDENED", stood)).isEqualTo("PASS");
    SignedAttestation then = list(stood).getFirst();
    assertThat(then.withdrawnAt()).as("nobody knew then").isNull();
    assertThat(list(null).getFirst().withdrawnBy()).isEqualTo("bert");
    assertThat(trail()).contains("attestation.signed anna", "attestation.withdrawn bert");
  }

  @Test
  @DisplayName("An attestation lapses by itself, into unknown")
  void lapse() {
    Instant end = CLOCK.instant().plus(Duration.ofDays(10));
    sign("HFI-OWN-TLSKEY", "FAIL", end);
    assertThat(outcome("HFI-OWN-TLSKEY")).isEqualTo("FAIL");
    CLOCK.advance(Duration.ofDays(10).plusSeconds(5));
    publish();
    assertThat(outcome("HFI-OWN-TLSKEY")).isEqualTo("UNKNOWN");
    assertThat(
            jdbc.sql(
                    "select valid_from = ? from verdict where host_id = ? and check_id = ?"
                        + " and valid_to = 'infinity'")
                .param(end.atOffset(java.time.ZoneOffset.UTC))
                .param(host)
                .param("HFI-OWN-TLSKEY")
                .query(Boolean.class)
                .single())
        .as("it turned at exactly that instant")
        .isTrue();
  }

  @Test
  @DisplayName("What people said of a host's files stays a subject through collections")
  void survivesCollections() {
    sign("HFI-OWN-TLSKEY", "PASS", CLOCK.instant().plus(Duration.ofDays(10)));
    CLOCK.advance(Duration.ofMinutes(1));
    publish();
    assertThat(outcome("HFI-OWN-TLSKEY")).isEqualTo("PASS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CTR-USER | PASS | looked | 10 | check",
        "HST-HARDENED | UNKNOWN | looked | 10 | outcome",
        "HST-HARDENED | PASS | ' ' | 10 | statement",
        "HST-HARDENED | PASS | looked | 367 | expiresAt",
        "HST-HARDENED | PASS | looked | 0 | expiresAt",
        "NO-SUCH | maybe | '' | -1 | check,outcome,statement,expiresAt"
      })
  @DisplayName("What cannot be signed is refused field by field")
  void refused(String check, String outcome, String statement, int days, String fields) {
    Instant end = CLOCK.instant().plus(Duration.ofDays(days));
    assertThatThrownBy(
            () ->
                ANNA.run(
                    () ->
                        attestations.sign(
                            new AttestationDraft(host, check, outcome, statement, null, end))))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            e ->
                assertThat(e.errors())
                    .extracting(InvalidInput.FieldError::field)
                    .containsExactly(fields.split(",")));
    assertThat(list(null)).isEmpty();
  }

  @Test
  @DisplayName("Who only looks signs nothing")
  void viewers() {
    SignedIn viewer = SignedIn.as("vera", Role.VIEWER);
    assertThatThrownBy(
            () ->
                viewer.run(
                    () ->
                        attestations.sign(
                            new AttestationDraft(
                                host, "HST-HARDENED", "PASS", "x", null, CLOCK.instant()))))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> viewer.run(() -> reports.upload(host, "{}")))
        .isInstanceOf(AccessDeniedException.class);
  }

  private UploadedReport upload(Instant taken, String number, String result) {
    CLOCK.advance(Duration.ofSeconds(1)); // at one instant, the second thing is known a tick later
    return ANNA.get(
        () ->
            reports.upload(
                host,
                """
                {"dockerbenchsecurity":"1.6.0","start":%d,"tests":[{"id":"3","desc":"d",
                 "results":[{"id":"%s","desc":"d","result":"%s"}]}],"end":0}
                """
                    .formatted(taken.getEpochSecond(), number, result)));
  }

  private SignedAttestation sign(String check, String outcome, Instant end) {
    CLOCK.advance(Duration.ofSeconds(1));
    return ANNA.get(
        () ->
            attestations.sign(
                new AttestationDraft(host, check, outcome, "I looked at it", null, end)));
  }

  private List<SignedAttestation> list(@Nullable Instant asOf) {
    return ANNA.get(() -> attestations.list(host, null, asOf, null, 100));
  }

  private @Nullable String outcome(String check) {
    return outcome(check, null);
  }

  private @Nullable String outcome(String check, @Nullable Instant asOf) {
    List<VerdictRow> rows = rows(check, asOf);
    return rows.isEmpty() ? null : rows.getFirst().outcome().name();
  }

  private VerdictRow verdict(String check, @Nullable Instant asOf) {
    return rows(check, asOf).getFirst();
  }

  private List<VerdictRow> rows(String check, @Nullable Instant asOf) {
    return ANNA.get(
        () ->
            verdicts
                .list(
                    new VerdictQuery(host, null, check, null, null, asOf),
                    new PageRequest(10, null, false))
                .items());
  }

  private List<String> trail() {
    return jdbc.sql("select action || ' ' || actor from audit_entry order by id desc limit 20")
        .query(String.class)
        .list();
  }

  private void publish() {
    long collection =
        jdbc.sql(
                "insert into collection (host_id, outcome, started_at, finished_at, worker)"
                    + " values (?, 'SUCCEEDED', ?, ?, 'test') returning id")
            .param(host)
            .param(CLOCK.instant().atOffset(java.time.ZoneOffset.UTC))
            .param(CLOCK.instant().atOffset(java.time.ZoneOffset.UTC))
            .query(Long.class)
            .single();
    Sighting engine =
        new Sighting.Seen(
            SubjectKind.ENGINE,
            "engine",
            "engine",
            "engine",
            Document.of(
                MAPPER.readTree("{\"info\":{\"ID\":\"E\",\"Warnings\":[]},\"version\":{}}")),
            Document.of(MAPPER.readTree("{\"transport\":\"UNIX\"}")));
    transaction.executeWithoutResult(
        status ->
            publishing.publish(host, collection, new HostSighting("E", List.of(engine), Map.of())));
  }
}
