package dev.plimsoll.collect.events;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The {@code event_stream} rows: who follows which host, and how far. Every write of an owner is
 * bound to its lease, so that a process that was taken for dead writes nothing more.
 */
@Component
@PortalItself
class EventStreams {
  private static final String FOLLOWED =
      "'events' = any (h.readings) and h.paused_at is null and h.decommissioned_at is null";

  /** Changes whenever the host is reached otherwise. */
  private static final String REACHED_BY =
      "h.endpoint || ' ' || coalesce((select c.kind || c.updated_at::text from credential c"
          + " where c.host_id = h.id), '')";

  private final JdbcClient jdbc;
  private final Clock clock;

  EventStreams(JdbcClient jdbc, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The newest event of a stream that was looked at. */
  record Anchor(long nanos, Sha256 key, Instant at) {}

  /**
   * How far a stream was followed.
   *
   * @param watchedSince since when nothing can have been missed; null if it was never open
   */
  record Progress(String engineId, @Nullable Instant watchedSince, @Nullable Anchor anchor) {}

  /** Another process follows the host by now. */
  static final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(long hostId) {
      super("host " + hostId + " is followed by another process");
    }
  }

  /** The time by which leases and events are kept. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Renews what a process holds, and takes over hosts that nobody follows.
   *
   * @param claims most hosts taken over
   * @return all that the process holds now: how each host is reached, by its ID
   */
  @Transactional
  public Map<Long, String> hold(String owner, Duration lease, int claims) {
    Instant now = now();
    jdbc.sql(
            "insert into event_stream (host_id) select h.id from host h where "
                + FOLLOWED
                + " on conflict do nothing")
        .update();
    jdbc.sql(
            "update event_stream s set owner = null, lease_until = null, open = false from host h"
                + " where h.id = s.host_id and s.owner = ? and not ("
                + FOLLOWED
                + ")")
        .param(owner)
        .update();
    Map<Long, String> held = new HashMap<>();
    jdbc.sql(
            "update event_stream s set lease_until = ? from host h"
                + " where h.id = s.host_id and s.owner = ? and "
                + FOLLOWED
                + " returning s.host_id, "
                + REACHED_BY)
        .param(time(now.plus(lease)))
        .param(owner)
        .query(
            row -> {
              held.put(row.getLong(1), row.getString(2));
            });
    jdbc.sql(
            "update event_stream s set owner = ?, lease_until = ?, open = false from host h"
                + " where h.id = s.host_id and s.host_id in (select f.host_id from event_stream f"
                + " join host h on h.id = f.host_id where (f.owner is null or f.lease_until <= ?)"
                + " and "
                + FOLLOWED
                + " order by f.host_id limit ? for update of f skip locked)"
                + " returning s.host_id, "
                + REACHED_BY)
        .param(owner)
        .param(time(now.plus(lease)))
        .param(time(now))
        .param(claims)
        .query(
            row -> {
              held.put(row.getLong(1), row.getString(2));
            });
    return held;
  }

  /** Gives hosts back, so that another process need not wait for the end of the lease. */
  @Transactional
  public void release(String owner, Collection<Long> hostIds) {
    jdbc.sql(
            "update event_stream set owner = null, lease_until = null, open = false"
                + " where owner = ? and host_id = any (?)")
        .param(owner)
        .param(new SqlArrayValue("bigint", hostIds.toArray()))
        .update();
  }

  /**
   * How far a host was followed.
   *
   * @throws LeaseLost if another process follows it
   */
  @Transactional(readOnly = true)
  public Progress progress(long hostId, String owner) {
    return jdbc.sql(
            "select engine_id, watched_since, anchor_nanos, anchor_key, anchor_at"
                + " from event_stream where host_id = ? and owner = ?")
        .param(hostId)
        .param(owner)
        .query(
            (row, n) -> {
              byte[] key = row.getBytes("anchor_key");
              return new Progress(
                  row.getString("engine_id"),
                  instant(row.getObject("watched_since", OffsetDateTime.class)),
                  key == null
                      ? null
                      : new Anchor(
                          row.getLong("anchor_nanos"),
                          Sha256.stored(key),
                          row.getObject("anchor_at", OffsetDateTime.class).toInstant()));
            })
        .optional()
        .orElseThrow(() -> new LeaseLost(hostId));
  }

  /**
   * A stream goes on where it was: nothing was missed.
   *
   * @throws LeaseLost if another process follows the host
   */
  @Transactional
  public void goesOn(long hostId, String owner) {
    owned(
        hostId,
        jdbc.sql(
                "update event_stream set open = true, problem = null where host_id = ? and owner = ?")
            .param(hostId)
            .param(owner)
            .update());
  }

