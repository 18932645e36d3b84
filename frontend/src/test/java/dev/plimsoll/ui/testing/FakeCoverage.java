package dev.plimsoll.ui.testing;

import dev.plimsoll.backup.PolicyPreview;
import dev.plimsoll.backup.PolicyRecord;
import dev.plimsoll.backup.RecordType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataMap;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.checklist.BackupRecord.Method;
import dev.plimsoll.posture.BackupRecordQuery;
import dev.plimsoll.posture.BackupRecordRow;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.CoverageSpan;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.posture.HostRef;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.Loss;
import dev.plimsoll.posture.Scope;
import dev.plimsoll.posture.SubjectRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What data the hosts of a {@link FakeFleet} keep, and how it stands: every state occurs. */
public final class FakeCoverage {
  private static final Duration RPO = Duration.ofHours(24);
  private static final long GIB = 1L << 30;

  private final FakeFleet fleet;
  private final Instant now;
  private final List<CoverageRow> rows = new ArrayList<>();
  private final List<PolicyRecord> policies = new ArrayList<>();

  FakeCoverage(FakeFleet fleet) {
    this.fleet = fleet;
    this.now = fleet.now();
    if (!fleet.hosts().isEmpty()) {
      policies.addAll(policiesAt(now));
    }
    long id = 1;
    for (SubjectRow volume : subjects("volume")) {
      rows.add(volume(id++, volume));
    }
    for (HostRow host : fleet.hosts()) {
      if (host.containers() > 0) {
        rows.add(directory(id++, host));
        rows.add(layer(id++, host));
      }
      if (host.id() == 6) {
        rows.add(swarm(id++, host));
      }
    }
  }

  private static List<PolicyRecord> policiesAt(Instant now) {
    Selector production =
        new Selector(
            Set.of(),
            "Retail",
            "production",
            List.of(),
            Map.of(),
            Map.of("tier", "db*"),
            List.of("*_data", FakeFleet.HOSTILE_NAME),
            null,
            false);
    Instant since = now.minus(Duration.ofDays(30));
    return List.of(
        new PolicyRecord(
            new Policy(
                3,
                1,
                "Caches",
                Selector.VOLUMES,
                null,
                null,
                false,
                new Policy.Exemption(
                    "Caches", "A cache that fills itself again", "administrator", null)),
            "analyst",
            since),
        new PolicyRecord(
            new Policy(1, 2, "Nightly", production, RPO, Duration.ofDays(30), true, null),
            "administrator",
            since),
        new PolicyRecord(
            new Policy(
                2,
                1,
                "Scratch",
                Selector.VOLUMES,
                null,
                null,
                false,
                new Policy.Exemption(
                    "Scratch", "Only test data", null, now.plus(Duration.ofDays(90)))),
            "administrator",
            since));
  }

  /** Backup policies, by name. */
  public List<PolicyRecord> policies() {
    return List.copyOf(policies);
  }

  void approve(long id, String who) {
    policies.replaceAll(
        record -> {
          Policy policy = record.policy();
          Policy.Exemption exemption = policy.exemption();
          return policy.id() != id || exemption == null
              ? record
              : new PolicyRecord(
                  new Policy(
                      id,
                      policy.version() + 1,
                      policy.name(),
                      policy.selector(),
                      null,
                      null,
                      false,
                      new Policy.Exemption(
                          exemption.by(), exemption.reason(), who, exemption.until())),
                  record.author(),
                  now);
        });
  }

  /** What is of the selector's kinds and names. */
  PolicyPreview preview(Selector selector) {
    List<CoverageRow> matching =
        rows.stream()
            .filter(
                row ->
                    selector.kinds().isEmpty()
                        ? row.kind() == DataKind.VOLUME
                        : selector.kinds().contains(row.kind()))
            .filter(row -> selector.names().isEmpty() || selector.names().contains(row.name()))
            .toList();
    Map<DataKind, Long> byKind =
        matching.stream().collect(Collectors.groupingBy(CoverageRow::kind, Collectors.counting()));
    return new PolicyPreview(
        matching.size(),
        byKind,
        (int) matching.stream().map(row -> row.host().id()).distinct().count(),
        matching.stream()
            .limit(50)
            .map(
                row ->
                    new PolicyPreview.Match(
                        row.dataId(),
                        row.host().id(),
                        row.host().name(),
                        new DataRef(row.kind(), row.name()),
                        row.shape(),
                        row.promise() == null ? null : row.promise().policy()))
            .toList());
  }

