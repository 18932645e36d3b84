package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.source.Location;
import dev.plimsoll.backup.source.Mapped;
import dev.plimsoll.backup.source.Mapping;
import dev.plimsoll.backup.source.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one reading of a source shows, as it comes in: records, and what belongs to no data. */
final class SnapshotEvidence {
  private final OpenedSource source;
  private final Mapping mapping;
  private final WatchedHosts.Hosts hosts;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<UnmappedDraft> unmapped = new ArrayList<>();
  private int snapshots;

  SnapshotEvidence(OpenedSource source, WatchedHosts.Hosts hosts) {
    this.source = source;
    this.mapping = source.mapping();
    this.hosts = hosts;
  }

  /** A snapshot that belongs to no data, or a part of which does not. */
  record UnmappedDraft(Snapshot snapshot, String reason) {}

  /**
   * Data that a snapshot holds.
   *
   * @param bytes of the snapshot where it holds nothing else; null if it is not known
   */
  private record Piece(
      String snapshotId,
      Instant startedAt,
      Instant finishedAt,
      boolean alone,
      @Nullable Long bytes,
      @Nullable String checksum,
      Mapped.Piece of) {
    Piece sized(long size) {
      return new Piece(snapshotId, startedAt, finishedAt, alone, size, checksum, of);
    }
  }

  /** Takes in a snapshot. */
  void add(Snapshot snapshot) {
    snapshots++;
    Mapped mapped = mapping.map(snapshot, hosts.names());
    String reason = mapped.reason();
    if (reason != null) {
      unmapped.add(new UnmappedDraft(snapshot, reason));
    }
    boolean alone = mapped.pieces().size() == 1 && reason == null;
    for (Mapped.Piece piece : mapped.pieces()) {
      pieces.add(
          new Piece(
              snapshot.id(),
              startedAt(snapshot, piece),
              snapshot.finishedAt(),
              alone,
              // Of a part nobody knows the size, but all parts of nothing are empty.
              alone || Long.valueOf(0).equals(snapshot.bytes()) ? snapshot.bytes() : null,
              snapshot.checksum(),
              piece));
    }
  }

  /** A name may bear a time of another zone than UTC: never one after the end. */
  private static Instant startedAt(Snapshot snapshot, Mapped.Piece piece) {
    Instant told = snapshot.startedAt();
    Instant named = piece.namedTime();
    Instant started = told != null ? told : named != null ? named : snapshot.finishedAt();
    return started.isAfter(snapshot.finishedAt()) ? snapshot.finishedAt() : started;
  }

  /** The newest snapshots of some data whose size is not known, that hold nothing else. */
  List<String> newestUnsized(Set<String> known, int most) {
    Map<String, Piece> newest =
        pieces.stream()
            .collect(
                Collectors.toMap(
                    piece -> piece.of().hostId() + " " + piece.of().data(),
                    piece -> piece,
                    (a, b) -> a.startedAt().isBefore(b.startedAt()) ? b : a));
    return newest.values().stream()
        .filter(piece -> piece.alone() && piece.bytes() == null)
        .filter(piece -> !known.contains(piece.snapshotId()))
        .sorted(Comparator.comparing(Piece::startedAt).reversed())
        .map(Piece::snapshotId)
        .limit(most)
        .toList();
  }

  /**
   * The records.
   *
   * @param sizes by snapshot, where the source did not tell them with the snapshot
   */
  List<RecordDraft> records(Map<String, Long> sizes) {
    Map<String, RecordDraft> drafts = new LinkedHashMap<>();
    for (Piece piece : pieces) {
      Long size = sizes.get(piece.snapshotId());
      Piece sized =
          piece.bytes() == null && piece.alone() && size != null ? piece.sized(size) : piece;
      // Two tags may name the same data.
      drafts.putIfAbsent(
          sized.snapshotId() + " " + sized.of().hostId() + " " + sized.of().data(), record(sized));
    }
    return List.copyOf(drafts.values());
  }

  private RecordDraft record(Piece piece) {
    DataRef data = piece.of().data();
    return RecordDraft.backup(piece.of().hostId(), data)
        .startedAt(piece.startedAt())
        .finishedAt(piece.finishedAt())
        .source(source.name())
        .snapshotId(piece.snapshotId())
        .bytes(piece.bytes())
        .checksum(piece.checksum())
        .target(target(piece.of().hostId()), source.location().shown())
        .detail("mapped by " + piece.of().by())
        .build();
  }

  private TargetType target(long hostId) {
    TargetType told = source.target();
    if (told != null) {
      return told;
    }
    Location location = source.location();
    return location.isDirectory() && hosts.local().contains(hostId)
        ? TargetType.LOCAL
        : location.target();
  }

  /** What belongs to no data, each snapshot once. */
  List<UnmappedDraft> unmapped() {
    Map<String, UnmappedDraft> once = new HashMap<>();
    unmapped.forEach(one -> once.putIfAbsent(one.snapshot().id(), one));
    return List.copyOf(once.values());
  }

  int snapshots() {
    return snapshots;
  }
}
