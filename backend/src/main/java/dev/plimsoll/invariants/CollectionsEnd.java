package dev.plimsoll.invariants;

import java.util.function.Consumer;

/** What a process began and did not end is ended by another. */
final class CollectionsEnd implements Invariant {
  /** Longest time for a collection, and for the next run of the host to notice. */
  private static final String LONGEST = "interval '15 minutes'";

  @Override
  public String promise() {
    return "No collection is stuck, and none ended before it began";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    database.each(
        "collection",
        """
        select format('%s of host %s', c.id, c.host_id),
          format('it runs since %s in %s, and nothing is at work on it', c.started_at,
            nullif(c.worker, ''))
        from collection c where c.outcome = 'RUNNING' and c.worker <> ''
          and c.started_at < now() -
        """
            + LONGEST
            + """
               and not exists (select 1 from scheduled_tasks t where t.task_name = 'collect-host'
                 and t.task_instance = c.host_id::text and t.picked
                 and t.last_heartbeat > now() -
              """
            + LONGEST
            + ") and "
            + Examined.ofHost("c.host_id"),
        violations);
    database.each(
        "collection",
        """
        select format('host %s', c.host_id), format('%s collections are at work on it at once', count(*))
        from collection c where c.outcome = 'RUNNING' and c.worker <> '' and
        """
            + Examined.ofHost("c.host_id")
            + " group by c.host_id having count(*) > 1",
        violations);
    database.each(
        "collection",
        "select format('%s of host %s', c.id, c.host_id), format("
            + "'it ended at %s and began at %s', c.finished_at, c.started_at)"
            + " from collection c where c.finished_at < c.started_at and "
            + Examined.ofHost("c.host_id"),
        violations);
    return database.count(
        "select count(*) from collection c where " + Examined.ofHost("c.host_id"));
  }
}
