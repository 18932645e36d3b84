package dev.plimsoll.fleet;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.inventory.FactContributor;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which optional readings are switched on for a host, now and at any instant. */
@Component
@PortalItself
public class HostSwitches implements FactContributor {
  private final JdbcClient jdbc;

  HostSwitches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is switched on for a host now. */
  public Set<ReadingSwitch> now(long hostId) {
    return jdbc.sql("select readings from host where id = ?")
        .param(hostId)
        .query((row, n) -> ReadingSwitch.all((String[]) row.getArray("readings").getArray()))
        .optional()
        .orElse(EnumSet.noneOf(ReadingSwitch.class));
  }

  @Override
  public void contribute(long hostId, Instant at, HostFacts.Builder facts) {
    jdbc.sql(
            "select hh.readings, h.endpoint from host_history hh join host h on h.id = hh.host_id"
                + " where hh.host_id = :host and hh.valid_from <= :at and hh.valid_to > :at")
        .param("host", hostId)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              facts.switchedOn(ReadingSwitch.all((String[]) row.getArray("readings").getArray()));
              facts.endpointPath(socket(row.getString("endpoint")));
            });
  }

  private static @Nullable String socket(String endpoint) {
    return endpoint.startsWith("unix://") ? endpoint.substring("unix://".length()) : null;
  }
}
