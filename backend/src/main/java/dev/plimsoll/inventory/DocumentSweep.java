package dev.plimsoll.inventory;

import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.retention.Expiry;
import dev.plimsoll.retention.Retention.Kept;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Sweeps documents that nothing refers to. One that is found unreferenced is marked, and goes when
 * the mark has stood for the whole grace and still nothing refers to it. Whoever stores a document
 * that is there already takes its mark off first ({@link Documents#store}): so a document that went
 * meanwhile is stored anew, and one that is about to be referred to is not swept. The grace is far
 * longer than any transaction, which covers those that looked before the mark was made.
 */
@Component
@PortalItself
@Order(Ordered.LOWEST_PRECEDENCE) // after those whose rows refer to documents
class DocumentSweep implements Expiry {
  private final JdbcClient jdbc;
  private final ObjectProvider<DocumentUses> uses;

  DocumentSweep(JdbcClient jdbc, ObjectProvider<DocumentUses> uses) {
    this.jdbc = jdbc;
    this.uses = uses;
  }

  /** Sweeps all at once, in many short transactions: looking for them reads every reference. */
  @Override
  public int expire(Kept kept, int most) {
    takeMarksOff();
    List<byte[]> unmarked = new ArrayList<>();
    List<byte[]> due = new ArrayList<>();
    jdbc.sql(
            "select d.sha256, d.unused_since from document d where d.first_seen < ? and not "
                + referred())
        .param(time(kept.unused()))
        .query(
            row -> {
              Instant since = instant(row.getObject("unused_since", OffsetDateTime.class));
              if (since == null) {
                unmarked.add(row.getBytes("sha256"));
              } else if (since.isBefore(kept.unused())) {
                due.add(row.getBytes("sha256"));
              }
            });
    for (List<byte[]> some : inParts(unmarked, most)) {
      mark(some, kept.now());
    }
    for (List<byte[]> some : inParts(due, most)) {
      sweep(some, kept.unused());
    }
    return 0;
  }

  private void takeMarksOff() {
    jdbc.sql(
            "update document d set unused_since = null where d.unused_since is not null and "
                + referred())
        .update();
  }

  /** Whoever stores one of them this moment is not waited for: it is in use. */
  private void mark(List<byte[]> documents, Instant now) {
    jdbc.sql(
            """
            update document d set unused_since = ? from (
              select sha256 from document where sha256 = any (?) and unused_since is null
              for update skip locked) u
            where d.sha256 = u.sha256
            """)
        .param(time(now))
        .param(array(documents))
        .update();
  }

  private void sweep(List<byte[]> documents, Instant before) {
    jdbc.sql(
            """
            delete from document d using (
              select sha256 from document where sha256 = any (?) and unused_since < ?
              for update skip locked) u
            where d.sha256 = u.sha256
            """)
        .param(array(documents))
        .param(time(before))
        .update();
  }

  private String referred() {
    return uses.orderedStream()
        .flatMap(one -> one.documents().stream())
        .map(column -> "select %s document from %s".formatted(column.name(), column.table()))
        .collect(
            Collectors.joining(
                " union all ", "exists (select 1 from (", ") u where u.document = d.sha256)"));
  }

  private static List<List<byte[]>> inParts(List<byte[]> all, int most) {
    List<List<byte[]>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      parts.add(all.subList(from, Math.min(all.size(), from + most)));
    }
    return parts;
  }

  private static SqlArrayValue array(List<byte[]> hashes) {
    return new SqlArrayValue("bytea", (Object[]) hashes.toArray(byte[][]::new));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
