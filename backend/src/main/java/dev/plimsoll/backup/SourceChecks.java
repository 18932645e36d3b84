package dev.plimsoll.backup;

import dev.plimsoll.backup.source.SnapshotReaders;
import dev.plimsoll.backup.source.SourceFailure;
import dev.plimsoll.backup.source.SourceFault;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks the integrity of sources, one after the other, on a slow schedule of its own. */
@Component
@PortalItself
class SourceChecks {
  private static final Logger LOG = LoggerFactory.getLogger(SourceChecks.class);
  private static final Duration RETRY = Duration.ofHours(6);

  private final JdbcClient jdbc;
  private final SourceOpening sources;
  private final SnapshotReaders readers;
  private final SourceBlindness blindness;
  private final Clock clock;

  SourceChecks(
      JdbcClient jdbc,
      SourceOpening sources,
      SnapshotReaders readers,
      SourceBlindness blindness,
      @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.sources = sources;
    this.readers = readers;
    this.blindness = blindness;
    this.clock = clock;
  }

  /** Checks the source that has been due longest, if any is. */
  void run() {
    Optional<Long> due =
        jdbc.sql(
                "select id from backup_source where type = 'RESTIC' and removed_at = 'infinity'"
                    + " and next_check_at <= ? order by next_check_at limit 1")
            .param(Times.of(clock.instant()))
            .query(Long.class)
            .optional();
    if (due.isPresent()) {
      check(due.get());
    }
  }

  private void check(long sourceId) {
    try {
      Optional<OpenedSource> source = sources.open(sourceId);
      if (source.isEmpty()) {
        return;
      }
      readers.check(source.get().access());
      if (blindness.category(sourceId).filter(SourceFault.DAMAGED.name()::equals).isPresent()) {
        blindness.seen(sourceId);
      }
      checked(sourceId);
    } catch (SourceFailure e) {
      LOG.info("Backup source {} did not pass its check: {}", sourceId, e.fault());
      if (e.fault() == SourceFault.DAMAGED) {
        blindness.blind(sourceId, SourceFault.DAMAGED.name(), e.sentence());
        checked(sourceId);
      } else {
        postpone(sourceId); // the next reading says why it cannot be read
      }
    } catch (RuntimeException e) {
      LOG.error("Checking backup source {} failed", sourceId, e);
      postpone(sourceId);
    }
  }

  private void checked(long sourceId) {
    Instant now = clock.instant();
    jdbc.sql(
            "update backup_source set checked_at = :now, next_check_at = coalesce(:now"
                + " + make_interval(secs => check_seconds), 'infinity') where id = :id")
        .param("now", Times.of(now))
        .param("id", sourceId)
        .update();
  }

  private void postpone(long sourceId) {
    jdbc.sql("update backup_source set next_check_at = ? where id = ?")
        .param(Times.of(clock.instant().plus(RETRY)))
        .param(sourceId)
        .update();
  }
}