  /** All data. */
  public List<CoverageRow> rows() {
    return rows;
  }

  private List<SubjectRow> subjects(String kind) {
    return fleet.subjects().stream().filter(subject -> subject.kind().equals(kind)).toList();
  }

  private CoverageRow volume(long id, SubjectRow volume) {
    boolean anonymous = volume.name().length() == 64;
    CoverageState state =
        anonymous
            ? CoverageState.UNPROTECTED
            : switch ((int) (id % 9)) {
              case 1 -> CoverageState.LATE;
              case 4 -> CoverageState.FAILED;
              case 7 -> CoverageState.EXEMPT;
              default -> CoverageState.PROTECTED;
            };
    if (volume.host().id() == 10) {
      state = CoverageState.UNKNOWN;
    }
    String web = volume.name().replace("_data", "-db-1").replace("_uploads", "-web-1");
    return row(
        id,
        volume.id(),
        DataKind.VOLUME,
        anonymous ? DataShape.ANONYMOUS : DataShape.NAMED,
        volume.name(),
        host(volume.host().id()),
        state,
        anonymous ? List.of() : List.of(user(web, "/var/lib/data", null)),
        anonymous
            ? List.of()
            : List.of(
                new KeptData.Intent("docker-volume-backup.stop-during-backup", "nightly", web)),
        id % 5 == 0 ? null : (Long) (id * GIB / 3));
  }

  private CoverageRow directory(long id, HostRow host) {
    return row(
        id,
        null,
        DataKind.DIRECTORY,
        DataShape.DIRECTORY,
        host.id() == 2 ? "/srv/" + FakeFleet.HOSTILE_NAME : "/srv/" + host.name() + "/files",
        host,
        host.id() % 2 == 0 ? CoverageState.UNPROTECTED : CoverageState.PROTECTED,
        List.of(user("files-1", "/files", null), user("sync-1", "/files", "files-data")),
        List.of(),
        null);
  }

  private CoverageRow layer(long id, HostRow host) {
    SubjectRow container =
        subjects("container").stream()
            .filter(subject -> subject.host().id() == host.id())
            .findFirst()
            .orElseThrow();
    return row(
        id,
        container.id(),
        DataKind.LAYER,
        DataShape.LAYER,
        container.name(),
        host,
        CoverageState.UNPROTECTED,
        List.of(user(container.name(), "/", null)),
        List.of(),
        (Long) (180L << 20));
  }

  private CoverageRow swarm(long id, HostRow host) {
    return row(
        id,
        null,
        DataKind.SWARM,
        DataShape.SWARM,
        DataRef.SWARM_NAME,
        host,
        CoverageState.UNPROTECTED,
        List.of(),
        List.of(),
        null);
  }

  // NullAway does not see in class files that a parameter of a nested type may be null.
  @SuppressWarnings("NullAway")
  private CoverageRow row(
      long id,
      @Nullable Long subjectId,
      DataKind kind,
      DataShape shape,
      String name,
      HostRow host,
      CoverageState state,
      List<KeptData.User> users,
      List<KeptData.Intent> intents,
      @Nullable Long bytes) {
    boolean promised = state != CoverageState.UNPROTECTED;
    boolean hasGood = state == CoverageState.PROTECTED || state == CoverageState.LATE;
    Instant started =
        now.minus(state == CoverageState.LATE ? Duration.ofHours(31) : Duration.ofHours(id % 23));
    return new CoverageRow(
        id,
        subjectId,
        kind,
        shape,
        name,
        new HostRef(host.id(), host.name()),
        host.group(),
        null,
        state,
        reason(state),
        now.minus(Duration.ofHours(3 + id % 200)),
        state == CoverageState.PROTECTED ? started.plus(RPO) : null,
        state == CoverageState.PROTECTED ? CoverageState.LATE : null,
        promised
            ? new CoverageRow.Promised(1L, "Nightly", RPO.toSeconds(), 2_592_000L, true)
            : null,
        state == CoverageState.EXEMPT
            ? new Policy.Exemption(
                "Caches", "A cache that fills itself again", "administrator", null)
            : null,
        state == CoverageState.UNKNOWN ? CoverageState.PROTECTED : null,
        new CoverageRow.Backups(
            hasGood
                ? new CoverageRow.Good(
                    id * 10,
                    started,
                    started.plusSeconds(240),
                    "restic nightly",
                    "9f2c1a7e",
                    bytes,
                    id % 6 == 0 ? null : (Boolean) (id % 4 != 0))
                : null,
            state == CoverageState.FAILED ? now.minus(Duration.ofHours(2)) : null,
            hasGood && id % 3 == 0 ? now.minus(Duration.ofDays(12)) : null),
        bytes,
        bytes == null ? null : now.minus(Duration.ofDays(2)),
        users,
        intents);
  }

