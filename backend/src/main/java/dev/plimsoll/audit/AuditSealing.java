package dev.plimsoll.audit;

import dev.plimsoll.permission.PortalItself;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Chains entries whose transactions are surely over.
 *
 * <p>IDs are given before transactions commit, so a smaller one may appear late. An entry is
 * therefore sealed only once its transaction is older than every open one; those that appear later
 * take later positions, whatever their ID.
 */
@Service
@PortalItself
public class AuditSealing {
  static final int BATCH = 1000;

  private static final long LOCK = 0x706c6d_7365616cL;

  private final JdbcClient jdbc;

  AuditSealing(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Seals what can be sealed, at most {@value #BATCH} entries; answers how many it sealed. */
  @Transactional
  public int seal() {
    jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", LOCK).query().listOfRows();
    Link last =
        jdbc.sql(
                "select position, encode(hash, 'hex') as hash from audit_seal order by position desc limit 1")
            .query((row, n) -> new Link(row.getLong("position"), row.getString("hash")))
            .optional()
            .orElseGet(() -> new Link(0, AuditChain.START));
    List<AuditEntry> entries = finished();
    List<Long> positions = new ArrayList<>(entries.size());
    List<Long> ids = new ArrayList<>(entries.size());
    List<String> hashes = new ArrayList<>(entries.size());
    for (AuditEntry entry : entries) {
      long position = last.position() + 1;
      last = new Link(position, AuditChain.link(last.hash(), position, entry));
      positions.add(position);
      ids.add(entry.id());
      hashes.add(last.hash());
    }
    if (!entries.isEmpty()) {
      jdbc.sql(
              """
              insert into audit_seal (position, entry_id, hash)
              select position, id, decode(hash, 'hex')
              from unnest(:positions, :ids, :hashes) as link (position, id, hash)
              """)
          .param("positions", positions.toArray(Long[]::new))
          .param("ids", ids.toArray(Long[]::new))
          .param("hashes", hashes.toArray(String[]::new))
          .update();
    }
    return entries.size();
  }

  /**
   * A visible entry with a transaction beyond the snapshot came with a restored database, whose
   * server counted otherwise: it is finished too.
   */
  private List<AuditEntry> finished() {
    return jdbc.sql(
            """
            select e.id, e.at, e.actor, e.action, e.subject, e.detail::text as detail,
                   null::bigint as position, null::text as hash
            from audit_entry e
            where not exists (select from audit_seal s where s.entry_id = e.id)
              and (e.transaction < pg_snapshot_xmin(pg_current_snapshot())
                or e.transaction >= pg_snapshot_xmax(pg_current_snapshot()))
            order by e.id
            limit :batch
            """)
        .param("batch", BATCH)
        .query(AuditRows.ENTRY)
        .list();
  }

  private record Link(long position, String hash) {}
}
