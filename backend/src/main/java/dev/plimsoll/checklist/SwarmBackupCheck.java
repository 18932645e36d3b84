package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a swarm would survive the loss of its managers. */
final class SwarmBackupCheck {
  private static final Field AUTO_LOCK = Field.of(".swarm.Spec.EncryptionConfig.AutoLockManagers");
  private static final String ID = "SWM-BACKUP";

  /** How old a backup may be. */
  private static final Duration FRESH = Duration.ofHours(24);

  private SwarmBackupCheck() {}

  static final Check BACKED_UP =
      RuleBuilder.swarm(ID, HIGH)
          .evidence()
          .needs(ReadingSwitch.BACKUPS)
          .title("The raft state has a recent backup")
          .rationale(
              "Services, secrets and networks of a swarm live on its managers, and are lost with"
                  + " them.")
          .remediation(
              "Stop the engine of one manager and back up /var/lib/docker/swarm, every day. Keep the"
                  + " unlock key somewhere else, and attest that.")
          .judgedBy(Swarm.onManager(SwarmBackupCheck::backedUp));

  private static Verdict backedUp(Examination x) {
    BackupEvidence backups = x.host().backups();
    Reading.Unread unread = backups.unread();
    if (unread != null) {
      return Examination.unread(unread);
    }
    BackupRecord newest = newest(backups, x.host().at());
    if (newest == null) {
      return x.fail("there is no record of a successful backup");
    }
    x.keep(
        new Evidence(
            ".startedAt",
            CompactJson.text(newest.startedAt().toString()),
            newest.documentSha256()));
    Instant old = newest.startedAt().plus(FRESH);
    if (!x.host().at().isBefore(old)) {
      return x.fail("the newest backup is older than 24 hours");
    }
    Instant until = old;
    if (Swarm.part(x.document(), Swarm.CLUSTER).flag(AUTO_LOCK)) {
      Attestation kept = Attested.current(x.host(), ID);
      if (kept == null || kept.outcome() != Outcome.PASS) {
        return x.fail("nobody attests that the unlock key is kept elsewhere");
      }
      x.keep(Attested.evidence(kept));
      until = kept.expiresAt().isBefore(old) ? kept.expiresAt() : old;
    }
    Verdict pass = x.pass();
    return new Verdict(pass.outcome(), pass.evidence(), null, new Turn(until, Outcome.FAIL));
  }

  private static @Nullable BackupRecord newest(BackupEvidence backups, Instant at) {
    BackupRecord newest = null;
    for (BackupRecord record : backups.records()) {
      if (record.succeeded()
          && record.data() instanceof BackupRecord.Data.SwarmState
          && !record.startedAt().isAfter(at)
          && (newest == null || record.startedAt().isAfter(newest.startedAt()))) {
        newest = record;
      }
    }
    return newest;
  }
}
