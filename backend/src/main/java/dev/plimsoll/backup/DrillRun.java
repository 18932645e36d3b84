package dev.plimsoll.backup;

import dev.plimsoll.backup.source.ResticRestore;
import dev.plimsoll.backup.source.ResticRestore.Restored;
import dev.plimsoll.backup.source.Scratch;
import dev.plimsoll.backup.source.SourceFailure;
import dev.plimsoll.backup.source.SourceFault;
import dev.plimsoll.permission.PortalItself;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Does the restores that were asked for, one at a time. One that could not be tried, since the
 * repository did not open or the disk is too small, tells nothing about the backup and makes no
 * record.
 */
@Component
@PortalItself
class DrillRun {
  private static final Logger LOG = LoggerFactory.getLogger(DrillRun.class);

  private final DrillRows drills;
  private final SourceOpening sources;
  private final ResticRestore restic;
  private final Scratch scratch;
  private final BackupRecords records;
  private final Clock clock;

  DrillRun(
      DrillRows drills,
      SourceOpening sources,
      ResticRestore restic,
      Scratch scratch,
      BackupRecords records,
      @Qualifier("publishClock") Clock clock) {
    this.drills = drills;
    this.sources = sources;
    this.restic = restic;
    this.scratch = scratch;
    this.records = records;
    this.clock = clock;
  }

  /** Does what waits. */
  void run() {
    drills.abandon(clock.instant());
    try {
      scratch.clear();
    } catch (IOException e) {
      LOG.error("What an earlier drill restored cannot be deleted", e);
      return;
    }
    while (!Thread.currentThread().isInterrupted()) {
      Optional<DrillRecord> drill = drills.begin(clock.instant());
      if (drill.isEmpty()) {
        return;
      }
      drill(drill.get());
    }
  }

  private void drill(DrillRecord drill) {
    try {
      Optional<OpenedSource> source = sources.open(drill.sourceId());
      if (source.isEmpty()) {
        end(drill, null, SourceFault.GONE, "The source was removed.");
        return;
      }
      drill(drill, source.get());
    } catch (SourceFailure e) {
      LOG.info("Drill {} failed: {}", drill.id(), e.fault());
      end(drill, null, e.fault(), e.sentence());
    } catch (IOException | RuntimeException e) {
      LOG.error("Drill {} failed", drill.id(), e);
      end(drill, null, null, "The portal failed while it restored. Its log tells more.");
    }
  }

  private void drill(DrillRecord drill, OpenedSource source) throws SourceFailure, IOException {
    long size = restic.size(source.access(), drill.snapshotId());
    if (!scratch.holds(size)) {
      end(
          drill,
          null,
          null,
          "The snapshot has "
              + size
              + " bytes, and "
              + scratch.directory()
              + " has no room for them. Make room, and ask again.");
      return;
    }
    Instant began = clock.instant();
    try (Scratch.Place place = scratch.open("drill-" + drill.id())) {
      Restored restored = restic.restore(source.access(), drill.snapshotId(), place.directory());
      Instant ended = clock.instant();
      Optional<String> before = drills.rootHashBefore(drill);
      boolean same = before.isEmpty() || before.get().equals(restored.rootHash());
      String sentence =
          same
              ? "Restored and verified: %d files, %d bytes%s."
                  .formatted(
                      restored.files(),
                      restored.bytes(),
                      before.isPresent() ? ", equal to the drill before" : "")
              : "Restored, but its files differ from those that an earlier drill of the same"
                  + " snapshot restored. The repository is damaged or was altered.";
      record(drill, source, began, ended, restored, same, sentence);
    } catch (SourceFailure e) {
      if (e.fault() != SourceFault.DAMAGED) {
        throw e;
      }
      record(drill, source, began, clock.instant(), null, false, e.sentence());
    }
  }

  private void record(
      DrillRecord drill,
      OpenedSource source,
      Instant began,
      Instant ended,
      @Nullable Restored restored,
      boolean good,
      String sentence) {
    double seconds = Duration.between(began, ended).toNanos() / 1e9;
    records.learn(
        source.id(),
        List.of(
            RecordDraft.restoreTest(drill.hostId(), drill.data())
                .succeeded(good)
                .startedAt(began)
                .finishedAt(ended)
                .source(source.name())
                .snapshotId(drill.snapshotId())
                .bytes(restored == null ? null : (Long) restored.bytes())
                .checksum(restored == null ? null : "sha256:" + restored.rootHash())
                .durationSeconds(seconds)
                .compared(restored == null ? null : (Long) restored.files(), good)
                .detail(sentence)
                .build()));
    drills.end(
        result(
            drill,
            good ? "SUCCEEDED" : "FAILED",
            ended,
            restored,
            restored == null ? null : (Double) seconds,
            good ? null : SourceFault.DAMAGED.name(),
            sentence));
    LOG.info(
        "Drill {} took {} s: {}",
        drill.id(),
        String.format(Locale.ROOT, "%.1f", seconds),
        good ? "restored" : "failed");
  }

  private void end(
      DrillRecord drill,
      @Nullable Restored restored,
      @Nullable SourceFault fault,
      String sentence) {
    drills.end(
        result(
            drill,
            "FAILED",
            clock.instant(),
            restored,
            null,
            fault == null ? null : fault.name(),
            sentence));
  }

  private static DrillRecord result(
      DrillRecord drill,
      String outcome,
      Instant finishedAt,
      @Nullable Restored restored,
      @Nullable Double seconds,
      @Nullable String category,
      String sentence) {
    return new DrillRecord(
        drill.id(),
        drill.sourceId(),
        drill.hostId(),
        drill.hostName(),
        drill.data(),
        drill.snapshotId(),
        outcome,
        drill.author(),
        drill.askedAt(),
        drill.begunAt(),
        finishedAt,
        restored == null ? null : (Long) restored.bytes(),
        restored == null ? null : (Long) restored.files(),
        seconds,
        restored == null ? null : restored.rootHash(),
        category,
        sentence);
  }
}
