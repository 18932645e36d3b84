package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.backup.coverage.Policy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kept data with how it stands, as of an instant and as far as was known at another. */
final class CoverageSelect {
  static final RowMapper<CoverageRow> ROW = (row, n) -> row(row);

  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * The condition that record {@code r} speaks of data {@code d}, in the incarnation that it is.
   */
  static final String OF_DATA =
      "r.host_id = d.host_id and r.kind = d.kind and r.name = any (backup_answers(d.kind, d.name))"
          + " and r.started_at >= d.records_from";

  private CoverageSelect() {}

  /**
   * The joins behind {@code kept_data d} that tell how it stands: {@code hh}, {@code c}, {@code p}
   * and {@code own.state}, {@code own.reason}, {@code own.since}, how it stands if it is seen, and
   * {@code unread}.
   */
  static String standing(Known known) {
    Moment moment = known.moment();
    return """
        join host_history hh on hh.host_id = d.host_id and %s
        join coverage c on c.data_id = d.id and %s
        left join backup_promise p on p.data_id = d.id and %s
        %s
        cross join lateral (
          select case when c.turns_at <= :at then c.turns_to else c.state end state,
            case when c.turns_at <= :at then c.turn_reason else c.reason end reason,
            case when c.turns_at <= :at then c.turns_at else c.valid_from end since) own
        """
        .formatted(moment.holds("hh"), known.covers("c"), moment.holds("p"), UnreadData.JOIN);
  }

  /** The joins that tell the size: {@code z.bytes}, {@code z.valid_from}. */
  static String size(Moment moment) {
    return """
        left join subject layer on layer.id = d.subject_id and d.kind = 'LAYER'
        left join data_size z on z.host_id = d.host_id and z.kind = d.kind
          and z.key = coalesce(layer.docker_id, d.name) and %s
        """
        .formatted(moment.holds("z"));
  }

  /**
   * The joins that tell the newest backup that counts, {@code good}: off the host where the policy
   * wants that and there is one.
   */
  static String good() {
    return goodIf("true");
  }

  /** The same, looked up only where a condition holds. */
  static String goodIf(String condition) {
    return newest(
            "counting",
            GOOD,
            condition,
            "(r.target_type <> 'LOCAL' or not coalesce(p.off_host, false))")
        + newest("other", GOOD, condition, "counting.id is null")
        + """
        cross join lateral (
          select coalesce(counting.id, other.id) id,
            coalesce(counting.started_at, other.started_at) started_at,
            coalesce(counting.finished_at, other.finished_at) finished_at,
            coalesce(counting.source, other.source) source,
            case when counting.id is null then other.snapshot_id else counting.snapshot_id end
              snapshot_id,
            case when counting.id is null then other.bytes else counting.bytes end bytes,
            case when counting.id is null then other.off_host else counting.off_host end off_host)
          good
        """;
  }

  /**
   * A join that tells the newest record of data {@code d} by then.
   *
   * @param alias its name: the record, with {@code off_host}, null where that was not reported
   * @param conditions on {@code backup_record r}
   */
  static String newest(String alias, String... conditions) {
    return """
        left join lateral (
          select r.* from unnest(backup_answers(d.kind, d.name)) answer (name)
          cross join lateral (
            select r.*, r.target_type <> 'LOCAL' off_host from backup_record r
            where r.host_id = d.host_id and r.kind = d.kind and r.name = answer.name
              and r.started_at >= d.records_from and not r.ahead and %s and %s
            order by r.started_at desc limit 1) r
          order by r.started_at desc limit 1) %s on true
        """
        .formatted(Known.tells("r"), String.join(" and ", conditions), alias);
  }

  /** It succeeded, saved something unless there is nothing, is there, and can be restored. */
  static final String GOOD =
      """
      r.type = 'BACKUP' and r.outcome = 'SUCCEEDED' and r.gone_at > :at
        and (r.bytes is distinct from 0 or exists (
          select 1 from data_size nothing
          where nothing.host_id = r.host_id and nothing.kind = r.kind and nothing.key = r.name
            and nothing.valid_to = 'infinity' and nothing.bytes = 0))
        and coalesce((
          select t.outcome from backup_record t
          where t.host_id = r.host_id and t.kind = r.kind and t.name = r.name
            and t.type = 'RESTORE_TEST' and t.snapshot_id = r.snapshot_id and t.source = r.source
            and {tells}
          order by t.finished_at desc, t.id desc limit 1), '') <> 'FAILED'
        and not exists (
          select 1 from backup_source_blindness damage
          where damage.source_id = r.source_id and damage.category = 'DAMAGED'
            and damage.valid_from <= :at and damage.valid_to > :at)
      """
          .replace("{tells}", Known.tells("t"));

