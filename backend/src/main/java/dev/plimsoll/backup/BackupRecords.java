package dev.plimsoll.backup;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Evidence of backups and restores: reported by people and programs, or shown by a source. */
@Service
public class BackupRecords {
  private final RecordIntake intake;
  private final RecordRows records;
  private final RecordRules rules;
  private final TransactionTemplate transaction;
  private final AuditTrail audit;
  private final SecretMasking masking;
  private final Clock clock;

  BackupRecords(
      RecordIntake intake,
      RecordRows records,
      RecordRules rules,
      TransactionTemplate transaction,
      AuditTrail audit,
      SecretMasking masking,
      @Qualifier("publishClock") Clock clock) {
    this.intake = intake;
    this.records = records;
    this.rules = rules;
    this.transaction = transaction;
    this.audit = audit;
    this.masking = masking;
    this.clock = clock;
  }

  /**
   * What reporting did.
   *
   * @param repeated whether it was known already: then nothing was written
   */
  public record Reported(long id, boolean repeated) {}

  /**
   * Reports one backup or restore. Coverage is right when it returns.
   *
   * @throws InvalidInput naming every bad field
   */
  @Requires(Permission.REPORT_BACKUPS)
  @Transactional
  public Reported report(RecordDraft draft) {
    RecordDraft checked = masked(rules.checked(draft));
    Optional<Long> same = records.find(RecordForm.of(checked, clock.instant()).key());
    if (same.isPresent()) {
      return new Reported(same.get(), true);
    }
    List<Long> added =
        intake.take(checked.hostId(), null, Actor.signedIn(), List.of(checked), List.of());
    if (added.isEmpty()) {
      // Somebody else reported it while this call waited for the host
      return new Reported(
          records.find(RecordForm.of(checked, clock.instant()).key()).orElseThrow(), true);
    }
    audit.record(
        "backup.reported",
        "host:" + checked.hostId(),
        Map.of(
            "record", added.getFirst(),
            "kind", checked.data().kind().word(),
            "name", checked.data().name(),
            "type", checked.type().name(),
            "outcome", checked.succeeded() ? "SUCCEEDED" : "FAILED"));
    return new Reported(added.getFirst(), false);
  }

  /** How many records are new, and how many ended. */
  public record Learned(int added, int gone) {}

  /**
   * Takes in all that a source shows now: what is new begins, and what it no longer shows ends, a
   * host a transaction. Writes nothing where nothing changed.
   */
  @PortalItself
  public Learned showing(long sourceId, List<RecordDraft> all) {
    Map<RecordRows.Key, RecordRows.Shown> before = new HashMap<>(records.shown(sourceId));
    Map<Long, List<RecordDraft>> added = new HashMap<>();
    Set<RecordRows.Key> seen = new HashSet<>();
    for (RecordDraft draft : all) {
      RecordDraft masked = masked(draft);
      RecordRows.Key key = RecordForm.of(masked, clock.instant()).key();
      if (seen.add(key) && before.remove(key) == null) {
        added.computeIfAbsent(draft.hostId(), host -> new ArrayList<>()).add(masked);
      }
    }
    Map<Long, List<RecordRows.Shown>> gone = new HashMap<>();
    before
        .values()
        .forEach(one -> gone.computeIfAbsent(one.hostId(), host -> new ArrayList<>()).add(one));
    Set<Long> hosts = new TreeSet<>(added.keySet());
    hosts.addAll(gone.keySet());
    int begun = 0;
    int ended = 0;
    for (long host : hosts) {
      List<RecordRows.Shown> over = gone.getOrDefault(host, List.of());
      begun += taken(host, sourceId, added.getOrDefault(host, List.of()), over);
      ended += over.size();
    }
    return new Learned(begun, ended);
  }

  /** Takes in more that a source tells; the number of records that are new. */
  @PortalItself
  public int learn(long sourceId, List<RecordDraft> more) {
    Map<Long, List<RecordDraft>> byHost = new HashMap<>();
    more.forEach(
        draft ->
            byHost.computeIfAbsent(draft.hostId(), host -> new ArrayList<>()).add(masked(draft)));
    int added = 0;
    for (long host : new TreeSet<>(byHost.keySet())) {
      added += taken(host, sourceId, byHost.getOrDefault(host, List.of()), List.of());
    }
    return added;
  }

  private int taken(
      long host, long sourceId, List<RecordDraft> drafts, List<RecordRows.Shown> gone) {
    Integer added =
        transaction.execute(
            status -> intake.take(host, sourceId, AuditTrail.PORTAL, drafts, gone).size());
    return added == null ? 0 : added;
  }

  private RecordDraft masked(RecordDraft draft) {
    String detail = draft.detail();
    String location = draft.targetLocation();
    return draft.saying(
        detail == null ? null : masking.masked(detail),
        location == null ? null : masking.masked(location));
  }
}
