package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps findings in step with verdicts: a FAIL opens or reopens one, and one whose subjects all
 * pass or are gone is resolved. What is unknown resolves nothing.
 */
@Component
@PortalItself
class FindingLedger {
  /** A finding that comes back within this time goes on as if it had never gone. */
  static final Duration CONTINUES = Duration.ofDays(7);

  private final JdbcClient jdbc;

  FindingLedger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Brings a host's findings up to date in the caller's transaction, which holds the host's lock.
   *
   * @param blindKinds kinds whose list could not be read: their findings stay as they are
   * @param weights the checks in the host's scope: others open no finding, and resolve theirs
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void reconcile(long hostId, Instant at, Set<String> blindKinds, Weights weights) {
    OffsetDateTime now = at.atOffset(ZoneOffset.UTC);
    SqlArrayValue inScope = new SqlArrayValue("text", weights.byCheck().keySet().toArray());
    jdbc.sql(
            """
            with failing as (
              select v.check_id, v.kind, b.lineage, max(v.severity) severity,
                bool_and(v.advisory) advisory, min(v.since) since
              from verdict v join subject b on b.id = v.subject_id
              join judgement j on j.subject_id = v.subject_id and j.valid_to = 'infinity'
              where v.host_id = ? and v.valid_to = 'infinity' and v.outcome = 'FAIL'
                and j.in_score and v.check_id = any (?)
              group by v.check_id, v.kind, b.lineage),
            known as (
              select f.id, f.resolved_at, n.since from failing n
              join finding f on f.host_id = ? and f.check_id = n.check_id
                and f.kind = n.kind and f.lineage = n.lineage
              where f.status = 'RESOLVED'),
            reopened as (
              update finding f set status = 'OPEN', resolved_at = null, reopened = f.reopened + 1,
                failing_since = case when k.resolved_at > ? then f.failing_since else k.since end,
                due_at = case when k.resolved_at > ? then f.due_at end,
                version = f.version + 1
              from known k where f.id = k.id
              returning f.id),
            opened as (
              insert into finding
                (host_id, check_id, kind, lineage, severity, advisory, status, failing_since)
              select ?, check_id, kind, lineage, severity, advisory, 'OPEN', since from failing
              on conflict (host_id, check_id, kind, lineage) do nothing
              returning id)
            insert into finding_event (finding_id, at, kind)
            select id, ?::timestamptz, 'REOPENED' from reopened
            union all select id, ?::timestamptz, 'OPENED' from opened
            """)
        .param(hostId)
        .param(inScope)
        .param(hostId)
        .param(now.minus(CONTINUES))
        .param(now.minus(CONTINUES))
        .param(hostId)
        .param(now)
        .param(now)
        .update();
    jdbc.sql(
            """
            with resolved as (
              update finding f
              set status = 'RESOLVED', resolved_at = ?, version = version + 1
              where f.host_id = ? and f.status <> 'RESOLVED' and f.kind <> all (?)
                and not exists (
                  select 1 from verdict v join subject b on b.id = v.subject_id
                  join judgement j on j.subject_id = v.subject_id and j.valid_to = 'infinity'
                  where v.host_id = f.host_id and v.check_id = f.check_id and j.in_score
                    and v.check_id = any (?)
                    and v.valid_to = 'infinity' and b.kind = f.kind and b.lineage = f.lineage)
              returning id, check_id)
            insert into finding_event (finding_id, at, kind, detail)
            select id, ?::timestamptz, 'RESOLVED',
              case when check_id = any (?) then jsonb '{}' else jsonb '{"outOfScope":true}' end
            from resolved
            """)
        .param(now)
        .param(hostId)
        .param(new SqlArrayValue("text", blindKinds.toArray()))
        .param(inScope)
        .param(now)
        .param(inScope)
        .update();
  }
}