  /**
   * The select; it takes parameters {@code at}, {@code known} and those of {@link UnreadData}.
   *
   * @param further joins that sorting or filtering needs
   * @param extra columns of these, each with a comma before it
   * @param conditions on {@code d}, {@code hh}, {@code u}, {@code p}, {@code s.state} and the
   *     further joins
   */
  static String sql(Known known, String further, String extra, String conditions) {
    return """
        select d.id, d.kind, d.name, lower(d.name) name_key, d.subject_id, d.host_id,
          hh.name host_name, lower(hh.name) host_key, hh.group_path,
          u.shape, u.project, u.users, u.intents,
          p.policy_id, p.policy, p.rpo_seconds, p.restore_test_seconds, p.off_host wants_off_host,
          case when coalesce(p.exempt_until, 'infinity') > :at then p.exempt_by end exempt_by,
          p.exempt_reason, p.exempt_approver, nullif(p.exempt_until, 'infinity') exempt_until,
          s.state, s.urgency, s.reason, s.since, s.seen_state,
          case when unread.host_id is null and c.turns_at > :at
            then nullif(c.turns_at, 'infinity') end turns_at,
          c.turns_to%s
        from kept_data d
        join kept_data_use u on u.data_id = d.id and %s
        %s
        cross join lateral (
          select case when unread.host_id is null then own.state else 'UNKNOWN' end state,
            case when unread.host_id is null then own.reason else 'HOST_UNREAD' end reason,
            greatest(own.since, unread.since) since,
            case when unread.host_id is not null then own.state end seen_state,
            case case when unread.host_id is null then own.state else 'UNKNOWN' end
              when 'FAILED' then 0 when 'UNPROTECTED' then 1 when 'LATE' then 2
              when 'UNKNOWN' then 3 when 'EXEMPT' then 4 else 5 end urgency) s
        %s
        """
            .formatted(extra, known.moment().holds("u"), standing(known), further)
        + conditions;
  }

  /** What the sort and the filters of a query need beyond the standing. */
  static String further(CoverageQuery query, Moment moment) {
    return (query.sort() == CoverageQuery.Sort.LAST_SUCCESS || query.offHost() != null
            ? good()
            : "")
        + (query.sort() == CoverageQuery.Sort.BYTES ? size(moment) : "");
  }

  /** Columns of the same. */
  static String extra(CoverageQuery query) {
    return switch (query.sort()) {
      case LAST_SUCCESS -> ", good.finished_at last_success";
      case BYTES -> ", z.bytes";
      default -> "";
    };
  }

  static KeyOrder order(CoverageQuery query) {
    KeyColumn id = KeyColumn.id("id");
    KeyColumn urgency = KeyColumn.of("urgency", KeyColumn.Type.NUMBER, false);
    KeyColumn host = KeyColumn.of("host_key", KeyColumn.Type.TEXT, false);
    KeyColumn name = KeyColumn.of("name_key", KeyColumn.Type.TEXT, false);
    boolean descending = query.descending();
    return switch (query.sort()) {
      case STATE ->
          KeyOrder.of(KeyColumn.of("urgency", KeyColumn.Type.NUMBER, descending), host, name, id);
      case NAME -> KeyOrder.of(KeyColumn.of("name_key", KeyColumn.Type.TEXT, descending), host, id);
      case HOST ->
          KeyOrder.of(KeyColumn.of("host_key", KeyColumn.Type.TEXT, descending), urgency, name, id);
      case LAST_SUCCESS ->
          KeyOrder.of(KeyColumn.nullable("last_success", KeyColumn.Type.INSTANT, descending), id);
      case BYTES -> KeyOrder.of(KeyColumn.nullable("bytes", KeyColumn.Type.NUMBER, descending), id);
    };
  }

  /** A row without what its records and sizes tell. */
  private static CoverageRow row(ResultSet row) throws SQLException {
    String seenState = row.getString("seen_state");
    String turnsTo = row.getString("turns_to");
    var turnsAt = Rows.instantOrNull(row, "turns_at");
    return new CoverageRow(
        row.getLong("id"),
        Rows.longOrNull(row, "subject_id"),
        DataKind.valueOf(row.getString("kind")),
        DataShape.valueOf(row.getString("shape")),
        row.getString("name"),
        new HostRef(row.getLong("host_id"), row.getString("host_name")),
        row.getString("group_path"),
        row.getString("project"),
        CoverageState.valueOf(row.getString("state")),
        CoverageReason.valueOf(row.getString("reason")),
        Rows.instant(row, "since"),
        turnsAt,
        turnsAt == null ? null : CoverageState.valueOf(turnsTo),
        promised(row),
        exemption(row),
        seenState == null ? null : CoverageState.valueOf(seenState),
        CoverageRow.Backups.NONE,
        null,
        null,
        users(row.getString("users")),
        intents(row.getString("intents")));
  }

  private static CoverageRow.@Nullable Promised promised(ResultSet row) throws SQLException {
    String policy = row.getString("policy");
    return policy == null
        ? null
        : new CoverageRow.Promised(
            Rows.longOrNull(row, "policy_id"),
            policy,
            Rows.longOrNull(row, "rpo_seconds"),
            Rows.longOrNull(row, "restore_test_seconds"),
            row.getBoolean("wants_off_host"));
  }

  private static Policy.@Nullable Exemption exemption(ResultSet row) throws SQLException {
    String by = row.getString("exempt_by");
    String reason = row.getString("exempt_reason");
    return by == null || reason == null
        ? null
        : new Policy.Exemption(
            by, reason, row.getString("exempt_approver"), Rows.instantOrNull(row, "exempt_until"));
  }

  /** Users as the table holds them. */
  static List<KeptData.User> users(String json) {
    return elements(json)
        .map(
            user ->
                new KeptData.User(
                    user.path("container").asString(""),
                    user.path("dockerId").asString(""),
                    user.path("running").asBoolean(false),
                    user.path("writes").asBoolean(false),
                    user.path("path").asString(""),
                    user.path("through").isString() ? user.path("through").stringValue() : null,
                    user.path("dataContainer").asBoolean(false)))
        .toList();
  }

  private static List<KeptData.Intent> intents(String json) {
    return elements(json)
        .map(
            intent ->
                new KeptData.Intent(
                    intent.path("label").asString(""),
                    intent.path("value").asString(""),
                    intent.path("on").asString("")))
        .toList();
  }

  private static java.util.stream.Stream<JsonNode> elements(String json) {
    return StreamSupport.stream(MAPPER.readTree(json).values().spliterator(), false);
  }
}
