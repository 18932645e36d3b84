package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Works off the run of second series that is under way: its hosts one after another, then groups
 * and the fleet. Where it was stopped, it goes on.
 */
@Component
@PortalItself
public class SecondSeries {
  private static final Logger LOG = LoggerFactory.getLogger(SecondSeries.class);
  private static final int LONGEST_FAILURE = 1000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Catalogues catalogues;
  private final SeriesHosts hosts;
  private final SeriesGroups groups;

  SecondSeries(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      Catalogues catalogues,
      SeriesHosts hosts,
      SeriesGroups groups) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.catalogues = catalogues;
    this.hosts = hosts;
    this.groups = groups;
  }

  /**
   * Tells on until nothing is left to tell.
   *
   * @param stop asked between two transactions
   */
  public void proceed(BooleanSupplier stop) {
    while (!stop.getAsBoolean()) {
      Optional<Long> run = run();
      if (run.isEmpty()) {
        return;
      }
      Optional<Long> host = nextHost(run.get());
      if (host.isPresent()) {
        advance(host.get());
      } else if (joinDecommissioned(run.get()) > 0) {
        LOG.info("Hosts that are gone are told again too, run {}", run.get());
      } else if (groups.sweep(run.get())) {
        LOG.info("The past has been told again, run {}", run.get());
      }
    }
  }

  /** One host's fault does not keep the others waiting; it is given up, and the log says why. */
  private void advance(long seriesId) {
    try {
      hosts.advance(seriesId);
    } catch (RuntimeException e) {
      LOG.error("Telling the past of series {} again failed", seriesId, e);
      String message = String.valueOf(e.getMessage());
      jdbc.sql(
              "update series set failure = ?, finished_at = ? where id = ? and finished_at is null")
          .param(message.substring(0, Math.min(message.length(), LONGEST_FAILURE)))
          .param(clock.instant().atOffset(ZoneOffset.UTC))
          .param(seriesId)
          .update();
    }
  }

  private Optional<Long> run() {
    return jdbc.sql("select id from series_run where finished_at is null")
        .query(Long.class)
        .optional();
  }

  private Optional<Long> nextHost(long runId) {
    return jdbc.sql(
            "select id from series where run_id = ? and scope = 'HOST' and finished_at is null"
                + " order by id limit 1")
        .param(runId)
        .query(Long.class)
        .optional();
  }

  /**
   * Hosts that were decommissioned are judged no more, so that their lines never break; yet means
   * of the past hold them. Those last scored under another catalogue join the run.
   */
  private int joinDecommissioned(long runId) {
    int catalogue = catalogues.current().number();
    return jdbc.sql(
            """
            insert into series (run_id, scope, scope_id, ends_at)
            select :run, 'HOST', h.id, :now
            from host h join lateral (
              select catalogue_version from score where scope = 'HOST' and scope_id = h.id
              order by at desc limit 1) s on s.catalogue_version <> :catalogue
            where h.decommissioned_at is not null
              and not exists (
                select from series t where t.scope = 'HOST' and t.scope_id = h.id
                  and (t.run_id = :run or t.catalogue_version = :catalogue))
            """)
        .param("run", runId)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("catalogue", catalogue)
        .update();
  }

  /** How far the run under way has come; empty if none is. */
  public Optional<Progress> progress() {
    return jdbc.sql(
            """
            select r.started_at, count(s.id) total,
              count(s.id) filter (where s.finished_at is not null) done,
              count(s.id) filter (where s.failure is not null) failed,
              (select h.name from series u join host h on h.id = u.scope_id
               where u.run_id = r.id and u.scope = 'HOST' and u.finished_at is null
               order by u.id limit 1) host,
              (select u.reached from series u
               where u.run_id = r.id and u.scope = 'HOST' and u.finished_at is null
               order by u.id limit 1) reached
            from series_run r left join series s on s.run_id = r.id and s.scope = 'HOST'
            where r.finished_at is null group by r.id
            """)
        .query(
            (row, n) -> {
              OffsetDateTime reached = row.getObject("reached", OffsetDateTime.class);
              return new Progress(
                  row.getObject("started_at", OffsetDateTime.class).toInstant(),
                  row.getInt("done"),
                  row.getInt("total"),
                  row.getInt("failed"),
                  row.getString("host"),
                  reached == null ? null : reached.toInstant());
            })
        .optional();
  }

  /**
   * A run under way.
   *
   * @param done hosts whose past is told, of {@code total}
   * @param failed hosts that were given up, among those done
   * @param host name of the host that is being told; null while groups and the fleet are
   * @param reached how far that host's past is told; null if it was not begun
   */
  public record Progress(
      Instant startedAt,
      int done,
      int total,
      int failed,
      @Nullable String host,
      @Nullable Instant reached) {}
}
