package dev.plimsoll.invariants;

import java.util.List;
import java.util.function.Consumer;

/** What decides past answers was always something, from its beginning to its end. */
final class HistoryWithoutHoles implements Invariant {
  private static final List<IntervalsApart.Line> UNBROKEN =
      List.of(
          new IntervalsApart.Line("host_history", "host_id", "host_id"),
          new IntervalsApart.Line("kept_data_use", "data_id", "host_id"),
          new IntervalsApart.Line("backup_policy", "id", null),
          new IntervalsApart.Line("own_check", "id", null),
          new IntervalsApart.Line("declaration", "id", null),
          new IntervalsApart.Line("support_table", "true", null));

  @Override
  public String promise() {
    return "The history of hosts, policies, declarations and checks has no holes";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    long rows = 0;
    for (IntervalsApart.Line line : UNBROKEN) {
      rows += database.count("select count(*) from " + line.table() + " x where " + line.ofHost());
      database.each(
          line.table(),
          """
          select %1$s, format('nothing holds from %%s to %%s', ended, valid_from)
          from (select x.*, lag(valid_to) over (partition by %4$s order by valid_from) ended
                from %2$s x where %3$s) y
          where ended < valid_from
          """
              .formatted(line.words(), line.table(), line.ofHost(), line.key()),
          violations);
    }
    database.each(
        "host_history",
        "select format('host %s', h.id), 'nothing says what the host is now' from host h where "
            + Examined.ofHost("h.id")
            + " and not exists (select 1 from host_history x where x.host_id = h.id"
            + " and x.valid_to = 'infinity')",
        violations);
    database.each(
        "kept_data_use",
        """
        select format('data %s', d.id), format('its use is told from %s to %s, and it was kept from %s to %s',
          u.since, u.until, d.valid_from, d.valid_to)
        from kept_data d join (select data_id, min(valid_from) since, max(valid_to) until
          from kept_data_use group by data_id) u on u.data_id = d.id
        where u.since >= :horizon
          and (u.since <> d.valid_from or u.until <> d.valid_to) and
        """
            + Examined.ofHost("d.host_id"),
        violations);
    return rows;
  }
}
