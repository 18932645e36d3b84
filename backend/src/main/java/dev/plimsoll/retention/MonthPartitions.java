package dev.plimsoll.retention;

import dev.plimsoll.permission.PortalItself;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes, fills and drops the partitions of months. Each of these needs a lock that readers would
 * queue behind; so it is asked for a moment only, and again later if somebody was reading.
 */
@Component
@PortalItself
public class MonthPartitions {
  private static final int AHEAD = 3;

  /** The longest that a reader can queue behind this. */
  private static final Duration MOMENT = Duration.ofMillis(50);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** With pauses that double: some three minutes in all. */
  private static final int ATTEMPTS = 40;

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DEADLOCK = "40P01";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  MonthPartitions(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** Makes the months to come, and this one; before anything is written. */
  public void ahead(Instant now) {
    for (MonthlyTable table : MonthlyTable.values()) {
      quickly(() -> make(table, now, AHEAD));
    }
  }

  /**
   * Moves what lies in no month into its own, or deletes it where that is not kept any more.
   *
   * @return how many rows lay in none
   */
  long settle(Retention.Kept kept) {
    long settled = 0;
    for (MonthlyTable table : MonthlyTable.values()) {
      String column = table.column();
      String rest = table.table() + "_rest";
      settled +=
          jdbc.sql("delete from " + rest + " where " + column + " < ?")
              .param(time(table.keptFrom(kept)))
              .update();
      List<Month> months =
          jdbc.sql(
                  "select date_trunc('month', %s, 'UTC') as month, count(*) as rows from %s group by 1"
                      .formatted(column, rest))
              .query(
                  (row, n) ->
                      new Month(
                          row.getObject("month", OffsetDateTime.class).toInstant(),
                          row.getLong("rows")))
              .list();
      for (Month month : months) {
        quickly(() -> make(table, month.begin(), 1));
        settled += month.rows();
      }
    }
    return settled;
  }

  /**
   * Drops the months that are not kept any more, oldest first.
   *
   * @return names of the partitions that went
   */
  List<String> drop(Retention.Kept kept) {
    return Arrays.stream(MonthlyTable.values())
        .flatMap(
            table ->
                jdbc
                    .sql(
                        "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                            + " where i.inhparent = cast(? as regclass) and c.relname < ?"
                            + " and c.relname ~ ? order by c.relname")
                    .param(table.table())
                    .param(table.table() + month(table.keptFrom(kept)))
                    .param("^" + table.table() + "_[0-9]{4}_[0-9]{2}$")
                    .query(String.class)
                    .list()
                    .stream())
        .filter(
            partition -> quickly(() -> jdbc.sql("drop table if exists " + partition).update()) >= 0)
        .toList();
  }

  private int make(MonthlyTable table, Instant from, int months) {
    return jdbc.sql("select ensure_month_partitions(?, ?, ?)")
        .param(table.table())
        .param(time(from))
        .param(months)
        .query(Integer.class)
        .single();
  }

  private <T> T quickly(Supplier<T> work) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return Objects.requireNonNull(
            transaction.execute(
                status -> {
                  jdbc.sql("set local lock_timeout = " + MOMENT.toMillis()).update();
                  return work.get();
                }));
      } catch (DataAccessException e) {
        if (attempt == ATTEMPTS || !somebodyElseHasIt(e)) {
          throw e;
        }
        sleep(pause);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    }
  }

  private static boolean somebodyElseHasIt(DataAccessException e) {
    return e.getRootCause() instanceof SQLException said
        && (LOCK_NOT_AVAILABLE.equals(said.getSQLState()) || DEADLOCK.equals(said.getSQLState()));
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the portal is shutting down", e);
    }
  }

  private static String month(Instant begin) {
    OffsetDateTime utc = time(begin);
    return "_%04d_%02d".formatted(utc.getYear(), utc.getMonthValue());
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private record Month(Instant begin, long rows) {}
}
