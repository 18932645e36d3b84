package dev.plimsoll.posture;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One column of a list's key.
 *
 * @param name its name in the select
 * @param nullable whether it can be null; nulls come last, whatever the direction
 */
record KeyColumn(String name, Type type, boolean descending, boolean nullable) {
  /** How a column's value travels in a cursor. */
  enum Type {
    TEXT,
    NUMBER,
    INSTANT
  }

  static KeyColumn of(String name, Type type, boolean descending) {
    return new KeyColumn(name, type, descending, false);
  }

  static KeyColumn nullable(String name, Type type, boolean descending) {
    return new KeyColumn(name, type, descending, true);
  }

  /** The column that breaks ties. */
  static KeyColumn id(String name) {
    return of(name, Type.NUMBER, false);
  }

  String orderBy() {
    return name + (descending ? " desc" : "") + (nullable ? " nulls last" : "");
  }

  @Nullable String read(ResultSet row) throws SQLException {
    return switch (type) {
      case TEXT -> row.getString(name);
      case NUMBER -> {
        long number = row.getLong(name);
        yield row.wasNull() ? null : String.valueOf(number);
      }
      case INSTANT -> {
        OffsetDateTime time = row.getObject(name, OffsetDateTime.class);
        yield time == null ? null : time.toInstant().toString();
      }
    };
  }

  /**
   * A value out of a cursor as SQL takes it.
   *
   * @throws IllegalArgumentException if it is none of this column's
   */
  @Nullable Object parse(@Nullable String text) {
    if (text == null) {
      if (!nullable) {
        throw new IllegalArgumentException(name + " is never null");
      }
      return null;
    }
    try {
      return switch (type) {
        case TEXT -> {
          if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(name + " never holds a NUL");
          }
          yield text;
        }
        case NUMBER -> Long.valueOf(text);
        case INSTANT -> Instant.parse(text).atOffset(ZoneOffset.UTC);
      };
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(name + " is an instant", e);
    }
  }
}
