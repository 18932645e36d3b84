package dev.plimsoll.backup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** Instants as rows hold them: what has no end ends at {@code infinity}. */
final class Times {
  private Times() {}

  static OffsetDateTime of(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  static @Nullable OffsetDateTime orNull(@Nullable Instant at) {
    return at == null ? null : of(at);
  }

  /** As text, so that {@code infinity} can be among them. */
  static String text(Instant at) {
    if (at.equals(Instant.MAX)) {
      return "infinity";
    }
    return at.equals(Instant.MIN) ? "-infinity" : at.toString();
  }

  static SqlArrayValue texts(Collection<Instant> instants) {
    return new SqlArrayValue("text", instants.stream().map(Times::text).toArray());
  }

  /** An instant; {@link Instant#MAX} and {@link Instant#MIN} for the infinities. */
  static Instant read(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    if (text.equals("infinity")) {
      return Instant.MAX;
    }
    if (text.equals("-infinity")) {
      return Instant.MIN;
    }
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant readOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
