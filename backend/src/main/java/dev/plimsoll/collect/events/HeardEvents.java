package dev.plimsoll.collect.events;

import dev.plimsoll.checklist.ContainerExecs;
import dev.plimsoll.checklist.EventWatchState;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What events told of a host, reduced for the collection that reads it. */
@Component
@PortalItself
public class HeardEvents {
  private final JdbcClient jdbc;
  private final Clock clock;

  HeardEvents(JdbcClient jdbc, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What was heard of a host so far.
   *
   * @param watch since when nothing was missed
   * @param execs by container ID; of others nothing was heard
   * @param committed IDs of images that were made from a container
   */
  public record Heard(
      EventWatchState watch, Map<String, ContainerExecs> execs, Set<String> committed) {
    /** Nobody listens. */
    public static final Heard NOTHING = new Heard(interrupted(null, 0, null), Map.of(), Set.of());

    public Heard {
      execs = Map.copyOf(execs);
      committed = Set.copyOf(committed);
    }
  }

  /** What was heard of a host so far. */
  // One look: a stream that is open in it covers all events in it.
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Heard of(long hostId) {
    return new Heard(watch(hostId), execs(hostId), committed(hostId));
  }

  private EventWatchState watch(long hostId) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    return jdbc.sql(
            "select open and lease_until > ? as open, watched_since, watched_since_on_engine,"
                + " anchor_at is not null as told, problem->>'call' as call,"
                + " (problem->>'status')::int as status, problem->>'detail' as detail"
                + " from event_stream where host_id = ?")
        .param(now)
        .param(hostId)
        .query(
            (row, n) -> {
              OffsetDateTime since = row.getObject("watched_since", OffsetDateTime.class);
              OffsetDateTime onEngine =
                  row.getObject("watched_since_on_engine", OffsetDateTime.class);
              if (!row.getBoolean("open") || since == null || onEngine == null) {
                return interrupted(
                    row.getString("call"), row.getInt("status"), row.getString("detail"));
              }
              return row.getBoolean("told")
                  ? new EventWatchState.Watched(since.toInstant(), onEngine.toInstant())
                  : new EventWatchState.Silent();
            })
        .optional()
        .orElseGet(() -> interrupted(null, 0, null));
  }

  private static EventWatchState interrupted(
      @Nullable String call, int status, @Nullable String detail) {
    return new EventWatchState.Interrupted(
        new Reading.Unread(
            call == null ? "GET /events" : call,
            status,
            detail == null ? "No portal process follows the host's events." : detail));
  }

  private Map<String, ContainerExecs> execs(long hostId) {
    Map<String, List<ContainerExecs.Exec>> heard = new HashMap<>();
    jdbc.sql(
            "select actor_id, (attributes->>'privileged')::boolean as privileged,"
                + " attributes->>'user' as username, max(happened_at) as at from engine_event"
                + " where host_id = ? and kind = 'exec' group by 1, 2, 3")
        .param(hostId)
        .query(
            row -> {
              Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
              heard
                  .computeIfAbsent(row.getString("actor_id"), id -> new ArrayList<>())
                  .add(
                      new ContainerExecs.Exec(
                          at, row.getBoolean("privileged"), row.getString("username")));
            });
    Map<String, ContainerExecs> execs = new HashMap<>();
    heard.forEach((id, all) -> execs.put(id, ContainerExecs.of(all)));
    return execs;
  }

  private Set<String> committed(long hostId) {
    return new HashSet<>(
        jdbc.sql("select distinct actor_id from engine_event where host_id = ? and kind = 'commit'")
            .param(hostId)
            .query(String.class)
            .list());
  }
}
