package dev.plimsoll.invariants;

import java.util.List;
import java.util.function.Consumer;

/** Partitioned tables carry no foreign keys; what they would guard is checked here. */
final class RowsBelongTogether implements Invariant {
  @Override
  public String promise() {
    return "Every row belongs to a subject and a host that exist, and to a collection that read it";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    long rows = 0;
    for (String table : List.of("state", "judgement", "verdict")) {
      rows +=
          database.count(
              "select count(*) from " + table + " x where " + Examined.ofHost("x.host_id"));
      database.each(
          table,
          """
          select format('%%s of subject %%s from %%s', x.kind, x.subject_id, x.valid_from),
            case when b.id is null then 'there is no such subject'
              else format('the subject is a %%s of host %%s, and this says host %%s', b.kind,
                b.host_id, x.host_id) end
          from %s x left join subject b on b.id = x.subject_id
          where (b.id is null or b.host_id <> x.host_id or b.kind <> x.kind) and %s
          """
              .formatted(table, Examined.ofHost("x.host_id")),
          violations);
    }
    database.each(
        "subject",
        "select format('%s %s', x.kind, x.id), format('there is no host %s', x.host_id)"
            + " from subject x where not exists (select 1 from host h where h.id = x.host_id) and "
            + Examined.ofHost("x.host_id"),
        violations);
    database.each(
        "state",
        """
        select format('%s of subject %s from %s', x.kind, x.subject_id, x.valid_from),
          format('collection %s opened it, and its outcome is %s', c.id, c.outcome)
        from state x join collection c on c.id = x.collection_id
        where x.valid_to = 'infinity' and c.outcome not in ('SUCCEEDED', 'PARTIAL') and
        """
            + Examined.ofHost("x.host_id"),
        violations);
    return rows;
  }
}
