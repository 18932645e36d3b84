package dev.plimsoll.backup;

import dev.plimsoll.backup.source.SnapshotReader;
import dev.plimsoll.backup.source.SnapshotReaders;
import dev.plimsoll.backup.source.SourceFailure;
import dev.plimsoll.backup.source.SourceFault;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Reads the sources that are due, one after the other in each lane: a source that hangs keeps one
 * lane for as long as a reading may take, and the others go on.
 */
@Component
@PortalItself
class SourceRun {
  private static final Logger LOG = LoggerFactory.getLogger(SourceRun.class);
  private static final int SOURCES_A_RUN = 20;

  /** Each costs a program; more are measured by the readings that follow. */
  private static final int SIZES_A_READING = 50;

  private static final Duration SIZES_LIMIT = Duration.ofMinutes(10);

  private final SourceReadings readings;
  private final SourceOpening sources;
  private final SnapshotReaders readers;
  private final WatchedHosts hosts;
  private final BackupRecords records;
  private final SourceBlindness blindness;
  private final Clock clock;

  SourceRun(
      SourceReadings readings,
      SourceOpening sources,
      SnapshotReaders readers,
      WatchedHosts hosts,
      BackupRecords records,
      SourceBlindness blindness,
      @Qualifier("publishClock") Clock clock) {
    this.readings = readings;
    this.sources = sources;
    this.readers = readers;
    this.hosts = hosts;
    this.records = records;
    this.blindness = blindness;
    this.clock = clock;
  }

  /** Reads what is due. */
  void run(int lane) {
    readings.abandon(lane);
    for (int i = 0; i < SOURCES_A_RUN && !Thread.currentThread().isInterrupted(); i++) {
      Optional<SourceReadings.Begun> begun = readings.begin(lane);
      if (begun.isEmpty()) {
        return;
      }
      read(begun.get());
    }
  }

  /** Ends the records of sources that were removed. */
  void endRemoved() {
    for (long source : readings.removed()) {
      records.showing(source, List.of());
      blindness.seen(source);
      readings.ended(source);
    }
  }

  private void read(SourceReadings.Begun begun) {
    try {
      Optional<OpenedSource> source = sources.open(begun.sourceId());
      if (source.isEmpty()) {
        readings.fail(begun, SourceFault.GONE, "The source was removed.");
        return;
      }
      read(begun, source.get());
    } catch (SourceFailure e) {
      LOG.info("Backup source {} was not read: {}", begun.sourceId(), e.fault());
      failed(begun, e.fault(), e.sentence());
    } catch (RuntimeException e) {
      LOG.error("Reading backup source {} failed", begun.sourceId(), e);
      failed(
          begun,
          SourceFault.UNREADABLE,
          "The portal failed while it read this source. Its log tells more.");
    }
  }

  private void read(SourceReadings.Begun begun, OpenedSource source) throws SourceFailure {
    SnapshotEvidence evidence = new SnapshotEvidence(source, hosts.now());
    SnapshotReader reader = readers.of(source.type());
    reader.read(source.access(), evidence::add);
    Map<String, Long> sizes = new HashMap<>();
    Map<String, Optional<Long>> known = readings.sizes(source.id());
    known.forEach((snapshot, size) -> size.ifPresent(bytes -> sizes.put(snapshot, bytes)));
    measure(reader, source, evidence.newestUnsized(known.keySet(), SIZES_A_READING), sizes);
    BackupRecords.Learned learned = records.showing(source.id(), evidence.records(sizes));
    readings.succeed(begun, evidence, learned.added());
    if (!damaged(source.id())) {
      blindness.seen(source.id());
    }
  }

  private void measure(
      SnapshotReader reader, OpenedSource source, List<String> snapshots, Map<String, Long> sizes) {
    Instant end = clock.instant().plus(SIZES_LIMIT);
    for (String snapshot : snapshots) {
      if (clock.instant().isAfter(end)) {
        return;
      }
      try {
        OptionalLong size = reader.bytes(source.access(), snapshot);
        if (size.isPresent()) {
          sizes.put(snapshot, size.getAsLong());
        }
      } catch (SourceFailure e) {
        // The snapshot is evidence without its size, too.
        LOG.info("A size of backup source {} was not read: {}", source.id(), e.fault());
        return;
      }
    }
  }

  private void failed(SourceReadings.Begun begun, SourceFault fault, String sentence) {
    readings.fail(begun, fault, sentence);
    // Damage is known until a check finds none.
    if (!damaged(begun.sourceId())) {
      blindness.blind(begun.sourceId(), fault.name(), sentence);
    }
  }

  private boolean damaged(long sourceId) {
    return blindness.category(sourceId).filter(SourceFault.DAMAGED.name()::equals).isPresent();
  }
}
