package dev.plimsoll.backup.source;

import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads what a source shows; never writes to it and never waits for its lock. */
public interface SnapshotReader {
  /**
   * Shows every snapshot once, in no order. What was shown before a failure is to be thrown away.
   *
   * @throws SourceFailure if the source cannot be read to its end
   */
  void read(Access access, Consumer<Snapshot> each) throws SourceFailure;

  /**
   * The size of what a snapshot holds, in bytes; empty if the source does not tell it apart from
   * the snapshot itself.
   *
   * @throws SourceFailure if it cannot be read
   */
  OptionalLong bytes(Access access, String snapshotId) throws SourceFailure;
}
