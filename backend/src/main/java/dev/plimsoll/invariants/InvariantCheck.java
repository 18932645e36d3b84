package dev.plimsoll.invariants;

import dev.plimsoll.audit.AuditLog;
import dev.plimsoll.compliance.RecomputedJudgements;
import dev.plimsoll.compliance.RecomputedMeans;
import dev.plimsoll.compliance.RecomputedScores;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Checks every invariant in one snapshot of a database (a read-only transaction, repeatable read):
 * a portal that writes meanwhile neither waits nor is seen half-way.
 */
public final class InvariantCheck {
  private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

  private InvariantCheck() {}

  /** Is told what the check does, as it does it. */
  public interface Progress {
    /** An invariant is about to be checked. */
    default void begins(String promise) {}

    /** It does not hold of a row. */
    default void violated(Violation violation) {}

    /** It was checked to the end. */
    default void ends(Checked checked) {}
  }

  /**
   * An invariant that was checked.
   *
   * @param promise what should hold, a sentence without its full stop
   * @param rows how many were checked
   */
  public record Checked(String promise, long rows, long violations, Duration took) {
    /** Whether it holds of every row. */
    public boolean holds() {
      return violations == 0;
    }
  }

  /**
   * Checks a database.
   *
   * @param host ID or name of one host, to check only what is of it; null for everything
   * @return one for each invariant, in the order in which they were checked
   * @throws Unreadable if the database cannot be read, holds no portal or has no such host
   */
  public static List<Checked> run(DataSource dataSource, @Nullable String host, Progress progress) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        return inSnapshot(new SingleConnectionDataSource(connection, true), host, progress);
      } finally {
        connection.rollback();
      }
    } catch (SQLException | DataAccessException e) {
      throw new Unreadable(reason(e), e);
    }
  }

  /** The same in a transaction that is open. */
  static List<Checked> inSnapshot(
      SingleConnectionDataSource snapshot, @Nullable String host, Progress progress) {
    JdbcClient jdbc = Examined.streaming(snapshot);
    requirePortal(jdbc);
    Examined examined =
        new Examined(jdbc, host == null ? null : hostId(jdbc, host), horizon(jdbc), now(jdbc));
    List<Checked> results = new ArrayList<>();
    try (AnnotationConfigApplicationContext portal = PortalParts.on(snapshot, jdbc)) {
      for (Invariant invariant : all(portal)) {
        if (host == null || invariant.ofHosts()) {
          results.add(check(invariant, examined, progress));
        }
      }
    }
    return results;
  }

  private static List<Invariant> all(BeanFactory portal) {
    return List.of(
        new IntervalsApart(),
        new HistoryWithoutHoles(),
        new StatesEndForAReason(),
        new JudgementsFollowStates(),
        new CoverageTiles(),
        new RowsBelongTogether(),
        new PublishedLast(),
        new LettersBelongToChecks(),
        new VerdictsMatchJudgements(),
        new PassesWereSeen(),
        new EvidenceExists(),
        new DocumentsAreWhole(),
        new JudgementsRecompute(portal.getBean(RecomputedJudgements.class)),
        new FindingsFollowVerdicts(portal.getBean(RecomputedScores.class)),
        new ScoresChange(),
        new ScoresRecompute(portal.getBean(RecomputedScores.class)),
        new MeansRecompute(portal.getBean(RecomputedMeans.class)),
        new RecordsOnce(),
        new CollectionsEnd(),
        new AuditChainHolds(portal.getBean(AuditLog.class)));
  }

  private static Checked check(Invariant invariant, Examined examined, Progress progress) {
    progress.begins(invariant.promise());
    long began = System.nanoTime();
    long[] violations = {0};
    long rows =
        invariant.check(
            examined,
            violation -> {
              violations[0]++;
              progress.violated(violation);
            });
    Checked checked =
        new Checked(
            invariant.promise(), rows, violations[0], Duration.ofNanos(System.nanoTime() - began));
    progress.ends(checked);
    return checked;
  }

  private static void requirePortal(JdbcClient jdbc) {
    if (!jdbc.sql("select to_regclass('host_publication') is not null")
        .query(Boolean.class)
        .single()) {
      throw new Unreadable("it holds no portal's tables", null);
    }
  }

  private static long hostId(JdbcClient jdbc, String host) {
    return jdbc.sql(
            "select id from host where id::text = :host or lower(name) = lower(:host)"
                + " order by decommissioned_at is not null, id::text = :host desc limit 1")
        .param("host", host)
        .query(Long.class)
        .optional()
        .orElseThrow(() -> new Unreadable("it has no host \"" + host + "\"", null));
  }

  private static Instant horizon(JdbcClient jdbc) {
    return jdbc.sql("select kept_from from history_horizon")
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional()
        .orElse(BEGINNING);
  }

  private static Instant now(JdbcClient jdbc) {
    return jdbc.sql("select now()")
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
