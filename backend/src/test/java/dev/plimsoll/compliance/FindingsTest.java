package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.testing.DatabaseTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.test.context.support.WithMockUser;

@DatabaseTest
@SpringBootTest(properties = "db-scheduler.enabled=false")
@WithMockUser(username = "ann", authorities = "TRIAGE")
class FindingsTest {
  private static final Instant DUE = Instant.parse("2026-04-01T00:00:00Z");

  @Autowired private Findings findings;
  @Autowired private JdbcClient jdbc;
  private long id;

  @BeforeEach
  void addFinding() {
    jdbc.sql("truncate host, finding, finding_event cascade").update();
    long host =
        jdbc.sql(
                "insert into host (name, endpoint, created_at)"
                    + " values ('web-1', 'unix:///run/x', now()) returning id")
            .query(Long.class)
            .single();
    id =
        jdbc.sql(
                "insert into finding (host_id, check_id, kind, lineage, severity, advisory, status,"
                    + " failing_since) values (?, 'CTR-PRIV', 'container', 'shop', 4, false, 'OPEN',"
                    + " now()) returning id")
            .param(host)
            .query(Long.class)
            .single();
  }

  @Test
  @DisplayName("Each step is kept in the finding's history, and the change in the audit trail")
  void change() {
    findings.change(
        id,
        new Findings.Change("ACKNOWLEDGED", "bob", DUE, "https://tickets.example/1", "Looking."));

    assertThat(finding())
        .containsEntry("status", "ACKNOWLEDGED")
        .containsEntry("assignee", "bob")
        .containsEntry("external_url", "https://tickets.example/1")
        .containsEntry("version", 1);
    assertThat(events())
        .extracting(Event::kind, Event::actor, Event::detail)
        .containsExactly(
            tuple("STATUS", "ann", "{\"status\": \"ACKNOWLEDGED\"}"),
            tuple("ASSIGNED", "ann", "{\"assignee\": \"bob\"}"),
            tuple("DUE", "ann", "{\"dueAt\": \"2026-04-01T00:00:00Z\"}"),
            tuple("LINKED", "ann", "{\"externalUrl\": \"https://tickets.example/1\"}"),
            tuple("COMMENT", "ann", "{\"text\": \"Looking.\"}"));
    Map<String, Object> entry =
        jdbc.sql("select * from audit_entry where action = 'finding.changed' order by id desc")
            .query()
            .listOfRows()
            .getFirst();
    assertThat(entry)
        .containsEntry("actor", "ann")
        .containsEntry("subject", "finding:" + id + " CTR-PRIV on web-1");
    assertThat(String.valueOf(entry.get("detail"))).contains("OPEN").contains("ACKNOWLEDGED");
  }

  @Test
  @DisplayName("What would stay as it is leaves no trace")
  void nothing() {
    long audited = audited();

    findings.change(id, new Findings.Change("OPEN", "", null, true, "", null));

    assertThat(events()).isEmpty();
    assertThat(audited()).isEqualTo(audited);
  }

  @Test
  @DisplayName("Assignee, due date and link can be taken away again")
  void takeAway() {
    findings.change(id, new Findings.Change(null, "bob", DUE, "https://t.example", null));
    findings.change(id, new Findings.Change(null, "", null, true, "", null));

    assertThat(finding())
        .containsEntry("assignee", null)
        .containsEntry("due_at", null)
        .containsEntry("external_url", null);
    assertThat(events())
        .extracting(Event::detail)
        .endsWith("{\"assignee\": null}", "{\"dueAt\": null}", "{\"externalUrl\": null}");
  }

  @ParameterizedTest
  @CsvSource({
    "RESOLVED, , , , status",
    "WAIVED, , , , status",
    "open, , , , status",
    ", 'a\nb', , , assignee",
    ", , 1999-12-31T00:00:00Z, , dueAt",
    ", , , javascript:alert(1), externalUrl",
    ", , , 'https:// x', externalUrl",
    ", , , /relative, externalUrl"
  })
  @DisplayName("A bad field is named, and nothing is changed")
  void refused(
      @Nullable String status,
      @Nullable String assignee,
      @Nullable Instant dueAt,
      @Nullable String url,
      String field) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () -> findings.change(id, new Findings.Change(status, assignee, dueAt, url, "hm")))
        .satisfies(
            e -> assertThat(e.errors()).singleElement().extracting("field").isEqualTo(field));
    assertThat(events()).isEmpty();
  }

  @Test
  @DisplayName("Only a collection resolves, and only a new failure opens again")
  void resolved() {
    jdbc.sql("update finding set status = 'RESOLVED', resolved_at = now()").update();

    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () -> findings.change(id, new Findings.Change("ACKNOWLEDGED", null, null, null, null)))
        .withMessageContaining("RESOLVED");
    findings.change(id, new Findings.Change(null, null, null, null, "Well done."));
    assertThat(events()).extracting(Event::kind).containsExactly("COMMENT");
  }

  @Test
  @DisplayName("A finding that there is not cannot be changed")
  void unknown() {
    assertThatExceptionOfType(NoSuchFinding.class)
        .isThrownBy(() -> findings.change(-1, new Findings.Change(null, null, null, null, "x")));
  }

  @Test
  @WithMockUser(authorities = "READ")
  @DisplayName("Who may only read may not change")
  void forbidden() {
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> findings.change(id, new Findings.Change(null, null, null, null, "x")));
  }

  private Map<String, Object> finding() {
    return jdbc.sql("select * from finding where id = ?").param(id).query().singleRow();
  }

  private long audited() {
    return jdbc.sql("select count(*) from audit_entry").query(Long.class).single();
  }

  private List<Event> events() {
    return jdbc.sql(
            "select kind, actor, detail::text detail from finding_event"
                + " where finding_id = ? order by id")
        .param(id)
        .query(Event.class)
        .list();
  }

  private record Event(String kind, String actor, String detail) {}
}
