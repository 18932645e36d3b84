package dev.plimsoll.invariants;

import java.util.function.Consumer;

/** The same evidence again is no more evidence. What people report is theirs to tell apart. */
final class RecordsOnce implements Invariant {
  @Override
  public String promise() {
    return "No backup, restore test or heartbeat is recorded twice";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    database.each(
        "backup_record",
        """
        select format('%s of %s %s of host %s by %s', type, kind, name, host_id, source),
          format('%s records tell of %s', count(*), coalesce('snapshot ' || snapshot_id,
            'what ended at ' || finished_at))
        from backup_record where gone_at = 'infinity' and source_id is not null and
        """
            + Examined.ofHost("host_id")
            + """
               group by host_id, kind, name, type, source_id, source, snapshot_id, started_at,
                 finished_at, outcome
               having count(*) > 1
              """,
        violations);
    return database.count("select count(*) from backup_record where " + Examined.ofHost("host_id"));
  }
}
