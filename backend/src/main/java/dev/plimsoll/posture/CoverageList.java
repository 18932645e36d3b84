package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** How the data that hosts keep stands: whether it would survive the loss of its host. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class CoverageList {
  private static final int MOST_SPANS = 2000;
  private static final int MOST_OF_SUBJECT = 200;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final BlindHosts blindHosts;
  private final CoverageRows rows;

  CoverageList(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      BlindHosts blindHosts,
      CoverageRows rows) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.blindHosts = blindHosts;
    this.rows = rows;
  }

  /**
   * Data that matches, paged by key.
   *
   * @throws dev.plimsoll.fleet.InvalidInput if {@code knownAt} lies before {@code asOf} or ahead
   */
  public Page<CoverageRow> list(CoverageQuery query, PageRequest page) {
    Listing<CoverageQuery> listing =
        Listing.of("coverage", query, CoverageQuery.ALL, query.asOf(), page, clock);
    CoverageQuery asked = listing.query();
    Moment moment = listing.moment();
    Known known = Known.of(moment, asked.knownAt(), clock);
    Conditions conditions = conditions(asked, moment);
    KeyedSelect select =
        new KeyedSelect(
            CoverageSelect.sql(
                known,
                CoverageSelect.further(asked, moment),
                CoverageSelect.extra(asked),
                conditions.where()),
            parameters(known, conditions, asked.hostId()),
            CoverageSelect.order(asked));
    Page<CoverageRow> found = select.page(jdbc, listing, page, CoverageSelect.ROW);
    return found.with(rows.complete(found.items(), known));
  }

  /** One kept data; empty if it was not kept then. */
  public Optional<CoverageRow> get(long dataId, @Nullable Instant asOf, @Nullable Instant knownAt) {
    Known known = Known.of(asOf, knownAt, clock);
    return select(known, "d.id = :data", "data", dataId).stream().findFirst();
  }

  /**
   * What a subject keeps, then what it uses: a volume is itself; a container is its own layer and
   * the volumes and directories that it mounts. At most 200.
   */
  public List<CoverageRow> ofSubject(long subjectId, @Nullable Instant asOf) {
    return select(
        Known.of(asOf, null, clock),
        """
        d.host_id = (select host_id from subject where id = :subject) and (
          d.subject_id = :subject
          or exists (
            select 1 from json_array_elements(u.users) user_of, subject b
            where b.id = :subject and b.kind = 'container'
              and user_of ->> 'dockerId' = b.docker_id))
        """,
        "subject",
        subjectId);
  }

  /**
   * How data stood in [from, to), oldest first, at most 2000 spans, as far as is known at an
   * instant: late evidence counts for when it speaks of. Nothing is told of when it was not kept.
   *
   * @param from null for the beginning
   * @param to not in the future; null for now
   * @param knownAt null for now
   */
  public List<CoverageSpan> history(
      long dataId, @Nullable Instant from, @Nullable Instant to, @Nullable Instant knownAt) {
    Moment end = Moment.of(to, clock);
    Known known = Known.of(end, knownAt == null ? Moment.of(null, clock).at() : knownAt, clock);
    Optional<Owner> owner = owner(dataId);
    if (owner.isEmpty()) {
      return List.of();
    }
    Blindness.Cause unread =
        blindHosts
            .at(end, List.of(owner.get().hostId()))
            .getOrDefault(owner.get().hostId(), Blindness.NONE)
            .cause(UnreadData.listOf(owner.get().kind()));
    return jdbc.sql(
            """
            with seen as (
              select tstzrange(c.valid_from, least(c.valid_to, c.turns_at)) span, c.state, c.reason
              from coverage c
              where c.data_id = :data and c.known_from <= :known and c.known_to > :known
              union all
              select tstzrange(c.turns_at, c.valid_to), c.turns_to, c.turn_reason
              from coverage c
              where c.data_id = :data and c.known_from <= :known and c.known_to > :known
                and c.turns_at < c.valid_to
            ), unread as (
              select coalesce(range_agg(span), '{}') spans from (
                select tstzrange(valid_from, valid_to) span from host_blindness
                where host_id = :host and scope in ('stale', :list)
                union all
                select tstzrange(cast(:unreadSince as timestamptz), null)
                where cast(:unreadSince as timestamptz) is not null) blind
            ), spans as (
              select unnest(tstzmultirange(seen.span) - unread.spans) span, state, reason
              from seen, unread
              union all
              select unnest(tstzmultirange(seen.span) * unread.spans), 'UNKNOWN', 'HOST_UNREAD'
              from seen, unread
            ), shown as (
              select span * tstzrange(cast(:from as timestamptz), :to) span, state, reason from spans)
            select lower(span) span_from, upper(span) span_to, state, reason from shown
            where not isempty(span) order by span_from limit :most
            """)
        .param("data", dataId)
        .param("host", owner.get().hostId())
        .param("list", UnreadData.listOf(owner.get().kind()).word())
        .param("known", known.time())
        .param("from", from == null ? null : Moment.of(from, clock).time())
        .param("to", end.time())
        .param("unreadSince", unread == null ? null : utc(unread.since()))
        .param("most", MOST_SPANS)
        .query(
            (row, n) ->
                new CoverageSpan(
                    Rows.instant(row, "span_from"),
                    Rows.instant(row, "span_to"),
                    CoverageState.valueOf(row.getString("state")),
                    CoverageReason.valueOf(row.getString("reason"))))
        .list();
  }

  private Optional<Owner> owner(long dataId) {
    return jdbc.sql("select host_id, kind from kept_data where id = :id")
        .param("id", dataId)
        .query(
            (row, n) -> new Owner(row.getLong("host_id"), DataKind.valueOf(row.getString("kind"))))
        .optional();
  }

  private record Owner(long hostId, DataKind kind) {}

  private List<CoverageRow> select(Known known, String condition, String parameter, long value) {
    Conditions conditions = new Conditions(known.moment()).and(condition, parameter, value);
    List<CoverageRow> found =
        jdbc.sql(
                CoverageSelect.sql(known, "", "", conditions.where())
                    + " order by urgency, name_key, id limit :most")
            .params(parameters(known, conditions, null))
            .param("most", MOST_OF_SUBJECT)
            .query(CoverageSelect.ROW)
            .list();
    return rows.complete(found, known);
  }

  private Map<String, Object> parameters(
      Known known, Conditions conditions, @Nullable Long hostId) {
    Map<String, Object> parameters =
        UnreadData.of(blindHosts.at(known.moment(), hostId == null ? null : List.of(hostId)))
            .parameters();
    parameters.putAll(conditions.parameters());
    parameters.put("known", known.time());
    return parameters;
  }

  private static Conditions conditions(CoverageQuery query, Moment moment) {
    Conditions conditions =
        new Conditions(moment)
            .andIf(query.hostId(), "d.host_id = :host", "host")
            .andSubtree(query.group(), "hh.group_path")
            .andText(
                "policy",
                query.policy(),
                "lower(p.policy) = lower(:policy) or cast(p.policy_id as text) = :policy"
                    + " or lower(p.exempt_by) = lower(:policy)",
                "policy")
            .andText(
                "q",
                query.text(),
                "strpos(lower(d.name), lower(:text)) > 0"
                    + " or strpos(lower(hh.name), lower(:text)) > 0"
                    + " or strpos(lower(p.policy), lower(:text)) > 0",
                "text");
    if (query.hostId() == null) {
      conditions.and("not hh.decommissioned");
    }
    if (!query.states().isEmpty()) {
      conditions.and(
          "s.state = any (:states)",
          "states",
          Rows.texts(query.states().stream().map(CoverageState::name).toList()));
    }
    if (!query.kinds().isEmpty()) {
      conditions.and(
          "d.kind = any (:kinds)",
          "kinds",
          Rows.texts(query.kinds().stream().map(DataKind::name).toList()));
    }
    if (query.orphaned() != null) {
      conditions.and(
          (query.orphaned() ? "" : "not ")
              + "(d.kind = 'VOLUME' and json_array_length(u.users) = 0)");
    }
    if (query.offHost() != null) {
      conditions.and(
          switch (query.offHost()) {
            case TRUE -> "good.off_host";
            case FALSE -> "not good.off_host";
            case UNKNOWN -> "good.off_host is null";
          });
    }
    return conditions;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
