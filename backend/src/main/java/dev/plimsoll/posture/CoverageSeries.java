package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells how much stood how over time, from what each instant knew. Rows of coverage that overlap
 * what was known become spans of time; spans become arrivals and departures, whose sums are the
 * series.
 */
@Component
@PortalItself
class CoverageSeries {
  private static final int MOST = 400;

  private final JdbcClient jdbc;
  private final BlindHosts blindHosts;

  CoverageSeries(JdbcClient jdbc, BlindHosts blindHosts) {
    this.jdbc = jdbc;
    this.blindHosts = blindHosts;
  }

  /**
   * Reads a series up to a moment.
   *
   * @param from null for when anything was first kept
   */
  List<CoverageTotals> read(Scope scope, @Nullable Instant from, Moment end) {
    Instant begun = from == null ? firstKept(end) : from;
    Instant first = begun.isBefore(end.at()) ? begun : end.at();
    UnreadData unread = UnreadData.of(blindHosts.at(end, null));
    Map<String, Object> parameters = unread.parameters();
    parameters.put("from", new Moment(first, false).time());
    parameters.put("to", end.time());
    parameters.put("most", MOST);
    switch (scope) {
      case Scope.Fleet fleet -> {}
      case Scope.Group group -> parameters.put("group", group.path());
      case Scope.Host host -> parameters.put("host", host.id());
    }
    Sums sums = new Sums();
    jdbc.sql(SQL.replace("{members}", members(scope)))
        .params(parameters)
        .query(
            row -> {
              sums.add(
                  Rows.instant(row, "step"),
                  DataKind.valueOf(row.getString("kind")),
                  CoverageState.valueOf(row.getString("state")),
                  new CoverageTotals.Amount(
                      row.getLong("n"),
                      row.getLong("bytes"),
                      row.getLong("n") - row.getLong("sized")));
            });
    return sums.entries(first);
  }

  private Instant firstKept(Moment end) {
    return jdbc.sql("select coalesce(min(valid_from), :to) first from kept_data")
        .param("to", end.time())
        .query((row, n) -> Rows.instant(row, "first"))
        .single();
  }

  private static String members(Scope scope) {
    return switch (scope) {
      case Scope.Fleet fleet -> "not hh.decommissioned";
      case Scope.Group group ->
          "not hh.decommissioned and (lower(hh.group_path) = lower(:group)"
              + " or starts_with(lower(hh.group_path), lower(:group) || '/'))";
      case Scope.Host host -> "hh.host_id = :host";
    };
  }

