package dev.plimsoll.compliance;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dated table of what makers and distributions still support. One ships with the portal; newer
 * ones are imported, offline if need be. All hosts are judged anew by it.
 */
@Service
public class SupportTables {
  /** From this age on, people are told how old the table is. */
  public static final Duration SHOWN_FROM = Duration.ofDays(60);

  /** A table of this age decides nothing any more. */
  public static final Duration DECIDES_FOR = Duration.ofDays(90);

  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final StoredSupportTables stored;
  private final AuditTrail audit;
  private final Clock clock;

  SupportTables(
      JdbcClient jdbc,
      StoredSupportTables stored,
      AuditTrail audit,
      @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.stored = stored;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A table as the portal knows it.
   *
   * @param asOf the day of which its facts are
   * @param author who imported it; {@code plimsoll} for one that was shipped
   * @param since from when on verdicts were judged by it
   * @param age how old its facts are now
   */
  public record Known(
      LocalDate asOf, Sha256 sha256, String author, Instant since, Duration age, JsonNode table) {
    /** Whether people should know how old it is. */
    public boolean isAgeing() {
      return age.compareTo(SHOWN_FROM) >= 0;
    }

    /** Whether it is too old to decide anything. */
    public boolean isTooOld() {
      return age.compareTo(DECIDES_FOR) >= 0;
    }
  }

  /**
   * The table that was known at an instant; empty if there was none.
   *
   * @param at null for now
   */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<Known> find(@Nullable Instant at) {
    Instant now = clock.instant();
    return jdbc.sql(
            "select sha256, as_of, content, author, valid_from from support_table"
                + " where valid_from <= ? and valid_to > ?")
        .param((at == null ? now : at).atOffset(ZoneOffset.UTC))
        .param((at == null ? now : at).atOffset(ZoneOffset.UTC))
        .query(
            (row, n) -> {
              LocalDate asOf = row.getObject("as_of", LocalDate.class);
              Instant start = asOf.atStartOfDay(ZoneOffset.UTC).toInstant();
              return new Known(
                  asOf,
                  Sha256.stored(row.getBytes("sha256")),
                  row.getString("author"),
                  row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                  Duration.between(start, at == null ? now : at),
                  MAPPER.readTree(row.getString("content")));
            })
        .optional();
  }

  /**
   * Takes a table into use in place of the one before. The same table again changes nothing.
   *
   * @throws InvalidInput naming every bad field
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public void importTable(JsonNode table) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate asOf = SupportTableForm.check(table, today);
    Document document = Document.of(table);
    Optional<LocalDate> before = stored.asOf();
    if (stored.put(document, asOf, actor())) {
      audit.record(
          "support-table.imported",
          "support-table:" + asOf,
          Map.of(
              "sha256",
              document.sha256().hex(),
              "before",
              before.map(LocalDate::toString).orElse("none")));
    }
  }

  private static String actor() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who == null ? AuditTrail.PORTAL : who.getName();
  }
}
