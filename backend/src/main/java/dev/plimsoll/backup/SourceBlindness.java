package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Times in which a source shows nothing, or damage. Data whose evidence it is stands otherwise
 * then, and is looked at again, a host a transaction.
 */
@Component
@PortalItself
public class SourceBlindness {
  private final JdbcClient jdbc;
  private final RecordIntake intake;
  private final Publishing publishing;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SourceBlindness(
      JdbcClient jdbc,
      RecordIntake intake,
      Publishing publishing,
      TransactionTemplate transaction,
      @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.intake = intake;
    this.publishing = publishing;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * A source cannot be read, or is damaged. Does nothing if that is known already.
   *
   * @param category as {@code backup_source_blindness} names it
   * @param detail a sentence with the remedy
   */
  public void blind(long sourceId, String category, String detail) {
    Optional<Instant> at =
        changed(
            () -> {
              lock(sourceId);
              Optional<String> before = open(sourceId);
              if (before.filter(category::equals).isPresent()) {
                return Optional.empty();
              }
              Instant now = now(sourceId);
              end(sourceId, now);
              jdbc.sql(
                      "insert into backup_source_blindness (source_id, valid_from, category,"
                          + " detail) values (?, ?, ?, ?)")
                  .param(sourceId)
                  .param(Times.of(now))
                  .param(category)
                  .param(detail)
                  .update();
              return Optional.of(now);
            });
    at.ifPresent(since -> reconsider(sourceId, since));
  }

  /** A source can be read, and is whole as far as is known. Does nothing if that is known. */
  public void seen(long sourceId) {
    Optional<Instant> at =
        changed(
            () -> {
              lock(sourceId);
              if (open(sourceId).isEmpty()) {
                return Optional.empty();
              }
              Instant now = now(sourceId);
              end(sourceId, now);
              return Optional.of(now);
            });
    at.ifPresent(since -> reconsider(sourceId, since));
  }

  /** What a source is found to be now; empty if it can be read and is whole. */
  public Optional<String> category(long sourceId) {
    return open(sourceId);
  }

  private Optional<Instant> changed(Supplier<Optional<Instant>> change) {
    return Objects.requireNonNull(transaction.execute(status -> change.get()));
  }

  private void reconsider(long sourceId, Instant since) {
    Map<Long, Set<DataRef>> byHost = new HashMap<>();
    jdbc.sql(
            "select distinct host_id, kind, name from backup_record"
                + " where source_id = ? and gone_at = 'infinity'")
        .param(sourceId)
        .query(
            row -> {
              byHost
                  .computeIfAbsent(row.getLong("host_id"), host -> new HashSet<>())
                  .add(new DataRef(DataKind.valueOf(row.getString("kind")), row.getString("name")));
            });
    byHost.forEach(
        (host, refs) ->
            transaction.executeWithoutResult(
                status -> intake.reconsider(host, refs, since, publishing.told(host))));
  }

  private void lock(long sourceId) {
    jdbc.sql("select id from backup_source where id = ? for update")
        .param(sourceId)
        .query(Long.class)
        .optional();
  }

  private Optional<String> open(long sourceId) {
    return jdbc.sql(
            "select category from backup_source_blindness"
                + " where source_id = ? and valid_to = 'infinity'")
        .param(sourceId)
        .query(String.class)
        .optional();
  }

  private void end(long sourceId, Instant at) {
    jdbc.sql(
            "update backup_source_blindness set valid_to = ?"
                + " where source_id = ? and valid_to = 'infinity'")
        .param(Times.of(at))
        .param(sourceId)
        .update();
  }

  /** Later than any bound of this source. */
  private Instant now(long sourceId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return jdbc.sql(
            "select max(valid_from) newest from backup_source_blindness where source_id = ?")
        .param(sourceId)
        .query((row, n) -> Optional.ofNullable(Times.readOrNull(row, "newest")))
        .single()
        .filter(last -> !last.isBefore(now))
        .map(last -> last.plus(1, ChronoUnit.MICROS))
        .orElse(now);
  }
}
