package dev.plimsoll.backup;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Restores of restic snapshots into a directory of the portal's own machine, which show whether a
 * backup can be restored and how long that takes. Nothing of them stays but the result.
 */
@Service
public class RestoreDrills {
  /** Drills of one source that are listed. */
  public static final int MOST_DRILLS = 100;

  private static final int SHORTEST_ID = 8;

  private final BackupSources sources;
  private final DrillRows drills;
  private final AuditTrail audit;
  private final Clock clock;

  RestoreDrills(
      BackupSources sources,
      DrillRows drills,
      AuditTrail audit,
      @Qualifier("publishClock") Clock clock) {
    this.sources = sources;
    this.drills = drills;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Asks for a restore; it is done soon, one after the other.
   *
   * @return its ID
   * @throws NoSuchBackupSource if there is no such source
   * @throws InvalidInput if it is no restic repository, or shows no such backup
   */
  @Requires(Permission.MANAGE_BACKUPS)
  @Transactional
  public long start(long sourceId, DrillDraft draft) {
    SourceRecord source =
        sources.find(sourceId, null).orElseThrow(() -> new NoSuchBackupSource(sourceId));
    if (source.type() != SourceType.RESTIC) {
      throw new InvalidInput(
          "source",
          "\""
              + Shown.of(source.name())
              + "\" is no restic repository. Restore by hand, and report it as a RESTORE_TEST.");
    }
    String wanted = draft.snapshotId();
    if (wanted != null && !wanted.matches("[0-9a-f]{" + SHORTEST_ID + ",64}")) {
      throw new InvalidInput(
          "snapshotId",
          "\"" + Shown.of(wanted) + "\" is no ID of a snapshot. Give at least 8 of its digits.");
    }
    String snapshot =
        drills
            .newest(sourceId, draft)
            .orElseThrow(
                () ->
                    new InvalidInput(
                        wanted == null ? draft.data().kind().word() : "snapshotId",
                        "The source shows no such backup of "
                            + draft.data().kind().word()
                            + " \""
                            + Shown.of(draft.data().name())
                            + "\". Read the source first, or choose another."));
    long id = drills.ask(sourceId, draft, snapshot, Actor.signedInOrPortal(), clock.instant());
    audit.record(
        "restore-drill.requested",
        "backup-source:%d %s".formatted(sourceId, Shown.of(source.name())),
        Map.of(
            "drill", id,
            "host", draft.hostId(),
            "kind", draft.data().kind().word(),
            "name", draft.data().name(),
            "snapshot", snapshot));
    return id;
  }

  /** A source's drills, newest first, at most {@link #MOST_DRILLS}. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<DrillRecord> list(long sourceId) {
    return drills.newestOf(sourceId, MOST_DRILLS);
  }

  /** One drill of a source. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<DrillRecord> find(long sourceId, long drillId) {
    return drills.find(sourceId, drillId);
  }
}
