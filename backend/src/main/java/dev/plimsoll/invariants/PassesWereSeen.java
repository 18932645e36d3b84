package dev.plimsoll.invariants;

import java.util.function.Consumer;

/** Unknown is never a pass. */
final class PassesWereSeen implements Invariant {
  @Override
  public String promise() {
    return "Nothing passes that was not seen, and a stale host scores 0, grade U";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    database.each(
        "judgement",
        """
        select format('%s of subject %s from %s', j.kind, j.subject_id, j.valid_from),
          format('a check passes (%s), and what it judges could not be read: %s', j.outcomes,
            coalesce(s.problem->>'detail', 'no reason is stored'))
        from judgement j join state s on s.subject_id = j.subject_id
          and s.valid_from < j.valid_to and s.valid_to > j.valid_from
        where s.document is null and j.outcomes ~ 'P' and
        """
            + Examined.ofHost("j.host_id"),
        violations);
    database.each(
        "score",
        """
        select format('host %s', b.host_id),
          format('it is stale from %s on, and its score says %s, grade %s', b.valid_from,
            coalesce(s.score::text, 'nothing'), coalesce(s.grade, 'none'))
        from host_blindness b left join lateral (select * from score
          where scope = 'HOST' and scope_id = b.host_id and at <= b.valid_from
          order by at desc limit 1) s on true
        where b.scope = 'stale' and b.valid_to = 'infinity' and (s.score is distinct from 0 or s.grade is distinct from 'U')
          and
        """
            + Examined.ofHost("b.host_id"),
        violations);
    return database.count("select count(*) from judgement j where " + Examined.ofHost("j.host_id"));
  }
}
