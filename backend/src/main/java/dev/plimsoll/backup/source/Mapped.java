package dev.plimsoll.backup.source;

import dev.plimsoll.backup.coverage.DataRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping makes of a snapshot.
 *
 * @param pieces the data that it holds
 * @param reason why it, or a part of it, belongs to no data; null if all of it was mapped
 */
public record Mapped(List<Piece> pieces, @Nullable String reason) {
  public Mapped {
    pieces = List.copyOf(pieces);
  }

  /**
   * Data of a host.
   *
   * @param namedTime when the backup began as its archive's name tells; null if it does not
   * @param by what says so, such as {@code tag volume={volume}}
   */
  public record Piece(long hostId, DataRef data, @Nullable Instant namedTime, String by) {}
}
