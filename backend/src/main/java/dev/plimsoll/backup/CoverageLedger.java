package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.Evidence;
import dev.plimsoll.backup.coverage.Promise;
import dev.plimsoll.backup.coverage.Revision;
import dev.plimsoll.backup.coverage.Span;
import dev.plimsoll.backup.coverage.Standing;
import dev.plimsoll.backup.coverage.Stretch;
import dev.plimsoll.backup.coverage.Timeline;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Keeps coverage equal to what follows from promises and evidence. */
@Component
class CoverageLedger {
  private final PromiseRows promises;
  private final EvidenceRows evidence;
  private final StandingRows rows;

  CoverageLedger(PromiseRows promises, EvidenceRows evidence, StandingRows rows) {
    this.promises = promises;
    this.evidence = evidence;
    this.rows = rows;
  }

  /**
   * Writes what time alone has changed of data by an instant, and what changes at it.
   *
   * @param since from when on each is looked at: its last forecast, or {@code at}
   */
  void foreseen(long hostId, Map<KeptDataRows.Row, Instant> since, Instant at) {
    write(hostId, since, at, Revision::foreseen);
  }

  /**
   * Writes what was learned at an instant of the time before it.
   *
   * @param since from when on something else than before may be true, not before the data was there
   */
  void learned(long hostId, Collection<KeptDataRows.Row> data, Instant since, Instant at) {
    Map<KeptDataRows.Row, Instant> from = new HashMap<>();
    data.forEach(
        row -> {
          Instant first = row.incarnation().from();
          from.put(row, first.isAfter(since) ? first : since);
        });
    write(hostId, from, at, Revision::learned);
  }

  private interface Revising {
    Revision revise(List<Stretch> kept, List<Span<Standing>> spans, Instant at);
  }

  private void write(
      long hostId, Map<KeptDataRows.Row, Instant> since, Instant at, Revising revising) {
    if (since.isEmpty()) {
      return;
    }
    Instant earliest = since.values().stream().min(Instant::compareTo).orElse(at);
    List<Long> ids = since.keySet().stream().map(KeptDataRows.Row::id).toList();
    Map<Long, List<Span<Promise>>> promised = promises.since(ids, earliest);
    Map<Long, Evidence> known = evidence.of(hostId, since.keySet(), earliest, at);
    Map<Long, List<Stretch>> kept = rows.since(ids, earliest);
    Map<Long, Revision> revisions = new HashMap<>();
    Map<Long, String> kinds = new HashMap<>();
    since.forEach(
        (row, from) -> {
          List<Span<Standing>> spans =
              Timeline.of(
                  from,
                  row.incarnation().to(),
                  promised.getOrDefault(row.id(), List.of()),
                  known.getOrDefault(row.id(), Evidence.NONE));
          List<Stretch> before =
              kept.getOrDefault(row.id(), List.of()).stream()
                  .filter(stretch -> stretch.to().isAfter(from))
                  .toList();
          revisions.put(row.id(), revising.revise(before, spans, at));
          kinds.put(row.id(), row.ref().kind().name());
        });
    rows.write(hostId, kinds, revisions, at);
  }
}