  private static final String SQL =
      """
      with member as (
        select hh.host_id, range_agg(tstzrange(hh.valid_from, hh.valid_to)) spans
        from host_history hh
        where {members} and hh.valid_from < :to and hh.valid_to > :from
        group by hh.host_id
      ), known as (
        select c.data_id, c.host_id, c.kind, c.state, c.turns_at, c.turns_to,
          greatest(c.valid_from, c.known_from, :from) lo, least(c.valid_to, c.known_to, :to) hi
        from coverage c
        where c.host_id in (select host_id from member)
          and c.valid_to > :from and c.known_to > :from and c.valid_from < :to
          and c.known_from < :to
      ), seen as (
        select data_id, host_id, kind, state, tstzrange(lo, least(hi, turns_at)) span from known
        where lo < least(hi, turns_at)
        union all
        select data_id, host_id, kind, turns_to, tstzrange(greatest(lo, turns_at), hi) from known
        where greatest(lo, turns_at) < hi
      ), blind as (
        select host_id, kind, range_agg(span) spans from (
          select b.host_id, k.kind, tstzrange(b.valid_from, b.valid_to) span
          from host_blindness b
          join (values ('VOLUME', 'volume'), ('DIRECTORY', 'container'), ('LAYER', 'container'),
            ('SWARM', 'engine')) k (kind, list) on b.scope in ('stale', k.list)
          where b.valid_to > :from and b.valid_from < :to
          union all
          select host_id, kind, tstzrange(since, null)
          from unnest(:unreadHosts, :unreadKinds, :unreadSince) unread (host_id, kind, since)) b
        group by host_id, kind
      ), told as (
        select s.data_id, s.kind, s.host_id, s.state, t.span
        from seen s join member m on m.host_id = s.host_id
        left join blind b on b.host_id = s.host_id and b.kind = s.kind
        cross join lateral unnest(case when b.spans is null
          then tstzmultirange(s.span) * m.spans
          else tstzmultirange(s.span) * m.spans - b.spans end) t (span)
        union all
        select s.data_id, s.kind, s.host_id, 'UNKNOWN', t.span
        from seen s join member m on m.host_id = s.host_id
        join blind b on b.host_id = s.host_id and b.kind = s.kind
        cross join lateral unnest(tstzmultirange(s.span) * m.spans * b.spans) t (span)
      ), sized as (
        select t.kind, t.state, t.span * tstzrange(z.valid_from, z.valid_to) span, z.bytes
        from told t
        join kept_data d on d.id = t.data_id
        left join subject layer on layer.id = d.subject_id and d.kind = 'LAYER'
        join data_size z on z.host_id = d.host_id and z.kind = d.kind
          and z.key = coalesce(layer.docker_id, d.name)
          and z.valid_from < upper(t.span) and z.valid_to > lower(t.span)
      ), event as (
        select lower(span) at, kind, state, 1 n, 0 bytes, 0 sized from told
        union all
        select upper(span), kind, state, -1, 0, 0 from told where upper(span) < :to
        union all
        select lower(span), kind, state, 0, bytes, 1 from sized
        union all
        select upper(span), kind, state, 0, -bytes, -1 from sized where upper(span) < :to
      ), delta as materialized (
        select at, kind, state, sum(n) n, sum(bytes) bytes, sum(sized) sized from event
        group by at, kind, state
        having sum(n) <> 0 or sum(bytes) <> 0 or sum(sized) <> 0
      ), instant as (
        select at, count(*) over () changes,
          -- The first entry is how things stood at the beginning
          case when at = :from then 0 else 1 + floor((:most - 1) * extract(epoch from at - begun)
            / extract(epoch from :to - begun)) end stretch
        from (select at, min(at) filter (where at > :from) over () begun
          from (select distinct at from delta) told) each
      ), step as (
        select at, case when changes <= :most then at
          else max(at) over (partition by stretch) end step
        from instant)
      select step.step, delta.kind, delta.state, sum(delta.n) n, sum(delta.bytes) bytes,
        sum(delta.sized) sized
      from delta join step on step.at = delta.at
      group by step.step, delta.kind, delta.state
      order by step.step
      """;

  /** Adds changes up to what holds from each step on. */
  private static final class Sums {
    private final List<CoverageTotals> entries = new ArrayList<>();
    private final Map<DataKind, Map<CoverageState, CoverageTotals.Amount>> now =
        new EnumMap<>(DataKind.class);
    private Instant at = Instant.MIN;

    void add(Instant step, DataKind kind, CoverageState state, CoverageTotals.Amount change) {
      if (!step.equals(at)) {
        end();
        at = step;
      }
      Map<CoverageState, CoverageTotals.Amount> states =
          now.computeIfAbsent(kind, added -> new EnumMap<>(CoverageState.class));
      CoverageTotals.Amount sum =
          states.getOrDefault(state, CoverageTotals.Amount.NONE).plus(change);
      if (sum.count() == 0) {
        states.remove(state);
      } else {
        states.put(state, sum);
      }
      if (states.isEmpty()) {
        now.remove(kind);
      }
    }

    private void end() {
      if (!at.equals(Instant.MIN)) {
        entries.add(CoverageTotals.of(at, now, null));
      }
    }

    List<CoverageTotals> entries(Instant first) {
      end();
      if (entries.isEmpty() || entries.getFirst().at().isAfter(first)) {
        entries.addFirst(new CoverageTotals(first, Map.of(), null));
      }
      return List.copyOf(entries);
    }
  }
}
