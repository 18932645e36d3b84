package dev.plimsoll.invariants;

import java.util.function.Consumer;

/** What is known is judged, from its first instant to its last, and nothing else is. */
final class JudgementsFollowStates implements Invariant {
  /** No judgement moves while the list of its kind cannot be read. */
  private static final String BLIND =
      """
      exists (select 1 from host_blindness b where b.host_id = %1$s.host_id and b.scope = %1$s.kind
        and b.valid_from <= %1$s.%2$s and b.valid_to >= %1$s.%2$s)
      """;

  @Override
  public String promise() {
    return "Every subject is judged as long as it is known, without a hole";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    database.each(
        "judgement",
        """
        select format('%s of subject %s', s.kind, s.subject_id),
          format('nothing judges what was known from %s on', s.valid_from)
        from state s where s.valid_from >= :horizon and not exists (select 1 from judgement j
          where j.subject_id = s.subject_id
            and j.valid_from <= s.valid_from and j.valid_to > s.valid_from)
          and exists (select 1 from judgement k where k.kind = s.kind)
          and s.valid_from <= (select published_at from host_publication p
            where p.host_id = s.host_id)
          and
        """
            + Examined.ofHost("s.host_id")
            + " and not "
            + BLIND.formatted("s", "valid_from"),
        violations);
    database.each(
        "judgement",
        """
        select format('%s of subject %s', j.kind, j.subject_id),
          format('it judges from %s on, when the subject was not known', j.valid_from)
        from judgement j where j.valid_from >= :horizon and not exists (select 1 from state s
          where s.subject_id = j.subject_id
            and s.valid_from <= j.valid_from and s.valid_to > j.valid_from)
          and
        """
            + Examined.ofHost("j.host_id"),
        violations);
    database.each(
        "judgement",
        """
        select format('%s of subject %s', j.kind, j.subject_id),
          format('it ends at %s, when the subject was still known', j.valid_to)
        from judgement j where j.valid_to >= :horizon and j.valid_to < 'infinity'
          and not exists (select 1 from judgement n
            where n.subject_id = j.subject_id and n.valid_from = j.valid_to)
          and exists (select 1 from state s where s.subject_id = j.subject_id
            and s.valid_from <= j.valid_to and s.valid_to > j.valid_to)
          and
        """
            + Examined.ofHost("j.host_id"),
        violations);
    database.each(
        "judgement",
        """
        select format('%s of subject %s', j.kind, j.subject_id),
          format('it holds until %s, although the subject ended at %s', j.valid_to, s.valid_to)
        from judgement j join state s on s.subject_id = j.subject_id
          and s.valid_to > j.valid_from and s.valid_to < j.valid_to
        where s.valid_to >= :horizon and not exists (select 1 from state n
            where n.subject_id = s.subject_id and n.valid_from = s.valid_to)
          and
        """
            + Examined.ofHost("j.host_id")
            + " and not "
            + BLIND.formatted("s", "valid_to"),
        violations);
    return database.count("select count(*) from judgement j where " + Examined.ofHost("j.host_id"));
  }
}
