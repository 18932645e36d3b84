package dev.plimsoll.posture;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** How values go into and come out of rows. */
final class Rows {
  private Rows() {}

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : (Long) number;
  }

  static @Nullable String hexOrNull(ResultSet row, String column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  /** A number of 1/1000 as a decimal. */
  static double thousandths(long number) {
    return number / 1000.0;
  }

  static @Nullable Double thousandthsOrNull(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : (Double) thousandths(number);
  }

  static SqlArrayValue ids(Collection<Long> ids) {
    return new SqlArrayValue("bigint", ids.toArray());
  }

  static SqlArrayValue numbers(Collection<Integer> numbers) {
    return new SqlArrayValue("int", numbers.toArray());
  }

  static SqlArrayValue times(Collection<Instant> instants) {
    return new SqlArrayValue(
        "timestamptz",
        instants.stream().map(instant -> instant.atOffset(ZoneOffset.UTC)).toArray());
  }

  static SqlArrayValue texts(Collection<String> texts) {
    return new SqlArrayValue("text", texts.toArray());
  }
}
