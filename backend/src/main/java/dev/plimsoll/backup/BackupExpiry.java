package dev.plimsoll.backup;

import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.retention.Expiry;
import dev.plimsoll.retention.Retention.Kept;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets go of what was kept, promised and told of backups before the history that is kept. Of
 * records the newest stay, however old: they are what is known of their data.
 */
@Component
@PortalItself
class BackupExpiry implements Expiry {
  private static final List<String> INTERVALS =
      List.of(
          "kept_data", "kept_data_use", "backup_promise", "data_size", "backup_source_blindness");

  private final JdbcClient jdbc;

  BackupExpiry(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  @Transactional
  public int expire(Kept kept, int most) {
    int gone = 0;
    for (String table : INTERVALS) {
      gone = Math.max(gone, delete(table, "valid_to < ?", kept.history(), most));
    }
    gone = Math.max(gone, delete("backup_reading", "finished_at < ?", kept.collections(), most));
    gone =
        Math.max(
            gone,
            delete(
                "heartbeat_ping",
                "at < ? and exists (select 1 from heartbeat_ping n where n.source_id = t.source_id"
                    + " and n.kind = t.kind and n.at > t.at)",
                kept.collections(),
                most));
    gone = Math.max(gone, delete("backup_record", "gone_at < ?", kept.history(), most));
    return Math.max(
        gone,
        delete(
            "backup_record",
            "started_at < ? and (select count(*) from (select 1 from backup_record n"
                + " where n.host_id = t.host_id and n.kind = t.kind and n.name = t.name"
                + " and n.type = t.type and n.outcome = t.outcome and n.gone_at = 'infinity'"
                + " and n.started_at > t.started_at limit "
                + EvidenceRows.BEFORE
                + ") n) >= "
                + EvidenceRows.BEFORE,
            kept.history(),
            most));
  }

  private int delete(String table, String condition, Instant before, int most) {
    return jdbc.sql(
            "delete from %1$s where ctid = any (array(select ctid from %1$s t where %2$s limit ?))"
                .formatted(table, condition))
        .param(Times.of(before))
        .param(most)
        .update();
  }
}
