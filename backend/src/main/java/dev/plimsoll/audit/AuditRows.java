package dev.plimsoll.audit;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** How an entry and its seal come out of the database. */
final class AuditRows {
  static final RowMapper<AuditEntry> ENTRY =
      (row, n) -> {
        @Nullable String hash = row.getString("hash");
        return new AuditEntry(
            row.getLong("id"),
            row.getObject("at", OffsetDateTime.class).toInstant(),
            row.getString("actor"),
            row.getString("action"),
            row.getString("subject"),
            row.getString("detail"),
            hash == null ? null : new AuditEntry.Seal(row.getLong("position"), hash));
      };

  private AuditRows() {}
}
