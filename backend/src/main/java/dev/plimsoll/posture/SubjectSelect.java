package dev.plimsoll.posture;

import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.inventory.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** Subjects as of an instant with the state they are in or were last in. */
final class SubjectSelect {
  static final RowMapper<Found> FOUND = (row, n) -> found(row);

  private SubjectSelect() {}

  /**
   * The select: {@code subject b}, {@code state s} that it is in, {@code state l} that it was in
   * last where it is gone, {@code host_history hh}.
   *
   * @param conditions on these
   */
  static String sql(Moment moment, SubjectQuery query, Conditions conditions) {
    return """
        select b.id, b.kind, b.docker_id, coalesce(s.name, l.name, b.name) name, %s name_key,
          b.host_id, hh.name host_name, b.first_seen,
          s.subject_id is not null seen, s.document, s.observation, s.problem,
          l.valid_to gone_at%s
        from subject b
        join host_history hh on hh.host_id = b.host_id and %s
        left join state s on s.subject_id = b.id and %s
        left join lateral (
          select p.name, p.valid_to from state p
          where s.subject_id is null and p.subject_id = b.id and p.valid_from <= :at
          order by p.valid_from desc limit 1) l on true
        """
            .formatted(nameKey(query), worst(moment, query), moment.holds("hh"), moment.holds("s"))
        + conditions.where();
  }

  /**
   * One host's subjects go by the name they had then. Those of the fleet go by their newest one,
   * which an index keeps in order.
   */
  private static String nameKey(SubjectQuery query) {
    return query.hostId() == null ? "b.name" : "coalesce(s.name, l.name, b.name)";
  }

  private static String worst(Moment moment, SubjectQuery query) {
    return query.sort() == SubjectQuery.Sort.WORST
        ? """
          , coalesce((
            select max(v.severity) from verdict v
            where v.subject_id = b.id and v.outcome = 'FAIL' and not v.advisory and %s), 0) worst
          """
            .formatted(moment.holds("v"))
        : "";
  }

  static KeyOrder order(SubjectQuery query) {
    KeyColumn id = KeyColumn.id("id");
    boolean descending = query.descending();
    return switch (query.sort()) {
      case NAME -> KeyOrder.of(KeyColumn.of("name_key", KeyColumn.Type.TEXT, descending), id);
      case WORST ->
          KeyOrder.of(
              KeyColumn.of("worst", KeyColumn.Type.NUMBER, descending),
              KeyColumn.of("name_key", KeyColumn.Type.TEXT, false),
              id);
      case FIRST_SEEN ->
          KeyOrder.of(KeyColumn.of("first_seen", KeyColumn.Type.INSTANT, descending), id);
    };
  }

  private static Found found(ResultSet row) throws SQLException {
    byte[] document = row.getBytes("document");
    byte[] observation = row.getBytes("observation");
    return new Found(
        row.getLong("id"),
        SubjectKind.of(row.getString("kind")),
        row.getString("name"),
        row.getString("docker_id"),
        new HostRef(row.getLong("host_id"), row.getString("host_name")),
        Rows.instant(row, "first_seen"),
        row.getBoolean("seen"),
        document == null ? null : Sha256.stored(document),
        observation == null ? null : Sha256.stored(observation),
        Rows.instantOrNull(row, "gone_at"));
  }

  /**
   * What the select found of a subject.
   *
   * @param there whether a state of it lasts
   * @param goneAt when its last state ended, if none lasts
   */
  record Found(
      long id,
      SubjectKind kind,
      String name,
      String dockerId,
      HostRef host,
      Instant firstSeen,
      boolean there,
      @Nullable Sha256 document,
      @Nullable Sha256 observation,
      @Nullable Instant goneAt) {}
}
