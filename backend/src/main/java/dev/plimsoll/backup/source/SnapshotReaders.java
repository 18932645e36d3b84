package dev.plimsoll.backup.source;

import dev.plimsoll.backup.SourceType;
import java.time.Clock;
import java.time.Duration;

/** The readers of all types of sources. */
public final class SnapshotReaders {
  private static final Duration PAGE_LIMIT = Duration.ofMinutes(1);

  private final ResticReader restic;
  private final BorgReader borg;
  private final ArchivesReader archives;

  /** Reads with the programs as they are called on the portal's machine. */
  public SnapshotReaders(Programs programs, Clock clock) {
    this(programs, "restic", "borg", clock);
  }

  /** Reads with programs that lie somewhere else, or are called otherwise. */
  public SnapshotReaders(Programs programs, String restic, String borg, Clock clock) {
    this.restic = new ResticReader(programs, restic);
    this.borg = new BorgReader(programs, borg);
    this.archives = new ArchivesReader(new BucketReader(clock, PAGE_LIMIT));
  }

  /**
   * The reader of a type.
   *
   * @throws IllegalArgumentException for a heartbeat, which is not read
   */
  public SnapshotReader of(SourceType type) {
    return switch (type) {
      case RESTIC -> restic;
      case BORG -> borg;
      case ARCHIVES -> archives;
      case HEARTBEAT -> throw new IllegalArgumentException("A heartbeat is not read");
    };
  }

  /**
   * Checks a restic repository's integrity; reads its index and all of its trees.
   *
   * @throws SourceFailure {@code DAMAGED} if it is damaged; another one if it could not be checked
   */
  public void check(Access access) throws SourceFailure {
    restic.check(access);
  }
}
