package dev.plimsoll.invariants;

import java.util.function.Consumer;

/** A subject that could not be looked for is not gone. */
final class StatesEndForAReason implements Invariant {
  @Override
  public String promise() {
    return "A subject ends only while its list could be read, or with its engine";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    String ended =
        """
        from state s where s.valid_to >= :horizon and s.valid_to < 'infinity'
          and not exists (select 1 from state n
            where n.subject_id = s.subject_id and n.valid_from = s.valid_to) and
        """
            + Examined.ofHost("s.host_id");
    database.each(
        "state",
        "select format('%s of subject %s', s.kind, s.subject_id), format("
            + "'it ends at %s, while the list of its kind could not be read', s.valid_to) "
            + ended
            + """
               and exists (select 1 from host_blindness b where b.host_id = s.host_id
                 and b.scope in ('stale', s.kind)
                 and b.valid_from <= s.valid_to and b.valid_to > s.valid_to)
               and not exists (select 1 from state e where e.host_id = s.host_id
                 and e.kind = 'engine' and e.valid_from = s.valid_to)
              """,
        violations);
    return database.count("select count(*) " + ended);
  }
}
