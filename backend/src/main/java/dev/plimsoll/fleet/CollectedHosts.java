package dev.plimsoll.fleet;

import dev.plimsoll.permission.PortalItself;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every host that is watched, for the portal's own jobs. */
@Component
@PortalItself
public class CollectedHosts {
  private static final Duration SHORTEST_FRESHNESS = Duration.ofHours(24);
  private static final Duration LONGEST_FRESHNESS = Duration.ofDays(7);
  private static final int INTERVALS_OF_FRESHNESS = 3;

  private final JdbcClient jdbc;

  CollectedHosts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A host that was not decommissioned.
   *
   * @param paused whether it is left alone for now
   */
  public record CollectedHost(long id, Duration interval, boolean paused) {
    /** How long what was read of it counts as known. */
    public Duration freshness() {
      return CollectedHosts.freshness(interval);
    }
  }

  /**
   * How long what was read of a host counts as known: the larger of 24 hours and three collection
   * intervals, at most 7 days.
   */
  public static Duration freshness(Duration interval) {
    Duration wanted = interval.multipliedBy(INTERVALS_OF_FRESHNESS);
    if (wanted.compareTo(SHORTEST_FRESHNESS) < 0) {
      return SHORTEST_FRESHNESS;
    }
    return wanted.compareTo(LONGEST_FRESHNESS) > 0 ? LONGEST_FRESHNESS : wanted;
  }

  /** All hosts that were not decommissioned. */
  public List<CollectedHost> all() {
    return jdbc.sql(
            "select id, interval_seconds, paused_at is not null paused from host"
                + " where decommissioned_at is null order by id")
        .query(
            (row, n) ->
                new CollectedHost(
                    row.getLong("id"),
                    Duration.ofSeconds(row.getLong("interval_seconds")),
                    row.getBoolean("paused")))
        .list();
  }
}
