package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SignedIn;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DatabaseTest
@SpringBootTest(properties = "db-scheduler.enabled=false")
class SupportTablesTest {
  private static final SignedIn ADA = SignedIn.administrator();
  private static final String TABLE =
      """
      {"asOf":"%s","components":{"Engine":[{"branch":"29","floor":"29.8.2","endOfLife":null}]},
       "systems":[]}
      """;

  @Autowired private SupportTables tables;
  @Autowired private StoredSupportTables stored;
  @Autowired private ShippedSupportTable shipped;
  @Autowired private JdbcClient jdbc;
  private long lastEntry;

  @BeforeEach
  void clear() {
    lastEntry = lastEntry();
    jdbc.sql("truncate support_table, host_publication").update();
  }

  @Test
  @DisplayName("The shipped table is well formed, and taken into use once")
  void shipped() {
    LocalDate asOf =
        SupportTableForm.check(ShippedSupportTable.table(), LocalDate.parse("2999-01-01"));
    shipped.takeIntoUse();
    shipped.takeIntoUse();
    assertThat(jdbc.sql("select count(*) from support_table").query(Long.class).single())
        .isEqualTo(1);
    assertThat(known().asOf()).isEqualTo(asOf);
    assertThat(known().author()).isEqualTo("plimsoll");
  }

  @Test
  @DisplayName("An imported table takes the place of the one before, and the past keeps that")
  void imported() {
    put("2026-01-01");
    Instant between = now();
    put("2026-03-01");
    put("2026-03-01");

    assertThat(known().asOf()).isEqualTo("2026-03-01");
    assertThat(asOf(between)).isEqualTo("2026-01-01");
    assertThat(asOf(now())).isEqualTo("2026-03-01");
    assertThat(
            jdbc.sql("select action || ' ' || subject from audit_entry where id > ? order by id")
                .param(lastEntry)
                .query(String.class)
                .list())
        .containsExactly(
            "support-table.imported support-table:2026-01-01",
            "support-table.imported support-table:2026-03-01");
  }

  @Test
  @DisplayName("A newer import stays in use when the portal starts with an older one")
  void newerStays() {
    JsonNode newer = JsonMapper.shared().readTree(TABLE.formatted("2026-11-20"));
    assertThat(SupportTableForm.check(newer, LocalDate.parse("2026-11-24"))).isNotNull();
    jdbc.sql(
            "insert into support_table (sha256, as_of, content, author, valid_from)"
                + " values (?, '2999-01-01', '{}', 'ada', now())")
        .param(new byte[32])
        .update();
    shipped.takeIntoUse();
    assertThat(known().asOf()).isEqualTo("2999-01-01");
  }

  @Test
  @DisplayName("All hosts are judged anew by a new table")
  void judgedAnew() {
    jdbc.sql(
            "insert into host_publication (host_id, published_at, catalogue_version)"
                + " values (1, now(), 1), (2, now(), 1)")
        .update();
    put("2026-01-01");
    assertThat(
            jdbc.sql(
                    "select count(*) from host_publication"
                        + " where requested_at <= clock_timestamp()")
                .query(Long.class)
                .single())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|body",
        "{}|asOf,components,systems",
        "{\"asOf\":\"2999-01-01\",\"components\":{},\"systems\":[]}|asOf",
        "{\"asOf\":\"2026-01-01\",\"components\":{\"crun\":[]},\"systems\":[]}|components.crun",
        "{\"asOf\":\"2026-01-01\",\"components\":{\"runc\":[{\"branch\":\"one\","
            + "\"floor\":\"1.1\"}]},\"systems\":[]}|components.runc[0].branch,"
            + "components.runc[0].endOfLife",
        "{\"asOf\":\"2026-01-01\",\"components\":{},\"systems\":[],\"extra\":1}|extra"
      })
  @DisplayName("A table that is none is refused, every bad field named")
  void refused(String json, String fields) {
    JsonNode table = JsonMapper.shared().readTree(json);
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> ADA.run(() -> tables.importTable(table)))
        .satisfies(
            invalid ->
                assertThat(invalid.errors())
                    .extracting(InvalidInput.FieldError::field)
                    .containsExactlyInAnyOrder(fields.split(",")));
  }

  @Test
  @DisplayName("Who may not say what is checked may not import")
  void forbidden() {
    JsonNode table = JsonMapper.shared().readTree(TABLE.formatted("2026-01-01"));
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> SignedIn.as("eve", Role.ANALYST).run(() -> tables.importTable(table)));
  }

  private void put(String asOf) {
    ADA.run(() -> tables.importTable(JsonMapper.shared().readTree(TABLE.formatted(asOf))));
  }

  private SupportTables.Known known() {
    return ADA.get(() -> tables.find(null)).orElseThrow();
  }

  private String asOf(Instant at) {
    HostFacts.Builder facts = HostFacts.at(at);
    stored.contribute(1, at, facts);
    Reading.Read table = (Reading.Read) Objects.requireNonNull(facts.build().supportTable());
    return table.document().path("asOf").asString();
  }

  private long lastEntry() {
    return jdbc.sql("select coalesce(max(id), 0) from audit_entry").query(Long.class).single();
  }

  private Instant now() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }
}
