package dev.plimsoll.home.postgres;

import org.jspecify.annotations.Nullable;

/** PostgreSQL could not be unpacked, started or stopped; the message says why and what helps. */
public final class PostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PostgresException(String message) {
    super(message);
  }

  PostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
