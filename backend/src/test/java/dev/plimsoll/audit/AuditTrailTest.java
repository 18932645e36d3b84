package dev.plimsoll.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SignedIn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** Sealed entries stay, so that the tests of one database follow one another. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditTrailTest {
  private final AuditTrail trail;
  private final AuditSealing sealing;
  private final AuditLog log;
  private final JdbcClient jdbc;
  private final DataSource dataSource;
  private final TransactionTemplate transaction;

  AuditTrailTest(
      @Autowired AuditTrail trail,
      @Autowired AuditSealing sealing,
      @Autowired AuditLog log,
      @Autowired JdbcClient jdbc,
      @Autowired DataSource dataSource,
      @Autowired TransactionTemplate transaction) {
    this.trail = trail;
    this.sealing = sealing;
    this.log = log;
    this.jdbc = jdbc;
    this.dataSource = dataSource;
    this.transaction = transaction;
  }

  @Test
  @Order(1)
  @DisplayName("An entry names who is signed in, and is sealed into a chain that verifies")
  void sealed() {
    write("host.added", Map.of("name", "web-1", "labels", Map.of("b", "2", "a", "1")));
    write("host.edited", Map.of());
    assertThat(verify().unsealed()).isNotNull();

    sealing.seal();

    List<AuditEntry> entries = list();
    assertThat(entries.getFirst().action()).isEqualTo("host.edited");
    assertThat(entries).allSatisfy(entry -> assertThat(entry.seal()).isNotNull());
    assertThat(entries.get(1).actor()).isEqualTo("ada");
    assertThat(entries.get(1).detail()).contains("\"name\": \"web-1\"");
    AuditVerification verification = verify();
    assertThat(verification.intact()).isTrue();
    assertThat(verification.links()).isEqualTo(entries.size());
    assertThat(verification.unsealed()).isNull();
    assertThat(sealing.seal()).isZero();
  }

  @Test
  @Order(2)
  @DisplayName("Without a transaction, or with nobody signed in, nothing is written")
  void refused() {
    int before = list().size();
    assertThatExceptionOfType(IllegalTransactionStateException.class)
        .isThrownBy(
            () ->
                SignedIn.administrator().run(() -> trail.record("host.added", "host:1", Map.of())));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> trail.record("host.added", "host:1", Map.of())))
        .withMessageContaining("Nobody is signed in");
    assertThat(list()).hasSize(before);
  }

  @Test
  @Order(3)
  @DisplayName("While a transaction is open, what follows it is not sealed: it might come before")
  void lateCommit() throws SQLException {
    try (Connection slow = dataSource.getConnection();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(
          "insert into audit_entry (at, actor, action, subject) values (now(), 'bob', 'slow', 'x')");
      write("quick", Map.of());

      assertThat(sealing.seal()).isZero();
      assertThat(verify().unsealed())
          .isNotNull()
          .extracting(AuditVerification.Unsealed::entries)
          .isEqualTo(1L);

      slow.commit();
    }
    assertThat(sealing.seal()).isEqualTo(2);
    assertThat(verify().intact()).isTrue();
    assertThat(list().stream().limit(2).map(AuditEntry::action)).containsExactly("quick", "slow");
  }

  @Test
  @Order(4)
  @DisplayName("Only who may read the trail reads it")
  void permission() {
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(
            () -> SignedIn.as("andy", Role.ANALYST).get(() -> log.list(null, null, null, 10)));
  }

  @Test
  @Order(5)
  @DisplayName("The database refuses to change, delete or empty the trail")
  void appendOnly() {
    for (String sql :
        List.of(
            "update audit_entry set actor = 'mallory'",
            "delete from audit_entry",
            "truncate audit_entry cascade",
            "update audit_seal set position = position + 1",
            "delete from audit_seal",
            "truncate audit_seal")) {
      assertThatThrownBy(() -> jdbc.sql(sql).update()).hasMessageContaining("append-only");
    }
  }

  @Test
  @Order(6)
  @DisplayName(
      "Who changes an entry behind the trigger's back is found out, and the entry is named")
  void forged() {
    AuditEntry victim = list().get(1);
    forge("update audit_entry set actor = 'mallory' where id = " + victim.id(), "audit_entry");

    AuditVerification verification = verify();

    assertThat(verification.broken())
        .isNotNull()
        .satisfies(
            broken -> {
              assertThat(broken.entryId()).isEqualTo(victim.id());
              assertThat(broken.reason()).contains("Entry " + victim.id());
            });
    forge(
        "update audit_entry set actor = '%s' where id = %d".formatted(victim.actor(), victim.id()),
        "audit_entry");
    assertThat(verify().intact()).isTrue();
  }

  @Test
  @Order(7)
  @DisplayName("A link taken out of the chain is missed")
  void cut() {
    forge("delete from audit_seal where position = 2", "audit_seal");

    AuditVerification verification = verify();

    assertThat(verification.links()).isEqualTo(1);
    assertThat(verification.broken())
        .isNotNull()
        .satisfies(broken -> assertThat(broken.reason()).contains("Link 2"));
  }

  private void forge(String sql, String table) {
    jdbc.sql("alter table " + table + " disable trigger user").update();
    jdbc.sql(sql).update();
    jdbc.sql("alter table " + table + " enable trigger user").update();
  }

  private void write(String action, Map<String, ?> detail) {
    SignedIn.administrator()
        .run(
            () ->
                transaction.executeWithoutResult(
                    status -> trail.record(action, "host:1 web-1", detail)));
  }

  private List<AuditEntry> list() {
    return SignedIn.administrator().get(() -> log.list(null, null, null, 1000));
  }

  private AuditVerification verify() {
    return SignedIn.administrator().get(log::verify);
  }
}
