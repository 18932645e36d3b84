package dev.plimsoll.invariants;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Of no thing do two rows hold at once; so at most one of its rows is open. */
final class IntervalsApart implements Invariant {
  @Override
  public String promise() {
    return "Intervals of one thing do not overlap, and at most one of them is open";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    long rows = 0;
    for (Line line : Line.ALL) {
      rows += database.count("select count(*) from " + line.table() + " x where " + line.ofHost());
      database.each(
          line.table(),
          """
          select %1$s, format('it begins at %%s, before the one from %%s ends at %%s',
            valid_from, earlier, ended)
          from (select x.*, lag(valid_to) over w ended, lag(valid_from) over w earlier
                from %2$s x where %3$s
                window w as (partition by %4$s order by valid_from, valid_to)) y
          where ended > valid_from
          """
              .formatted(line.words(), line.table(), line.ofHost(), line.key()),
          violations);
    }
    return rows;
  }

  /**
   * A table of intervals.
   *
   * @param key columns that say what the interval is of
   * @param hostColumn null where the rows are no host's
   */
  record Line(String table, String key, @Nullable String hostColumn) {
    static final List<Line> ALL =
        List.of(
            new Line("state", "subject_id", "host_id"),
            new Line("judgement", "subject_id", "host_id"),
            new Line("verdict", "subject_id, check_id", "host_id"),
            new Line("host_blindness", "host_id, scope", "host_id"),
            new Line("host_history", "host_id", "host_id"),
            new Line("kept_data", "host_id, kind, name", "host_id"),
            new Line("kept_data_use", "data_id", "host_id"),
            new Line("backup_promise", "data_id", "host_id"),
            new Line("data_size", "host_id, kind, key", "host_id"),
            new Line("backup_policy", "id", null),
            new Line("backup_source_blindness", "source_id", null),
            new Line("profile_assignment", "coalesce(group_id, 0), lower(environment)", null),
            new Line("own_check", "id", null),
            new Line("declaration", "id", null),
            new Line("support_table", "true", null));

    /** SQL that puts the key in words. */
    String words() {
      return "concat_ws(' ', %s)".formatted(key);
    }

    String ofHost() {
      return hostColumn == null ? "cast(:host as bigint) is null" : Examined.ofHost(hostColumn);
    }
  }
}