  private static CoverageReason reason(CoverageState state) {
    return switch (state) {
      case PROTECTED -> CoverageReason.FRESH;
      case LATE -> CoverageReason.OLD;
      case FAILED -> CoverageReason.ATTEMPT_FAILED;
      case UNPROTECTED -> CoverageReason.NO_POLICY;
      case EXEMPT -> CoverageReason.EXEMPT;
      case UNKNOWN -> CoverageReason.HOST_UNREAD;
    };
  }

  private static KeptData.User user(String container, String path, @Nullable String through) {
    return new KeptData.User(
        container, FakeDocuments.sha256(container), true, true, path, through, false);
  }

  private HostRow host(long id) {
    return fleet.hosts().stream().filter(host -> host.id() == id).findFirst().orElseThrow();
  }

  List<CoverageRow> list(CoverageQuery query) {
    Comparator<CoverageRow> order =
        switch (query.sort()) {
          case STATE -> Comparator.comparingInt(row -> urgency(row.state()));
          case NAME -> Comparator.comparing(CoverageRow::name);
          case HOST -> Comparator.comparing(row -> row.host().name());
          case LAST_SUCCESS ->
              Comparator.comparing(
                  row ->
                      row.backups().good() == null
                          ? Instant.MAX
                          : row.backups().good().finishedAt());
          case BYTES -> Comparator.comparingLong(row -> row.bytes() == null ? -1 : row.bytes());
        };
    return rows.stream()
        .filter(row -> matches(row, query))
        .sorted(query.descending() ? order.reversed() : order)
        .toList();
  }

  private static int urgency(CoverageState state) {
    return switch (state) {
      case FAILED -> 0;
      case UNPROTECTED -> 1;
      case LATE -> 2;
      case UNKNOWN -> 3;
      case EXEMPT -> 4;
      case PROTECTED -> 5;
    };
  }

  private static boolean matches(CoverageRow row, CoverageQuery query) {
    String where =
        row.backups().good() == null || row.backups().good().offHost() == null
            ? "UNKNOWN"
            : row.backups().good().offHost().toString().toUpperCase(Locale.ROOT);
    return (query.hostId() == null || query.hostId() == row.host().id())
        && (query.group() == null || String.valueOf(row.group()).startsWith(query.group()))
        && (query.states().isEmpty() || query.states().contains(row.state()))
        && (query.kinds().isEmpty() || query.kinds().contains(row.kind()))
        && (query.policy() == null
            || (row.promise() != null
                && (row.promise().policy().equals(query.policy())
                    || String.valueOf(row.promise().policyId()).equals(query.policy()))))
        && (query.text() == null
            || row.name().toLowerCase(Locale.ROOT).contains(query.text().toLowerCase(Locale.ROOT)))
        && (query.orphaned() == null || query.orphaned() == row.orphaned())
        && (query.offHost() == null || query.offHost().name().equals(where));
  }

  Optional<CoverageRow> get(long id) {
    return rows.stream().filter(row -> row.dataId() == id).findFirst();
  }

  /** What a volume is, or what a container keeps and mounts. */
  List<CoverageRow> ofSubject(long subjectId) {
    return rows.stream()
        .filter(row -> row.subjectId() != null && row.subjectId() == subjectId)
        .toList();
  }

