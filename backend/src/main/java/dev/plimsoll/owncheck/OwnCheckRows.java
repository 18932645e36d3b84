package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of own checks: a row a revision, never rewritten but for its end. */
@Component
class OwnCheckRows {
  private static final String COLUMNS =
      "id, revision, valid_from, nullif(valid_to, 'infinity') valid_to, status, title, subject,"
          + " severity, mode, expression, applies, rationale, remediation, changed_by";

  private final JdbcClient jdbc;
  private final Clock clock;

  OwnCheckRows(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** All checks as they are now, or were at an instant, by ID. */
  List<OwnCheckRecord> all(@Nullable Instant asOf) {
    return asOf == null
        ? jdbc.sql("select " + COLUMNS + " from own_check where valid_to = 'infinity' order by id")
            .query(OwnCheckRows::record)
            .list()
        : jdbc.sql(
                "select "
                    + COLUMNS
                    + " from own_check where valid_from <= :at and valid_to > :at order by id")
            .param("at", time(asOf))
            .query(OwnCheckRows::record)
            .list();
  }

  /** The checks that judge now, by ID. */
  List<OwnCheckRecord> active() {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from own_check where valid_to = 'infinity' and status = 'ACTIVE' order by id")
        .query(OwnCheckRows::record)
        .list();
  }

  Optional<OwnCheckRecord> find(String id) {
    return jdbc.sql(
            "select " + COLUMNS + " from own_check where id = :id and valid_to = 'infinity'")
        .param("id", id)
        .query(OwnCheckRows::record)
        .optional();
  }

  /** A check that nobody else changes until the transaction ends. */
  Optional<OwnCheckRecord> lock(String id) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from own_check where id = :id and valid_to = 'infinity' for update")
        .param("id", id)
        .query(OwnCheckRows::record)
        .optional();
  }

  /** All revisions of a check, newest first. */
  List<OwnCheckRecord> revisions(String id) {
    return jdbc.sql("select " + COLUMNS + " from own_check where id = :id order by revision desc")
        .param("id", id)
        .query(OwnCheckRows::record)
        .list();
  }

  /** Ends a revision and begins the next, strictly later. */
  OwnCheckRecord next(
      @Nullable OwnCheckRecord before, OwnCheckDraft draft, OwnCheckStatus status, String by) {
    Instant now = clock.instant();
    Instant from =
        before == null || now.isAfter(before.since()) ? now : before.since().plusNanos(1_000);
    if (before != null) {
      jdbc.sql("update own_check set valid_to = :at where id = :id and valid_to = 'infinity'")
          .param("at", time(from))
          .param("id", draft.id())
          .update();
    }
    int revision = before == null ? 1 : before.revision() + 1;
    jdbc.sql(
            """
            insert into own_check (id, revision, valid_from, status, title, subject, severity, mode,
              expression, applies, rationale, remediation, changed_by)
            values (:id, :revision, :from, :status, :title, :subject, :severity, :mode,
              :expression, cast(:applies as text), :rationale, :remediation, :by)
            """)
        .param("id", draft.id())
        .param("revision", revision)
        .param("from", time(from))
        .param("status", status.name())
        .param("title", draft.title())
        .param("subject", draft.subject().word())
        .param("severity", draft.severity().name())
        .param("mode", draft.mode().name())
        .param("expression", draft.expression())
        .param("applies", draft.applies())
        .param("rationale", draft.rationale())
        .param("remediation", draft.remediation())
        .param("by", by)
        .update();
    return new OwnCheckRecord(draft, status, revision, from, null, by);
  }

  private static OwnCheckRecord record(ResultSet row, int number) throws SQLException {
    OffsetDateTime to = row.getObject("valid_to", OffsetDateTime.class);
    return new OwnCheckRecord(
        new OwnCheckDraft(
            row.getString("id"),
            row.getString("title"),
            SubjectKind.of(row.getString("subject")),
            Severity.valueOf(row.getString("severity")),
            Mode.valueOf(row.getString("mode")),
            row.getString("expression"),
            row.getString("applies"),
            row.getString("rationale"),
            row.getString("remediation")),
        OwnCheckStatus.valueOf(row.getString("status")),
        row.getInt("revision"),
        row.getObject("valid_from", OffsetDateTime.class).toInstant(),
        to == null ? null : to.toInstant(),
        row.getString("changed_by"));
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
