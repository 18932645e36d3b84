package dev.plimsoll.audit;

import dev.plimsoll.audit.AuditVerification.Broken;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reading the audit trail, and proving that nobody changed it. */
@Service
@Requires(Permission.READ_AUDIT)
@Transactional(readOnly = true)
public class AuditLog {
  private static final int VERIFY_BATCH = 2000;

  private static final String ENTRIES =
      """
      select e.id, e.at, e.actor, e.action, e.subject, e.detail::text as detail,
             s.position, encode(s.hash, 'hex') as hash
      from audit_entry e left join audit_seal s on s.entry_id = e.id
      """;

  private final JdbcClient jdbc;

  AuditLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Entries of [from, to), newest first.
   *
   * @param from null for the beginning
   * @param to null for now
   * @param beforeId only entries with a smaller ID, to page on; null for the first page
   * @param limit rows, at least 1
   */
  public List<AuditEntry> list(
      @Nullable Instant from, @Nullable Instant to, @Nullable Long beforeId, int limit) {
    return jdbc.sql(
            ENTRIES
                + """
                where (:from::timestamptz is null or e.at >= :from)
                  and (:to::timestamptz is null or e.at < :to)
                  and (:before::bigint is null or e.id < :before)
                order by e.id desc
                limit :limit
                """)
        .param("from", utc(from))
        .param("to", utc(to))
        .param("before", beforeId)
        .param("limit", limit)
        .query(AuditRows.ENTRY)
        .list();
  }

  /** How many entries [from, to) holds. */
  public long count(@Nullable Instant from, @Nullable Instant to) {
    return jdbc.sql(
            """
            select count(*) from audit_entry e
            where (:from::timestamptz is null or e.at >= :from)
              and (:to::timestamptz is null or e.at < :to)
            """)
        .param("from", utc(from))
        .param("to", utc(to))
        .query(Long.class)
        .single();
  }

  /** Recomputes the whole chain from its first link; stops at the first that does not hold. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public AuditVerification verify() {
    String hash = AuditChain.START;
    long position = 0;
    while (true) {
      List<Link> links = linksAfter(position);
      for (Link link : links) {
        position++;
        Optional<Broken> broken = check(position, hash, link);
        if (broken.isPresent()) {
          return new AuditVerification(position - 1, hash, broken.get(), unsealed());
        }
        hash = link.hash();
      }
      if (links.size() < VERIFY_BATCH) {
        return new AuditVerification(position, hash, null, unsealed());
      }
    }
  }

  private static Optional<Broken> check(long expected, String previous, Link link) {
    if (link.position() != expected) {
      return Optional.of(
          new Broken(expected, null, "Link " + expected + " of the chain is missing."));
    }
    if (link.entry() == null) {
      return Optional.of(
          new Broken(
              expected,
              link.entryId(),
              "Entry " + link.entryId() + " was sealed and is no longer there."));
    }
    if (!AuditChain.link(previous, expected, link.entry()).equals(link.hash())) {
      return Optional.of(
          new Broken(
              expected,
              link.entryId(),
              "Entry " + link.entryId() + " is not what was sealed: its hash differs."));
    }
    return Optional.empty();
  }

  private List<Link> linksAfter(long position) {
    return jdbc.sql(
            """
            select s.position, s.entry_id, encode(s.hash, 'hex') as hash, e.id, e.at, e.actor, e.action, e.subject,
                   e.detail::text as detail
            from audit_seal s left join audit_entry e on e.id = s.entry_id
            where s.position > :position
            order by s.position
            limit :batch
            """)
        .param("position", position)
        .param("batch", VERIFY_BATCH)
        .query(
            (row, n) ->
                new Link(
                    row.getLong("position"),
                    row.getLong("entry_id"),
                    row.getString("hash"),
                    row.getObject("id") == null ? null : AuditRows.ENTRY.mapRow(row, n)))
        .list();
  }

  private AuditVerification.@Nullable Unsealed unsealed() {
    return jdbc.sql(
            """
            select count(*) as entries, min(e.id) as first_id, max(e.id) as last_id
            from audit_entry e
            where not exists (select from audit_seal s where s.entry_id = e.id)
            having count(*) > 0
            """)
        .query(
            (row, n) ->
                new AuditVerification.Unsealed(
                    row.getLong("entries"), row.getLong("first_id"), row.getLong("last_id")))
        .optional()
        .orElse(null);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private record Link(long position, long entryId, String hash, @Nullable AuditEntry entry) {}
}
