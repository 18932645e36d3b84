package dev.plimsoll.backup;

import dev.plimsoll.backup.source.Access;
import dev.plimsoll.backup.source.Location;
import dev.plimsoll.backup.source.Mapping;
import dev.plimsoll.backup.source.SourceFailure;
import dev.plimsoll.backup.source.SourceFault;
import dev.plimsoll.fleet.CredentialSeal;
import dev.plimsoll.permission.PortalItself;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens what a source is reached with, for the portal's own jobs. */
@Component
@PortalItself
class SourceOpening {
  private final JdbcClient jdbc;
  private final CredentialSeal seal;

  SourceOpening(JdbcClient jdbc, CredentialSeal seal) {
    this.jdbc = jdbc;
    this.seal = seal;
  }

  /**
   * The source; empty if it was removed.
   *
   * @throws SourceFailure if its secrets do not open
   */
  @Transactional(readOnly = true)
  Optional<OpenedSource> open(long sourceId) throws SourceFailure {
    Optional<Kept> kept =
        jdbc.sql("select * from backup_source where id = ? and removed_at = 'infinity'")
            .param(sourceId)
            .query(
                (row, n) ->
                    new Kept(
                        row.getString("name"),
                        SourceType.valueOf(row.getString("type")),
                        row.getString("mapping"),
                        row.getString("target_type"),
                        row.getLong("interval_seconds")))
            .optional();
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    Kept source = kept.get();
    Access access = access(sourceId);
    String target = source.target();
    return Optional.of(
        new OpenedSource(
            sourceId,
            source.name(),
            source.type(),
            Location.parse(source.type(), access.location()),
            access,
            Mapping.stored(source.type(), source.mapping()),
            target == null ? null : TargetType.valueOf(target),
            Duration.ofSeconds(source.intervalSeconds())));
  }

  private Access access(long sourceId) throws SourceFailure {
    Optional<byte[]> sealed =
        jdbc.sql("select sealed from backup_source where id = ? and sealed is not null")
            .param(sourceId)
            .query(byte[].class)
            .optional();
    if (sealed.isEmpty()) {
      throw new SourceFailure(
          SourceFault.UNREADABLE,
          "Nothing is kept that opens this source. Remove it and add it again.");
    }
    try {
      return Access.ofJson(seal.open(BackupSources.owner(sourceId), sealed.get()));
    } catch (IllegalStateException e) {
      throw new SourceFailure(SourceFault.UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private record Kept(
      String name,
      SourceType type,
      String mapping,
      @Nullable String target,
      long intervalSeconds) {}
}
