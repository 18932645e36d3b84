package dev.plimsoll.backup;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.backup.coverage.Policy.Exemption;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What must be backed up and how fresh, or need not be. A change holds from the next judging of
 * each host on, which follows at once on as many hosts as fit two seconds; what was promised before
 * stays history.
 */
@Service
public class BackupPolicies {
  private final PolicyRows rows;
  private final PolicyRules rules;
  private final PolicyMatches matches;
  private final Rejudging rejudging;
  private final ApplicationEventPublisher events;
  private final AuditTrail audit;
  private final Clock clock;

  BackupPolicies(
      PolicyRows rows,
      PolicyRules rules,
      PolicyMatches matches,
      Rejudging rejudging,
      ApplicationEventPublisher events,
      AuditTrail audit,
      @Qualifier("publishClock") Clock clock) {
    this.rows = rows;
    this.rules = rules;
    this.matches = matches;
    this.rejudging = rejudging;
    this.events = events;
    this.audit = audit;
    this.clock = clock;
  }

  /** Some policy is another one now. */
  record Changed() {}

  /** Policies at an instant, by name; null for now. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<PolicyRecord> list(@Nullable Instant asOf) {
    return rows.records(asOf == null ? clock.instant() : asOf);
  }

  /** One policy as it is now; empty if there is none. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<PolicyRecord> find(long id) {
    return rows.find(id);
  }

  /** What a selector matches now, and what is promised for it already. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public PolicyPreview preview(Selector selector) {
    return matches.preview(selector, clock.instant());
  }

  /**
   * Adds a policy; an exemption waits for approval by somebody else.
   *
   * @return its ID
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if another policy has the name
   */
  @Requires(Permission.MANAGE_BACKUPS)
  @Transactional
  public long create(PolicyDraft draft) {
    rules.check(draft, now());
    mustBeFree(draft.name(), null);
    PolicyRecord record = record(rows.nextId(), 1, draft, now());
    rows.begin(record);
    changed("backup-policy.added", record);
    return record.id();
  }

  /**
   * Writes another version of a policy. An exemption has to be approved again.
   *
   * @throws NoSuchPolicy if there is none
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if another policy has the name
   */
  @Requires(Permission.MANAGE_BACKUPS)
  @Transactional
  public void change(long id, PolicyDraft draft) {
    PolicyRecord before = existing(id);
    rules.check(draft, now());
    mustBeFree(draft.name(), id);
    Instant at = laterThan(before.since());
    PolicyRecord record = record(id, before.policy().version() + 1, draft, at);
    rows.end(id, at);
    rows.begin(record);
    changed("backup-policy.changed", record);
  }

  /**
   * Ends a policy; what it promised before stays history.
   *
   * @throws NoSuchPolicy if there is none
   */
  @Requires(Permission.MANAGE_BACKUPS)
  @Transactional
  public void remove(long id) {
    PolicyRecord before = existing(id);
    rows.end(id, laterThan(before.since()));
    changed("backup-policy.removed", before);
  }

  /**
   * Approves an exemption that somebody else asked for; it holds from now on. One that is approved
   * already is left alone.
   *
   * @throws NoSuchPolicy if there is none
   * @throws InvalidInput if it exempts nothing
   * @throws AccessDeniedException to whoever wrote it
   */
  @Requires(Permission.MANAGE_BACKUPS)
  @Transactional
  public void approve(long id) {
    PolicyRecord before = existing(id);
    Policy policy = before.policy();
    Exemption exemption = policy.exemption();
    if (exemption == null) {
      throw new InvalidInput(
          "policy", "\"" + policy.name() + "\" exempts nothing, so there is nothing to approve.");
    }
    String who = Actor.signedIn();
    if (who.equals(before.author())) {
      throw new AccessDeniedException(
          "Whoever asks for an exemption cannot approve it. Ask somebody else who may.");
    }
    if (exemption.approver() != null) {
      return;
    }
    Instant at = laterThan(before.since());
    PolicyRecord approved =
        new PolicyRecord(
            new Policy(
                id,
                policy.version() + 1,
                policy.name(),
                policy.selector(),
                null,
                null,
                false,
                new Exemption(exemption.by(), exemption.reason(), who, exemption.until())),
            before.author(),
            at);
    rows.end(id, at);
    rows.begin(approved);
    changed("backup-policy.approved", approved);
  }

  private PolicyRecord existing(long id) {
    return rows.locked(id).orElseThrow(() -> new NoSuchPolicy(id));
  }

  private void mustBeFree(String name, @Nullable Long butFor) {
    if (rows.isTaken(name.strip(), butFor)) {
      throw new NameTaken("backup policy", name.strip());
    }
  }

  private static PolicyRecord record(long id, int version, PolicyDraft draft, Instant at) {
    String name = draft.name().strip();
    String reason = draft.exemptReason();
    return new PolicyRecord(
        new Policy(
            id,
            version,
            name,
            draft.selector(),
            draft.rpo(),
            draft.restoreTestEvery(),
            draft.offHost(),
            reason == null ? null : new Exemption(name, reason.strip(), null, draft.exemptUntil())),
        Actor.signedIn(),
        at);
  }

  private void changed(String action, PolicyRecord record) {
    Policy policy = record.policy();
    Map<String, Object> detail = new TreeMap<>();
    detail.put("version", policy.version());
    detail.put("selector", SelectorJson.text(policy.selector()));
    if (policy.rpo() != null) {
      detail.put("rpoSeconds", policy.rpo().toSeconds());
    }
    if (policy.restoreTestEvery() != null) {
      detail.put("restoreTestEverySeconds", policy.restoreTestEvery().toSeconds());
    }
    if (policy.exemption() != null) {
      detail.put("exempt", policy.exemption().reason());
    }
    audit.record(action, "backup-policy:" + policy.id() + " " + policy.name(), detail);
    rejudging.requestAll();
    events.publishEvent(new Changed());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Instant laterThan(Instant before) {
    Instant now = now();
    return now.isAfter(before) ? now : before.plus(1, ChronoUnit.MICROS);
  }
}
