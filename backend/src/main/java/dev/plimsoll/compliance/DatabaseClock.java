package dev.plimsoll.compliance;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database's clock, in microseconds: one time for all portal processes, whatever their machines
 * think it is. Each reading is a round trip.
 */
final class DatabaseClock extends Clock {
  private final JdbcClient jdbc;

  DatabaseClock(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Instant instant() {
    return jdbc.sql("select clock_timestamp()")
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the database's clock is read in UTC");
  }
}
