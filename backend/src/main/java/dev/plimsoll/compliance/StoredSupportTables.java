package dev.plimsoll.compliance;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.FactContributor;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Keeps support tables, and tells checks which was known at an instant. */
@Component
@PortalItself
class StoredSupportTables implements FactContributor {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final long LOCK = 0x706c6d_73757070L;

  /** Judging asks for each host; there are few tables in all. */
  private static final int MOST_REMEMBERED = 8;

  private final JdbcClient jdbc;
  private final Rejudging rejudging;
  private final Clock clock;
  private final Map<Sha256, JsonNode> trees = new ConcurrentHashMap<>();

  StoredSupportTables(
      JdbcClient jdbc, Rejudging rejudging, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.rejudging = rejudging;
    this.clock = clock;
  }

  @Override
  public void contribute(long hostId, Instant at, HostFacts.Builder facts) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    jdbc.sql("select sha256 from support_table where valid_from <= ? and valid_to > ?")
        .param(time)
        .param(time)
        .query((row, n) -> Sha256.stored(row.getBytes(1)))
        .optional()
        .ifPresent(
            sha256 ->
                facts.supportTable(
                    new Reading.Read(sha256.hex(), tree(sha256), null, MissingNode.getInstance())));
  }

  @Override
  public List<Instant> changes(long hostId, Instant after, Instant before) {
    return jdbc.sql(
            "select b.at from support_table t"
                + " cross join lateral (values (t.valid_from), (t.valid_to)) b (at)"
                + " where b.at > ? and b.at < ?")
        .param(after.atOffset(ZoneOffset.UTC))
        .param(before.atOffset(ZoneOffset.UTC))
        .query((row, n) -> row.getObject("at", OffsetDateTime.class).toInstant())
        .list();
  }

  /** The day of which the facts of the table in use are. */
  @Transactional(readOnly = true)
  Optional<LocalDate> asOf() {
    return jdbc.sql("select as_of from support_table where valid_to = 'infinity'")
        .query(LocalDate.class)
        .optional();
  }

  /**
   * Takes a table into use and has all hosts judged by it.
   *
   * @return false if it was in use already
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean put(Document table, LocalDate asOf, String author) {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query().listOfRows();
    boolean inUse =
        jdbc.sql("select count(*) from support_table where valid_to = 'infinity' and sha256 = ?")
                .param(table.sha256().bytes())
                .query(Long.class)
                .single()
            > 0;
    if (inUse) {
      return false;
    }
    OffsetDateTime now =
        jdbc.sql(
                "select greatest(?::timestamptz,"
                    + " max(valid_from) + interval '1 microsecond') from support_table")
            .param(clock.instant().atOffset(ZoneOffset.UTC))
            .query(OffsetDateTime.class)
            .single();
    jdbc.sql("update support_table set valid_to = ? where valid_to = 'infinity'")
        .param(now)
        .update();
    jdbc.sql(
            "insert into support_table (sha256, as_of, content, author, valid_from)"
                + " values (?, ?, ?, ?, ?)")
        .param(table.sha256().bytes())
        .param(asOf)
        .param(new String(table.bytes(), java.nio.charset.StandardCharsets.UTF_8))
        .param(author)
        .param(now)
        .update();
    rejudging.requestAll();
    return true;
  }

  private JsonNode tree(Sha256 sha256) {
    JsonNode known = trees.get(sha256);
    if (known != null) {
      return known;
    }
    JsonNode read =
        MAPPER.readTree(
            jdbc.sql("select content from support_table where sha256 = ? limit 1")
                .param(sha256.bytes())
                .query(String.class)
                .single());
    if (trees.size() < MOST_REMEMBERED) {
      trees.put(sha256, read);
    }
    return read;
  }
}