  /**
   * A stream begins anew. What happened since it was last known to be whole is a gap, unless it
   * never was.
   *
   * @param since when it was opened; {@code sinceOnEngine} is not before the same instant by the
   *     engine's clock
   * @param reason why it does not go on where it was
   * @throws LeaseLost if another process follows the host
   */
  @Transactional
  public void beginsAnew(
      long hostId,
      String owner,
      String engineId,
      Instant since,
      Instant sinceOnEngine,
      String reason) {
    jdbc.sql(
            "insert into event_gap (host_id, from_at, to_at, reason)"
                + " select host_id, greatest(anchor_at, watched_since), ?, ? from event_stream"
                + " where host_id = ? and owner = ? and anchor_at is not null"
                + " and greatest(anchor_at, watched_since) < ?"
                + " on conflict (host_id, from_at) do update"
                + " set to_at = greatest(event_gap.to_at, excluded.to_at)")
        .param(time(since))
        .param(reason)
        .param(hostId)
        .param(owner)
        .param(time(since))
        .update();
    owned(
        hostId,
        jdbc.sql(
                "update event_stream set open = true, problem = null, engine_id = ?,"
                    + " watched_since = ?, watched_since_on_engine = ?,"
                    + " anchor_nanos = null, anchor_key = null, anchor_at = null"
                    + " where host_id = ? and owner = ?")
            .param(engineId)
            .param(time(since))
            .param(time(sinceOnEngine))
            .param(hostId)
            .param(owner)
            .update());
  }

  /**
   * Keeps what was heard, and how far that is.
   *
   * @param ahead how far the engine's clock is ahead of the portal's
   * @throws LeaseLost if another process follows the host; nothing is kept then
   */
  @Transactional
  public void heard(
      long hostId, String owner, Anchor anchor, List<Happening> happenings, Duration ahead) {
    Instant received = now();
    owned(
        hostId,
        jdbc.sql(
                "update event_stream set anchor_nanos = ?, anchor_key = ?, anchor_at = ?"
                    + " where host_id = ? and owner = ?")
            .param(anchor.nanos())
            .param(anchor.key().bytes())
            .param(time(anchor.at()))
            .param(hostId)
            .param(owner)
            .update());
    if (happenings.isEmpty()) {
      return;
    }
    jdbc.sql(
            "insert into engine_event (host_id, kind, actor_id, ref, engine_nanos, happened_at,"
                + " received_at, attributes)"
                + " select ?, kind, actor_id, ref, nanos, at, ?, attributes::jsonb"
                + " from unnest(?, ?, ?, ?, ?, ?)"
                + " as heard (kind, actor_id, ref, nanos, at, attributes)"
                + " on conflict do nothing")
        .param(hostId)
        .param(time(received))
        .param(texts(happenings.stream().map(h -> h.kind().word())))
        .param(texts(happenings.stream().map(Happening::actorId)))
        .param(texts(happenings.stream().map(Happening::ref)))
        .param(new SqlArrayValue("bigint", happenings.stream().map(Happening::nanos).toArray()))
        .param(
            new SqlArrayValue(
                "timestamptz",
                happenings.stream()
                    .map(h -> time(happenedAt(h.nanos(), ahead, received)).toString())
                    .toArray()))
        .param(texts(happenings.stream().map(h -> h.attributes().toString())))
        .update();
  }

  /** Says why a stream is not open; nothing if another process follows the host. */
  @Transactional
  public void interrupted(long hostId, String owner, Reading.Unread problem) {
    jdbc.sql(
            "update event_stream set open = false, problem = ?::jsonb"
                + " where host_id = ? and owner = ?")
        .param(
            JsonNodeFactory.instance
                .objectNode()
                .put("call", problem.call())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .toString())
        .param(hostId)
        .param(owner)
        .update();
  }

  /**
   * By the portal's clock; an engine's own may be wrong, but nothing is heard before it happens.
   */
  private static Instant happenedAt(long nanos, Duration ahead, Instant received) {
    Instant at = Instant.ofEpochSecond(0, nanos).minus(ahead).truncatedTo(ChronoUnit.MICROS);
    return at.isAfter(received) ? received : at;
  }

  private static void owned(long hostId, int rows) {
    if (rows == 0) {
      throw new LeaseLost(hostId);
    }
  }

  private static SqlArrayValue texts(Stream<String> values) {
    return new SqlArrayValue("text", values.toArray());
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
