package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataMap;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.Incarnation;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.backup.coverage.Promise;
import dev.plimsoll.backup.coverage.Promises;
import dev.plimsoll.checklist.Declaration;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.PublishStep;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what a host keeps, what is promised for it and how it stands, as of each publishing. */
@Component
@PortalItself
class CoverageStep implements PublishStep {
  private final KeptDataRows data;
  private final DataSizes sizes;
  private final UseRows uses;
  private final PolicyRows policies;
  private final PromiseRows promises;
  private final StandingRows coverage;
  private final CoverageLedger ledger;

  CoverageStep(
      KeptDataRows data,
      DataSizes sizes,
      UseRows uses,
      PolicyRows policies,
      PromiseRows promises,
      StandingRows coverage,
      CoverageLedger ledger) {
    this.data = data;
    this.sizes = sizes;
    this.uses = uses;
    this.policies = policies;
    this.promises = promises;
    this.coverage = coverage;
    this.ledger = ledger;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public @Nullable Instant publish(long hostId, Instant at, StoredFacts.Known known) {
    HostFacts facts = known.facts();
    DataMap map = DataMap.of(facts, sizes.layers(hostId, at));
    Map<DataRef, KeptDataRows.Row> newest = data.newest(hostId, at);
    Changes changes = Changes.of(map, newest, facts, known.subjects(), at);

    Map<KeptDataRows.Row, Instant> recompute = new HashMap<>();
    Map<Long, Instant> turned = coverage.turned(hostId, at);
    for (KeptDataRows.Row row : changes.closed()) {
      recompute.put(ended(row, at), turned.getOrDefault(row.id(), at));
    }
    // Before anything is closed: until its last instant, data stood as was promised
    ledger.foreseen(hostId, recompute, at);
    data.close(changes.closed().stream().map(KeptDataRows.Row::id).toList(), at);
    data.remember(changes.remembered());
    Map<DataRef, KeptDataRows.Row> opened = data.open(hostId, changes.opened());

    Map<Long, KeptData> present = new HashMap<>();
    Map<Long, @Nullable Promise> promised = new HashMap<>();
    List<Policy> written = policies.at(at);
    Set<String> caches = facts.declared(Declaration.CACHE_VOLUME);
    for (KeptData kept : map.kept()) {
      KeptDataRows.Row row = opened.getOrDefault(kept.ref(), newest.get(kept.ref()));
      if (row != null) {
        present.put(row.id(), kept);
        promised.put(row.id(), Promises.of(kept, facts.placement(), written, caches));
      }
    }
    uses.record(hostId, at, present);
    Set<Long> otherwise = promises.record(hostId, at, promised);

    Map<KeptDataRows.Row, Instant> due = new HashMap<>();
    opened.values().forEach(row -> due.put(row, at));
    newest
        .values()
        .forEach(
            row -> {
              boolean open = row.incarnation().to().equals(Instant.MAX);
              if (open
                  && !changes.closed().contains(row)
                  && (turned.containsKey(row.id()) || otherwise.contains(row.id()))) {
                due.put(row, turned.getOrDefault(row.id(), at));
              }
            });
    ledger.foreseen(hostId, due, at);
    return coverage.nextTurn(hostId).orElse(null);
  }

  private static KeptDataRows.Row ended(KeptDataRows.Row row, Instant at) {
    Incarnation life = row.incarnation();
    return new KeptDataRows.Row(
        row.id(),
        row.hostId(),
        row.ref(),
        new Incarnation(life.engineId(), life.createdAt(), life.recordsFrom(), life.from(), at));
  }

  /**
   * What has come, gone, or is no longer the same.
   *
   * @param remembered births that are told now of what was known before, by ID
   */
  private record Changes(
      Set<KeptDataRows.Row> closed,
      List<KeptDataRows.Opened> opened,
      Map<Long, String> remembered) {

    static Changes of(
        DataMap map,
        Map<DataRef, KeptDataRows.Row> newest,
        HostFacts facts,
        List<StoredFacts.KnownSubject> subjects,
        Instant at) {
      Set<KeptDataRows.Row> closed = new HashSet<>();
      List<KeptDataRows.Opened> opened = new ArrayList<>();
      Map<Long, String> remembered = new HashMap<>();
      Map<String, Long> ids = subjectIds(subjects);
      Set<DataRef> present = new HashSet<>();
      for (KeptData kept : map.kept()) {
        present.add(kept.ref());
        KeptDataRows.Row row = newest.get(kept.ref());
        Incarnation last = row == null ? null : row.incarnation();
        Incarnation now = Incarnations.of(kept, last, facts, at);
        boolean open = last != null && last.to().equals(Instant.MAX);
        if (row != null && open && now.from().equals(row.incarnation().from())) {
          String createdAt = now.createdAt();
          if (createdAt != null && !createdAt.equals(row.incarnation().createdAt())) {
            remembered.put(row.id(), createdAt);
          }
          continue;
        }
        if (row != null && open) {
          closed.add(row);
        }
        opened.add(new KeptDataRows.Opened(kept, ids.get(subjectKey(kept)), now));
      }
      newest
          .values()
          .forEach(
              row -> {
                if (row.incarnation().to().equals(Instant.MAX)
                    && !present.contains(row.ref())
                    && !map.unsure().contains(row.ref().kind())
                    && !stillListed(row, facts)) {
                  closed.add(row);
                }
              });
      return new Changes(closed, opened, remembered);
    }

    /** A volume that is listed but was not shown is still there. */
    private static boolean stillListed(KeptDataRows.Row row, HostFacts facts) {
      return row.ref().kind() == DataKind.VOLUME
          && facts.volumes().get(row.ref().name()) instanceof Reading.Unread;
    }

    private static String subjectKey(KeptData kept) {
      return (kept.ref().kind() == DataKind.LAYER ? SubjectKind.CONTAINER : SubjectKind.VOLUME)
              .word()
          + " "
          + kept.key();
    }

    private static Map<String, Long> subjectIds(List<StoredFacts.KnownSubject> subjects) {
      Map<String, Long> ids = new HashMap<>();
      subjects.forEach(
          subject -> ids.put(subject.kind().word() + " " + subject.dockerId(), subject.id()));
      return ids;
    }
  }
}