  List<CoverageSpan> history(long id) {
    CoverageRow row = get(id).orElseThrow();
    return List.of(
        new CoverageSpan(
            now.minus(Duration.ofDays(80)),
            now.minus(Duration.ofDays(50)),
            CoverageState.UNPROTECTED,
            CoverageReason.NO_POLICY),
        new CoverageSpan(
            now.minus(Duration.ofDays(40)),
            now.minus(Duration.ofDays(9)),
            CoverageState.PROTECTED,
            CoverageReason.FRESH),
        new CoverageSpan(
            now.minus(Duration.ofDays(9)),
            now.minus(Duration.ofDays(7)),
            CoverageState.FAILED,
            CoverageReason.ATTEMPT_FAILED),
        new CoverageSpan(
            now.minus(Duration.ofDays(7)), row.since(), CoverageState.LATE, CoverageReason.OLD),
        new CoverageSpan(row.since(), now, row.state(), row.reason()));
  }

  List<BackupRecordRow> records(BackupRecordQuery query) {
    Long dataId = query.dataId();
    if (dataId == null) {
      return rows.stream()
          .filter(row -> row.shape() == DataShape.NAMED && row.name().equals(query.name()))
          .limit(1)
          .map(
              row ->
                  record(row, 40, RecordType.BACKUP, true, now.minus(Duration.ofDays(70)), false))
          .toList();
    }
    CoverageRow row = get(dataId).orElseThrow();
    List<BackupRecordRow> records = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Instant started = now.minus(Duration.ofHours(5 + 24L * i));
      records.add(record(row, i, RecordType.BACKUP, i != 3, started, i == 0));
    }
    records.add(
        record(row, 20, RecordType.RESTORE_TEST, true, now.minus(Duration.ofDays(12)), false));
    records.add(
        record(row, 21, RecordType.RESTORE_TEST, false, now.minus(Duration.ofDays(45)), false));
    return records.stream()
        .filter(record -> query.type() == null || record.type() == query.type())
        .toList();
  }

  private static BackupRecordRow record(
      CoverageRow row,
      int number,
      RecordType type,
      boolean succeeded,
      Instant started,
      boolean ahead) {
    boolean restore = type == RecordType.RESTORE_TEST;
    return new BackupRecordRow(
        number == 1 ? row.dataId() * 10 : row.dataId() * 1000 + number,
        row.host(),
        new DataRef(row.kind(), row.name()),
        row.dataId(),
        type,
        succeeded,
        started,
        started.plusSeconds(252),
        started.plusSeconds(400),
        number == 9 ? started.plus(Duration.ofDays(7)) : null,
        ahead,
        1L,
        "restic nightly",
        "9f2c1a7e" + number,
        succeeded ? (Long) (3 * GIB + number) : null,
        number == 4 ? null : TargetType.OBJECT_STORE,
        "s3:backup.example.net/pay",
        null,
        number == 2 ? 3 : 0,
        Method.STOPPED,
        false,
        restore ? (Double) 318.0 : null,
        restore ? (Long) 12_408L : null,
        restore ? (Boolean) succeeded : null,
        succeeded ? "mapped by tag volume=" + row.name() : FakeFleet.HOSTILE_NAME,
        "plimsoll",
        FakeDocuments.sha256(row.name() + number));
  }

  /** What would become of a host's data: what is protected elsewhere comes back. */
  Loss loss(HostRow host, Instant at) {
    List<Loss.LostData> data =
        rows.stream()
            .filter(row -> row.host().id() == host.id())
            .map(row -> lost(row, at))
            .sorted(Comparator.comparing(Loss.LostData::fate))
            .toList();
    List<Loss.Missed> misses =
        data.stream()
            .filter(one -> one.fate() == Loss.Fate.LOST)
            .map(one -> new Loss.Missed(one.dataId(), one.kind(), one.name(), one.fate()))
            .toList();
    return new Loss(
        new HostRef(host.id(), host.name()),
        at,
        host.id() == 10,
        data,
        data.isEmpty()
            ? List.of()
            : List.of(
                new Loss.Service("compose:shop/web", List.of("shop-web-1", "shop-web-2"), misses),
                new Loss.Service(FakeFleet.HOSTILE_NAME, List.of("proxy"), List.of())),
        host.id() == 2 ? List.of("local borg") : List.of());
  }

  // NullAway does not see in class files that a parameter of a nested type may be null.
  @SuppressWarnings("NullAway")
  private static Loss.LostData lost(CoverageRow row, Instant at) {
    CoverageRow.Good good = row.backups().good();
    Boolean away = good == null ? Boolean.FALSE : good.offHost();
    Loss.Fate fate =
        row.state() == CoverageState.EXEMPT
            ? Loss.Fate.LOST_AS_APPROVED
            : away == null ? Loss.Fate.NOT_KNOWN : away ? Loss.Fate.COMES_BACK : Loss.Fate.LOST;
    return new Loss.LostData(
        row.dataId(),
        row.kind(),
        row.shape(),
        row.name(),
        fate,
        row.state(),
        row.bytes(),
        good,
        good == null ? null : Duration.between(good.startedAt(), at),
        fate == Loss.Fate.COMES_BACK && row.bytes() != null
            ? new Loss.Restore(318, Loss.Restore.Basis.OWN_DRILL)
            : null);
  }

  /** What a host keeps, and a tmpfs that it does not. */
  DataMap map(long hostId) {
    return new DataMap(
        rows.stream()
            .filter(row -> row.host().id() == hostId)
            .map(
                row ->
                    new KeptData(
                        new DataRef(row.kind(), row.name()),
                        row.name(),
                        row.shape(),
                        null,
                        Map.of(),
                        null,
                        row.usedBy(),
                        row.intents()))
            .toList(),
        List.of(new DataMap.Tmpfs("cache-1", "/run/" + FakeFleet.HOSTILE_NAME)),
        hostId == 5 ? Set.of(DataKind.LAYER) : Set.of());
  }

  /** How much of a scope stands how. */
  public CoverageTotals totals(Scope scope) {
    return totals(scope, now, 0);
  }

  private CoverageTotals totals(Scope scope, Instant at, int lost) {
    Map<DataKind, Map<CoverageState, CoverageTotals.Amount>> kinds = new EnumMap<>(DataKind.class);
    long[] offHost = new long[3];
    int n = 0;
    for (CoverageRow row : rows) {
      if (!in(scope, row)) {
        continue;
      }
      n++;
      CoverageState state =
          row.state() == CoverageState.PROTECTED && n <= lost ? CoverageState.LATE : row.state();
      kinds
          .computeIfAbsent(row.kind(), kind -> new EnumMap<>(CoverageState.class))
          .merge(
              state,
              new CoverageTotals.Amount(
                  1, row.bytes() == null ? 0 : row.bytes(), row.bytes() == null ? 1 : 0),
              (a, b) ->
                  new CoverageTotals.Amount(
                      a.count() + b.count(), a.bytes() + b.bytes(), a.unsized() + b.unsized()));
      if (state == CoverageState.PROTECTED && row.backups().good() != null) {
        Boolean away = row.backups().good().offHost();
        offHost[away == null ? 2 : away ? 0 : 1]++;
      }
    }
    Map<DataKind, CoverageTotals.States> states = new EnumMap<>(DataKind.class);
    kinds.forEach((kind, amounts) -> states.put(kind, new CoverageTotals.States(amounts)));
    return new CoverageTotals(
        at, states, new CoverageTotals.OffHost(offHost[0], offHost[1], offHost[2]));
  }

  private static boolean in(Scope scope, CoverageRow row) {
    return switch (scope) {
      case Scope.Fleet fleet -> true;
      case Scope.Group group -> String.valueOf(row.group()).startsWith(group.path());
      case Scope.Host host -> row.host().id() == host.id();
    };
  }

  List<CoverageTotals> series(Scope scope) {
    List<CoverageTotals> steps = new ArrayList<>();
    for (int day = 90; day > 0; day -= 2) {
      steps.add(
          totals(scope, now.minus(Duration.ofDays(day)), (int) (8 + 8 * Math.sin(day / 5.0))));
    }
    if (!rows.isEmpty()) {
      steps.add(totals(scope, now.minus(Duration.ofHours(5)), 0));
    }
    return steps;
  }
}
