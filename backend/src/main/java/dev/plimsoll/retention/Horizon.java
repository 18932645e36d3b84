package dev.plimsoll.retention;

import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far back the past can be told whole. It only ever rises, before anything is deleted. */
@Component
@PortalItself
public class Horizon {
  private final JdbcClient jdbc;

  Horizon(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The first instant as of which everything can be told; empty if nothing was ever deleted. */
  @Transactional(readOnly = true)
  public Optional<Instant> keptFrom() {
    return jdbc.sql("select kept_from from history_horizon")
        .query((row, n) -> row.getObject("kept_from", OffsetDateTime.class).toInstant())
        .optional();
  }

  /** From now on nothing is told of the time before an instant. */
  @Transactional
  void raise(Instant keptFrom) {
    jdbc.sql(
            "insert into history_horizon (kept_from) values (?) on conflict ((true))"
                + " do update set kept_from ="
                + " greatest(history_horizon.kept_from, excluded.kept_from)")
        .param(keptFrom.atOffset(ZoneOffset.UTC))
        .update();
  }
}
