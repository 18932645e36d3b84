package dev.plimsoll.backup;

import dev.plimsoll.backup.RecordRows.Told;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.compliance.Rejudging;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes evidence of one host in: coverage is right as soon as the transaction ends, verdicts follow
 * when the host is judged next.
 */
@Component
class RecordIntake {
  private final RecordRows records;
  private final KeptDataRows data;
  private final CoverageLedger coverage;
  private final Publishing publishing;
  private final Rejudging rejudging;

  RecordIntake(
      RecordRows records,
      KeptDataRows data,
      CoverageLedger coverage,
      Publishing publishing,
      Rejudging rejudging) {
    this.records = records;
    this.data = data;
    this.coverage = coverage;
    this.publishing = publishing;
    this.rejudging = rejudging;
  }

  /**
   * Takes in what is told of one host, and ends what is no longer shown.
   *
   * @param sourceId null if somebody reported it
   * @return IDs of what is new
   */
  @Transactional(propagation = Propagation.MANDATORY)
  List<Long> take(
      long hostId,
      @Nullable Long sourceId,
      String reporter,
      List<RecordDraft> drafts,
      Collection<RecordRows.Shown> gone) {
    Instant at = publishing.told(hostId);
    List<Told> told = drafts.stream().map(draft -> RecordForm.of(draft, at)).toList();
    List<Long> added = records.add(hostId, sourceId, reporter, told, at);
    if (!gone.isEmpty()) {
      records.end(gone.stream().map(RecordRows.Shown::id).toList(), at);
    }
    if (!added.isEmpty() || !gone.isEmpty()) {
      Set<DataRef> refs = new HashSet<>();
      Instant since = at;
      for (Told one : told) {
        refs.add(one.draft().data());
        Instant finished = one.draft().finishedAt();
        since = finished.isBefore(since) ? finished : since;
      }
      gone.forEach(one -> refs.add(one.data()));
      reconsider(hostId, refs, since, at);
    }
    return added;
  }

  /** Brings coverage of some data of a host in line with what is known of it at an instant. */
  @Transactional(propagation = Propagation.MANDATORY)
  void reconsider(long hostId, Set<DataRef> refs, Instant since, Instant at) {
    List<KeptDataRows.Row> rows = new ArrayList<>(data.since(hostId, refs, since, at));
    if (refs.stream().anyMatch(ref -> ref.kind() == DataKind.DIRECTORY)) {
      data.directories(hostId, since, at).stream()
          .filter(row -> EvidenceRows.answeredBy(row.ref()).stream().anyMatch(refs::contains))
          .filter(row -> !refs.contains(row.ref()))
          .forEach(rows::add);
    }
    coverage.learned(hostId, rows, since, at);
    rejudging.request(List.of(hostId));
  }
}
