package dev.plimsoll.collect;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.home.WorkerName;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The {@code collection} rows: one an attempt, begun and finished. */
@Component
@PortalItself
class Attempts {
  /** Worker of a row that was asked for and not begun. */
  private static final String NOBODY = "";

  private static final int MOST_PROBLEMS = 100;
  private static final int MOST_FAILURES = 24;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final Clock clock;
  private final String worker;

  Attempts(JdbcClient jdbc, @Qualifier("publishClock") Clock clock, WorkerName worker) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.worker = worker.value();
  }

  /** The collection of a host that runs or was asked for; empty if there is none. */
  @Transactional(readOnly = true)
  Optional<Long> running(long hostId) {
    return jdbc.sql(
            "select id from collection where host_id = ? and outcome = 'RUNNING'"
                + " order by id limit 1")
        .param(hostId)
        .query(Long.class)
        .optional();
  }

  /** Hosts with a collection that was asked for and that no run has taken over yet. */
  @Transactional(readOnly = true)
  List<Long> requestedHosts() {
    return jdbc.sql(
            "select distinct host_id from collection where outcome = 'RUNNING' and worker = ?")
        .param(NOBODY)
        .query(Long.class)
        .list();
  }

  /** Asks for a collection: a row that the next run of the host takes over. */
  @Transactional(propagation = Propagation.MANDATORY)
  long request(long hostId) {
    return insert(hostId, NOBODY);
  }

  /**
   * Begins an attempt. A host is collected by one process at a time, so a row that still runs was
   * left by a process that ended: it is finished as failed.
   */
  @Transactional
  long begin(long hostId) {
    jdbc.sql(
            "update collection set outcome = 'FAILED', finished_at = greatest(?, started_at),"
                + " error_category = 'INTERNAL', error_detail = ?"
                + " where host_id = ? and outcome = 'RUNNING' and worker <> ?")
        .param(time(clock.instant()))
        .param("The portal process ended before this collection did.")
        .param(hostId)
        .param(NOBODY)
        .update();
    return jdbc.sql(
            "update collection set worker = ? where id = (select min(id) from collection"
                + " where host_id = ? and outcome = 'RUNNING') returning id")
        .param(worker)
        .param(hostId)
        .query(Long.class)
        .optional()
        .orElseGet(() -> insert(hostId, worker));
  }

  /** Ends whatever runs or was asked for on a host that is not collected any more. */
  @Transactional
  void giveUp(long hostId, String why) {
    jdbc.sql(
            "update collection set outcome = 'FAILED', finished_at = greatest(?, started_at),"
                + " error_category = 'REFUSED', error_detail = ?"
                + " where host_id = ? and outcome = 'RUNNING'")
        .param(time(clock.instant()))
        .param(why)
        .param(hostId)
        .update();
  }

  /**
   * Keeps others from an attempt until the transaction ends, if it is still this process's. It is
   * not once another process took this one for dead, because it was frozen or cut off, and began
   * anew: what was read here must then never be published on top of what was read there.
   *
   * @return whether it is
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean hold(long collectionId) {
    return jdbc.sql(
            "select id from collection where id = ? and outcome = 'RUNNING' and worker = ?"
                + " for update")
        .param(collectionId)
        .param(worker)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  /** Finishes an attempt that read the host, in the publishing transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  void finish(long collectionId, HostSighting found, int documentsNew, Instant at) {
    ArrayNode problems = problems(found);
    jdbc.sql(
            "update collection set outcome = ?, finished_at = greatest(?, started_at),"
                + " containers = ?, images = ?, volumes = ?, networks = ?, documents_new = ?,"
                + " problems = ?::jsonb, error_category = ?, error_detail = ?"
                + " where id = ? and outcome = 'RUNNING'")
        .param(problems.isEmpty() ? "SUCCEEDED" : "PARTIAL")
        .param(time(at))
        .param(count(found, SubjectKind.CONTAINER))
        .param(count(found, SubjectKind.IMAGE))
        .param(count(found, SubjectKind.VOLUME))
        .param(count(found, SubjectKind.NETWORK))
        .param(documentsNew)
        .param(problems.toString())
        .param(problems.isEmpty() ? null : FailureCategory.REFUSED.name())
        .param(problems.isEmpty() ? null : summary(found))
        .param(collectionId)
        .update();
  }

  /**
   * Finishes an attempt that did not read the host.
   *
   * @return whether it was still this process's to finish
   */
  @Transactional
  boolean fail(long collectionId, FailureCategory category, String detail) {
    return jdbc.sql(
                "update collection set outcome = 'FAILED', finished_at = greatest(?, started_at),"
                    + " error_category = ?, error_detail = ?"
                    + " where id = ? and outcome = 'RUNNING' and worker = ?")
            .param(time(clock.instant()))
            .param(category.name())
            .param(detail)
            .param(collectionId)
            .param(worker)
            .update()
        > 0;
  }

  /** How many attempts in a row failed, newest first; at most {@value #MOST_FAILURES}. */
  @Transactional(readOnly = true)
  int failuresInARow(long hostId) {
    List<String> outcomes =
        jdbc.sql(
                "select outcome from collection where host_id = ? and outcome <> 'RUNNING'"
                    + " order by started_at desc limit ?")
            .param(hostId)
            .param(MOST_FAILURES)
            .query(String.class)
            .list();
    int failures = 0;
    for (String outcome : outcomes) {
      if (!outcome.equals("FAILED")) {
        return failures;
      }
      failures++;
    }
    return failures;
  }

  /**
   * When hosts were last read, and for those that never were, when their newest attempt failed.
   *
   * @param hostIds hosts of interest; those without a finished attempt are left out
   */
  @Transactional(readOnly = true)
  Map<Long, LastRead> lastReads(Collection<Long> hostIds) {
    Map<Long, LastRead> reads = new HashMap<>();
    jdbc.sql(
            "select h.id, r.finished_at read_at, f.finished_at failed_at, f.error_detail"
                + " from unnest(?) h (id)"
                + " left join lateral (select finished_at from collection"
                + "   where host_id = h.id and outcome in ('SUCCEEDED', 'PARTIAL')"
                + "   order by started_at desc limit 1) r on true"
                + " left join lateral (select finished_at, error_detail from collection"
                + "   where host_id = h.id and outcome <> 'RUNNING'"
                + "   order by started_at desc limit 1) f on true"
                + " where f.finished_at is not null")
        .param(new SqlArrayValue("bigint", hostIds.toArray()))
        .query(
            row -> {
              OffsetDateTime read = row.getObject("read_at", OffsetDateTime.class);
              String detail = row.getString("error_detail");
              reads.put(
                  row.getLong("id"),
                  new LastRead(
                      Optional.ofNullable(read).map(OffsetDateTime::toInstant),
                      row.getObject("failed_at", OffsetDateTime.class).toInstant(),
                      detail == null ? "" : detail));
            });
    return reads;
  }

  /**
   * When a host was last read.
   *
   * @param readAt empty if it never was
   * @param attemptedAt end of the newest attempt
   * @param detail why that one failed; empty if it did not
   */
  record LastRead(Optional<Instant> readAt, Instant attemptedAt, String detail) {}

  private long insert(long hostId, String by) {
    return jdbc.sql(
            "insert into collection (host_id, outcome, started_at, worker)"
                + " values (?, 'RUNNING', ?, ?) returning id")
        .param(hostId)
        .param(time(clock.instant()))
        .param(by)
        .query(Long.class)
        .single();
  }

  private static int count(HostSighting found, SubjectKind kind) {
    return (int) found.sightings().stream().filter(s -> s.kind() == kind).count();
  }

  private static ArrayNode problems(HostSighting found) {
    ArrayNode problems = MAPPER.createArrayNode();
    for (Reading.Unread problem : unread(found)) {
      if (problems.size() == MOST_PROBLEMS) {
        break;
      }
      problems
          .addObject()
          .put("call", problem.call())
          .put("status", problem.status())
          .put("detail", problem.detail());
    }
    return problems;
  }

  private static String summary(HostSighting found) {
    List<Reading.Unread> unread = unread(found);
    Reading.Unread first = unread.getFirst();
    return unread.size() == 1
        ? first.call() + " failed: " + first.detail()
        : unread.size() + " calls failed, the first " + first.call() + ": " + first.detail();
  }

  private static List<Reading.Unread> unread(HostSighting found) {
    List<Reading.Unread> unread = new ArrayList<>(found.unreadLists().values());
    for (Sighting sighting : found.sightings()) {
      if (sighting instanceof Sighting.Unread one) {
        unread.add(one.problem());
      }
    }
    return unread;
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
