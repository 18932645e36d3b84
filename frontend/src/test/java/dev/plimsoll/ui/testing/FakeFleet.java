package dev.plimsoll.ui.testing;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.owncheck.OwnCheckDraft;
import dev.plimsoll.owncheck.OwnCheckRecord;
import dev.plimsoll.owncheck.OwnCheckStatus;
import dev.plimsoll.owncheck.TryOutResult;
import dev.plimsoll.posture.CollectionRow;
import dev.plimsoll.posture.FindingEvent;
import dev.plimsoll.posture.FindingRow;
import dev.plimsoll.posture.FleetOverview.CheckLoad;
import dev.plimsoll.posture.FleetOverview.Overview;
import dev.plimsoll.posture.HostRef;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.posture.ScoreRow;
import dev.plimsoll.posture.ScoreTrend;
import dev.plimsoll.posture.StateRow;
import dev.plimsoll.posture.StoredDocument;
import dev.plimsoll.posture.SubjectRow;
import dev.plimsoll.posture.VerdictRow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Hosts, subjects, verdicts and findings: documents are made up, the same for the same instant and
 * size, and the real checklist judges them.
 */
public final class FakeFleet {
  /** A network that a stranger named. */
  public static final String HOSTILE_NAME = "<img src=x onerror=alert(1)>";

  private static final String[][] HOSTS = {
    {"pay-01", "Retail/Payments", "production", "Payments"},
    {"pay-02", "Retail/Payments", "production", "Payments"},
    {"shop-01", "Retail/Shop", "production", "Shop"},
    {"shop-02", "Retail/Shop", "production", "Shop"},
    {"shop-staging", "Retail/Shop", "staging", "Shop"},
    {"logistics-01", "Logistics", "production", "Logistics"},
    {"logistics-02", "Logistics", "production", "Logistics"},
    {"warehouse-edge", "Logistics/Warehouse", "edge", "Logistics"},
    {"build-01", "Platform", "build", "Platform"},
    {"build-02", "Platform", "build", "Platform"},
    {"monitoring", "Platform", "production", "Platform"},
    {"sandbox", "Platform", "test", "Platform"},
  };
  private static final String[] SERVICES = {
    "web", "api", "worker", "db", "cache", "queue", "mailer", "search", "proxy", "exporter"
  };

  private final Instant now;
  private final Random random = new Random(42);
  private final FakeDocuments documents = new FakeDocuments(7);
  private final List<HostRow> hosts = new ArrayList<>();
  private @Nullable FakeHostFiles hostFiles;
  private final List<SubjectRow> subjects = new ArrayList<>();
  private final List<VerdictRow> verdicts = new ArrayList<>();
  private final List<FindingRow> findings = new ArrayList<>();
  private final List<CollectionRow> collections = new ArrayList<>();
  private final Map<String, StoredDocument> stored = new HashMap<>();
  private final Map<Long, List<FindingEvent>> events = new HashMap<>();
  private final Map<Long, ScoreRow> scores = new HashMap<>();
  private final List<OwnCheckRecord> ownChecks = new ArrayList<>();
  private final FakeCoverage coverage;
  private final FakeSources sources;
  private long nextId = 100;

  /** A fleet as of an instant with so many hosts: 12 have names, more are numbered. */
  public FakeFleet(Instant now, int hostCount) {
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    for (int i = 0; i < hostCount; i++) {
      addHost(i);
    }
    collectFindings();
    coverage = new FakeCoverage(this);
    sources = new FakeSources(this.now);
  }

  /** Where evidence of backups comes from. */
  FakeSources sources() {
    return sources;
  }

  /** What data its hosts keep. */
  public FakeCoverage coverage() {
    return coverage;
  }

  public Instant now() {
    return now;
  }

  public List<HostRow> hosts() {
    return hosts;
  }

  /** What is known of hosts' own files; null in a fleet that is too small. */
  public @Nullable FakeHostFiles hostFiles() {
    return hostFiles;
  }

  public List<SubjectRow> subjects() {
    return subjects;
  }

  public List<VerdictRow> verdicts() {
    return verdicts;
  }

  public List<FindingRow> findings() {
    return findings;
  }

  public List<CollectionRow> collections() {
    return collections;
  }

  /** The company's own checks as they are now. */
  public List<OwnCheckRecord> ownChecks() {
    return List.copyOf(ownChecks);
  }

  /** Keeps an own check in the place of one of its ID. */
  public OwnCheckRecord keep(OwnCheckDraft draft, OwnCheckStatus status) {
    int revision =
        ownChecks.stream()
                .filter(check -> check.draft().id().equals(draft.id()))
                .mapToInt(OwnCheckRecord::revision)
                .max()
                .orElse(0)
            + 1;
    OwnCheckRecord record = new OwnCheckRecord(draft, status, revision, now, null, "administrator");
    ownChecks.removeIf(check -> check.draft().id().equals(draft.id()));
    ownChecks.add(record);
    return record;
  }

  /** Gives an own check another status. */
  public OwnCheckRecord move(String id, OwnCheckStatus status) {
    return keep(
        ownChecks.stream()
            .filter(check -> check.draft().id().equals(id))
            .findFirst()
            .orElseThrow()
            .draft(),
        status);
  }

  /** The first three containers fail now; the past knew none. */
  public TryOutResult tryOut(List<Instant> at) {
    List<SubjectRow> containers =
        subjects.stream().filter(subject -> subject.kind().equals("container")).toList();
    List<TryOutResult.Failing> failing =
        containers.stream()
            .limit(3)
            .map(
                subject ->
                    new TryOutResult.Failing(
                        subject.id(),
                        SubjectKind.CONTAINER,
                        subject.name(),
                        subject.host().id(),
                        subject.host().name(),
                        null,
                        List.of(new Evidence(".Config.Image", "\"shop/web:2\"", "ab"))))
            .toList();
    int judged = containers.size();
    return new TryOutResult(
        at.stream()
            .map(
                instant ->
                    instant.isBefore(now.minus(Duration.ofDays(1)))
                        ? new TryOutResult.AtInstant(
                            instant, true, 0, 0, 0, 0, 0, 0, 0, List.of(), null, List.of())
                        : new TryOutResult.AtInstant(
                            instant,
                            true,
                            judged,
                            judged,
                            Math.max(0, judged - 4),
                            Math.min(3, judged),
                            judged > 3 ? 1 : 0,
                            0,
                            (int)
                                failing.stream()
                                    .map(TryOutResult.Failing::hostId)
                                    .distinct()
                                    .count(),
                            failing,
                            null,
                            List.of(new TryOutResult.Reason(".Config.Image is missing", 1))))
            .toList());
  }

  public @Nullable StoredDocument document(@Nullable String sha256) {
    return sha256 == null ? null : stored.get(sha256);
  }

  public List<FindingEvent> events(long findingId) {
    return events.getOrDefault(findingId, List.of());
  }

  public List<StateRow> history(SubjectRow subject) {
    return List.of(
        new StateRow(
            now.minus(Duration.ofDays(3)),
            null,
            subject.name(),
            subject.documentSha256(),
            subject.observationSha256(),
            null,
            31L),
        new StateRow(
            now.minus(Duration.ofDays(4)),
            now.minus(Duration.ofDays(3)),
            subject.name(),
            null,
            null,
            new CollectionRow.Problem("GET /containers/4f2a/json", 500, "driver failed"),
            30L));
  }

  /** A host's score; one without numbers if it has none. */
  public ScoreRow score(long hostId) {
    return scores.getOrDefault(hostId, noScore());
  }

  private ScoreRow noScore() {
    return new ScoreRow(now, null, null, null, null, 0, 0, 0, 0, 0, 0, "Everything", 1, 2, 0);
  }

  /** Replaces a finding, as a change by people would. */
  public void replace(FindingRow changed, FindingEvent event) {
    findings.replaceAll(finding -> finding.id() == changed.id() ? changed : finding);
    events.computeIfAbsent(changed.id(), id -> new ArrayList<>()).add(event);
  }

  public List<CheckLoad> checkLoads() {
    return Checklist.standard().rules().stream()
        .map(
            rule -> {
              List<VerdictRow> mine =
                  verdicts.stream().filter(v -> v.check().equals(rule.id())).toList();
              return new CheckLoad(
                  rule.id(),
                  rule.title(),
                  word(rule.severity()),
                  mine.stream().filter(v -> v.outcome() == Outcome.FAIL).count(),
                  mine.stream()
                      .filter(v -> v.outcome() == Outcome.FAIL)
                      .map(v -> v.host().id())
                      .distinct()
                      .count(),
                  mine.stream().filter(v -> v.outcome() == Outcome.UNKNOWN).count(),
                  mine.stream().filter(v -> v.outcome() != Outcome.UNKNOWN).count());
            })
        .toList();
  }

  public Overview overview(@Nullable String group) {
    List<HostRow> mine =
        hosts.stream()
            .filter(host -> group == null || String.valueOf(host.group()).startsWith(group))
            .toList();
    Map<HostStatus, Long> byStatus =
        mine.stream().collect(Collectors.groupingBy(HostRow::status, Collectors.counting()));
    Map<String, Long> open =
        findings.stream()
            .filter(finding -> !finding.advisory() && !finding.status().equals("RESOLVED"))
            .filter(finding -> mine.stream().anyMatch(h -> h.id() == finding.host().id()))
            .collect(Collectors.groupingBy(FindingRow::severity, Collectors.counting()));
    ScoreRow score = mine.isEmpty() ? noScore() : mean(mine, now, 0);
    return new Overview(
        now,
        score,
        mine.isEmpty() ? ScoreTrend.unbroken(List.of()) : trend(mine),
        byStatus,
        open,
        mine.stream()
            .filter(host -> host.score() != null)
            .sorted(Comparator.comparing(HostRow::score))
            .limit(10)
            .toList(),
        checkLoads().stream()
            .filter(load -> load.failingSubjects() > 0)
            .sorted(
                Comparator.comparingLong(
                    (CheckLoad load) -> -load.failingHosts() * weight(load.severity())))
            .limit(10)
            .toList(),
        mine.stream().mapToLong(HostRow::containers).sum());
  }

  /** A host's trend; as if the profile had changed three weeks ago. */
  public ScoreTrend trend(long hostId) {
    return trend(hosts.stream().filter(host -> host.id() == hostId).toList());
  }

  private ScoreTrend trend(List<HostRow> mine) {
    List<ScoreRow> published = new ArrayList<>();
    List<ScoreRow> retold = new ArrayList<>();
    for (int day = 89; day >= 0; day--) {
      Instant at = now.minus(Duration.ofDays(day));
      double shift = -day * 0.12 + 3 * Math.sin(day / 9.0) - 3 * Math.sin(0);
      retold.add(mean(mine, at, shift));
      published.add(mean(mine, at, day > 21 ? shift + 9 : shift));
    }
    return new ScoreTrend(published, retold, List.of(now.minus(Duration.ofDays(21))));
  }

  private ScoreRow mean(List<HostRow> mine, Instant at, double shift) {
    double low =
        mine.stream().mapToDouble(h -> h.score() == null ? 0 : h.score()).average().orElse(0);
    double high =
        mine.stream()
            .mapToDouble(h -> h.scoreHigh() == null ? 0 : h.scoreHigh())
            .average()
            .orElse(0);
    int critical = (int) mine.stream().filter(h -> h.openCriticals() > 0).count();
    return new ScoreRow(
        at,
        clamp(low + shift),
        clamp(high + shift + Math.abs(shift) / 3),
        clamp(low + shift),
        critical > 0 ? "F" : "B",
        0.884,
        mine.stream().mapToDouble(h -> score(h.id()).pointsFailed()).sum(),
        mine.stream().mapToDouble(h -> score(h.id()).pointsUnknown()).sum(),
        0,
        mine.size(),
        critical,
        "Everything",
        1,
        2,
        Checklist.standard().rules().size());
  }

  private static double clamp(double score) {
    return Math.round(Math.clamp(score, 0, 100) * 1000) / 1000.0;
  }

  private void addHost(int index) {
    String[] known = HOSTS[index % HOSTS.length];
    String name = index < HOSTS.length ? known[0] : known[0] + "-" + index;
    long id = index + 1L;
    HostRef ref = new HostRef(id, name);
    double care = 0.25 + 0.7 * random.nextDouble();
    HostStatus status =
        switch (index) {
          case 4 -> HostStatus.PARTIAL;
          case 7 -> HostStatus.UNREACHABLE;
          case 9 -> HostStatus.STALE;
          case 10 -> HostStatus.PAUSED;
          case 11 -> HostStatus.PENDING;
          default -> HostStatus.OK;
        };
    int containers = status == HostStatus.PENDING ? 0 : 12 + random.nextInt(12);
    if (status != HostStatus.PENDING) {
      observe(ref, known[1], containers, care);
    }
    score(ref, status);
    addCollections(ref, status, containers);
    ScoreRow score = scores.get(id);
    Instant read =
        status == HostStatus.PENDING
            ? null
            : status == HostStatus.STALE
                ? now.minus(Duration.ofDays(2))
                : now.minus(Duration.ofMinutes(1 + 3L * (index % 5)));
    CollectionRow last =
        collections.stream()
            .filter(c -> c.host().id() == id && c.finishedAt() != null)
            .findFirst()
            .orElse(null);
    long criticals =
        verdicts.stream()
            .filter(v -> v.host().id() == id && v.outcome() == Outcome.FAIL && !v.advisory())
            .filter(v -> v.severity().equals("critical"))
            .map(v -> v.check() + lineage(v.subjectName()))
            .distinct()
            .count();
    hosts.add(
        new HostRow(
            id,
            name,
            index == 0 ? "unix:///var/run/docker.sock" : "tcp://" + name + ".example.net:2376",
            known[1],
            known[2],
            known[3],
            index % 3 == 0 ? 4 : 2,
            Map.of("site", index % 2 == 0 ? "hel1" : "fra2", "tier", known[2]),
            900,
            index % 3 == 0 ? Set.of(ReadingSwitch.EVENTS) : Set.of(),
            status,
            last == null
                ? null
                : new HostRow.LastCollection(
                    last.id(),
                    last.outcome(),
                    last.startedAt().plusSeconds(3),
                    last.errorCategory(),
                    last.errorDetail()),
            read,
            score == null ? null : score.score(),
            score == null ? null : score.scoreHigh(),
            score == null ? null : score.grade(),
            score == null ? 0 : score.confidence(),
            criticals,
            containers,
            status == HostStatus.PENDING ? null : "28.5.1"));
  }

  private void observe(HostRef host, String project, int containers, double care) {
    String slug = project.toLowerCase(Locale.ROOT).replace('/', '-');
    Map<String, Reading> containerFacts = new LinkedHashMap<>();
    Map<String, Reading> imageFacts = new LinkedHashMap<>();
    Map<String, Reading> volumeFacts = new LinkedHashMap<>();
    Map<String, Reading> networkFacts = new LinkedHashMap<>();
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < containers; i++) {
      String service = SERVICES[i % SERVICES.length];
      String name = slug + "-" + service + "-" + (1 + i / SERVICES.length);
      String dockerId = FakeDocuments.sha256(host.name() + name);
      String image =
          "registry.example.net/" + slug + "/" + service + (i % 4 == 0 ? ":latest" : ":4." + i);
      names.put(dockerId, name);
      containerFacts.put(
          dockerId,
          host.name().equals("shop-staging") && i == 3
              ? new Reading.Unread(
                  "GET /containers/" + dockerId.substring(0, 12) + "/json", 500, "layer is missing")
              : read(
                  documents.container(dockerId, service + "-" + i, image, slug, care),
                  documents.observation(now)));
      String imageId = "sha256:" + FakeDocuments.sha256(image);
      names.put(imageId, image);
      imageFacts.put(
          imageId, read(documents.image(image, now.minus(Duration.ofDays(20 + 13L * i))), null));
    }
    for (String volume :
        List.of(slug + "_data", slug + "_uploads", FakeDocuments.sha256(host.name()))) {
      names.put(volume, volume);
      volumeFacts.put(volume, read(documents.volume(volume), null));
    }
    for (String network : List.of("bridge", slug + "_default", HOSTILE_NAME)) {
      String networkId = FakeDocuments.sha256(host.name() + network);
      names.put(networkId, network);
      networkFacts.put(networkId, read(documents.network(network), null));
    }
    HostFacts.Builder known =
        HostFacts.at(now)
            .transport(HostFacts.Transport.TLS)
            .engine(read(documents.engine(host.name(), care), null))
            .containers(containerFacts)
            .images(imageFacts)
            .volumes(volumeFacts)
            .networks(networkFacts);
    if (host.id() == FakeHostFiles.HOST) {
      hostFiles = new FakeHostFiles(host, now);
      store(FakeHostFiles.reported());
      known
          .switchedOn(Set.of(ReadingSwitch.HOST_FILES))
          .hostFiles(read(FakeHostFiles.read(), null))
          .hostReports(hostFiles.reportFacts())
          .attestations(hostFiles.attestationFacts());
    }
    HostFacts facts = known.build();
    if (facts.hostFiles() != null) {
      String id = Checklist.HOST_FILES_ID;
      judge(host, facts, SubjectKind.HOST_FILE, id, id, facts.hostFiles());
    }
    judge(host, facts, SubjectKind.ENGINE, Checklist.ENGINE_ID, host.name(), facts.engine());
    containerFacts.forEach(
        (id, reading) -> judge(host, facts, SubjectKind.CONTAINER, id, nameOf(names, id), reading));
    imageFacts.forEach(
        (id, reading) -> judge(host, facts, SubjectKind.IMAGE, id, nameOf(names, id), reading));
    volumeFacts.forEach(
        (id, reading) -> judge(host, facts, SubjectKind.VOLUME, id, nameOf(names, id), reading));
    networkFacts.forEach(
        (id, reading) -> judge(host, facts, SubjectKind.NETWORK, id, nameOf(names, id), reading));
  }

  private static String nameOf(Map<String, String> names, String id) {
    return names.getOrDefault(id, id);
  }

  private Reading read(JsonNode document, @Nullable JsonNode observation) {
    String hash = store(document);
    return observation == null
        ? new Reading.Read(hash, document, null, MissingNode.getInstance())
        : new Reading.Read(hash, document, store(observation), observation);
  }

  private String store(JsonNode document) {
    String hash = FakeDocuments.sha256(document);
    stored.put(hash, new StoredDocument(hash, document.toString()));
    return hash;
  }

  private void judge(
      HostRef host,
      HostFacts facts,
      SubjectKind kind,
      String dockerId,
      String name,
      Reading reading) {
    long id = nextId++;
    List<Rule> rules = Checklist.standard().rules(kind);
    List<Verdict> judged = Checklist.standard().judge(facts, kind, dockerId);
    String hash = reading instanceof Reading.Read read ? read.sha256() : null;
    List<VerdictRow> rows = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      Rule rule = rules.get(i);
      Verdict verdict = judged.get(i);
      rows.add(
          new VerdictRow(
              rule.id(),
              rule.title(),
              verdict.outcome(),
              word(rule.severity()),
              rule.mode() == Mode.ADVISORY,
              host,
              id,
              kind.word(),
              name,
              now.minus(Duration.ofHours(1 + random.nextInt(600))),
              verdict.evidence(),
              hash,
              verdict.reason(),
              verdict.outcome() == Outcome.UNKNOWN ? 31L : null));
    }
    verdicts.addAll(rows);
    List<VerdictRow> fails =
        rows.stream().filter(v -> v.outcome() == Outcome.FAIL && !v.advisory()).toList();
    subjects.add(
        new SubjectRow(
            id,
            kind.word(),
            name,
            dockerId,
            host,
            now.minus(Duration.ofDays(3 + id % 40)),
            now.minus(Duration.ofMinutes(4)),
            hash == null ? "UNKNOWN" : "PRESENT",
            reading instanceof Reading.Read read && kind == SubjectKind.CONTAINER
                ? read.observation().path("state").asString("running")
                : null,
            reading instanceof Reading.Read read && kind == SubjectKind.CONTAINER
                ? read.document().path("Config").path("Image").asString("")
                : null,
            fails.size(),
            (int)
                rows.stream().filter(v -> v.outcome() == Outcome.UNKNOWN && !v.advisory()).count(),
            fails.stream()
                .map(VerdictRow::severity)
                .min(Comparator.comparingInt(FakeFleet::weight).reversed())
                .orElse(null),
            hash,
            reading instanceof Reading.Read read ? read.observationSha256() : null));
  }

  private void score(HostRef host, HostStatus status) {
    if (status == HostStatus.PENDING) {
      return;
    }
    Map<String, Long> failed = new TreeMap<>();
    Map<String, Long> unknown = new TreeMap<>();
    boolean critical = false;
    for (VerdictRow verdict : verdicts) {
      if (verdict.host().id() == host.id() && !verdict.advisory()) {
        if (verdict.outcome() == Outcome.FAIL) {
          failed.merge(verdict.check(), 1L, Long::sum);
          critical |= verdict.severity().equals("critical");
        } else if (verdict.outcome() == Outcome.UNKNOWN) {
          unknown.merge(verdict.check(), 1L, Long::sum);
        }
      }
    }
    double lostFailed = loss(failed);
    double lostUnknown = loss(unknown);
    boolean stale = status == HostStatus.STALE;
    double low = stale ? 0 : 100.0 * 200 / (200 + lostFailed + lostUnknown);
    double high = stale ? 0 : 100.0 * 200 / (200 + lostFailed);
    String grade = stale ? "U" : critical ? "F" : low < 50 ? "D" : low < 75 ? "C" : "B";
    scores.put(
        host.id(),
        new ScoreRow(
            now,
            clamp(low),
            clamp(high),
            clamp(low),
            grade,
            stale ? 0 : 0.91,
            lostFailed,
            lostUnknown,
            0,
            1,
            critical ? 1 : 0,
            "Everything",
            1,
            2,
            Checklist.standard().rules().size()));
  }

  private static double loss(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .mapToDouble(
            entry -> rule(entry.getKey()).weight() * (1 + Math.log(entry.getValue()) / Math.log(2)))
        .sum();
  }

  private void addCollections(HostRef host, HostStatus status, int containers) {
    for (int i = 0; i < (status == HostStatus.PENDING ? 0 : 8); i++) {
      Instant started = now.minus(Duration.ofMinutes(3 + 15L * i));
      boolean failed = (status == HostStatus.UNREACHABLE || status == HostStatus.STALE) && i < 3;
      boolean partial = status == HostStatus.PARTIAL;
      collections.add(
          new CollectionRow(
              host.id() * 100 - i,
              host,
              "portal-1-5f0c3a9be21d",
              failed ? "FAILED" : partial ? "PARTIAL" : "SUCCEEDED",
              started,
              started.plusMillis(failed ? 10_000 : 1340 + 17L * i),
              failed
                  ? null
                  : new CollectionRow.Counts(containers, containers, 3, 3, i == 0 ? 2 : 0),
              failed ? "UNREACHABLE" : null,
              failed ? host.name() + ".example.net:2376 refused the connection" : null,
              partial
                  ? List.of(
                      new CollectionRow.Problem(
                          "GET /containers/4f2a9c1e77b0/json", 500, "layer is missing"))
                  : List.of()));
    }
  }

  private void collectFindings() {
    Map<String, List<VerdictRow>> groups = new LinkedHashMap<>();
    for (VerdictRow verdict : verdicts) {
      if (verdict.outcome() == Outcome.FAIL) {
        groups
            .computeIfAbsent(
                verdict.host().id() + "|" + verdict.check() + "|" + lineage(verdict.subjectName()),
                key -> new ArrayList<>())
            .add(verdict);
      }
    }
    long id = 1;
    for (List<VerdictRow> group : groups.values()) {
      VerdictRow first = group.getFirst();
      HostRow host = hosts.get((int) first.host().id() - 1);
      boolean acknowledged = id % 7 == 0;
      findings.add(
          new FindingRow(
              id,
              first.check(),
              first.title(),
              first.severity(),
              first.advisory(),
              first.host(),
              host.group(),
              first.subjectKind(),
              lineage(first.subjectName()),
              group.stream()
                  .map(v -> new FindingRow.SubjectRef(v.subjectId(), v.subjectName()))
                  .toList(),
              group.size(),
              acknowledged ? "ACKNOWLEDGED" : "OPEN",
              acknowledged ? "analyst" : null,
              null,
              first.since(),
              null,
              id % 11 == 0 ? 1 : 0,
              null));
      List<FindingEvent> history = new ArrayList<>();
      history.add(new FindingEvent(first.since(), null, "OPENED", "Opened: the check fails."));
      if (acknowledged) {
        history.add(
            new FindingEvent(now.minus(Duration.ofHours(5)), "analyst", "STATUS", "Acknowledged."));
        history.add(
            new FindingEvent(
                now.minus(Duration.ofHours(5)),
                "analyst",
                "COMMENT",
                "The team changes it with the next release."));
      }
      events.put(id, history);
      id++;
    }
  }

  static String lineage(String subjectName) {
    return subjectName.replaceAll("-\\d+$", "");
  }

  static int weight(String severity) {
    return Severity.valueOf(severity.toUpperCase(Locale.ROOT)).weight();
  }

  private static Rule rule(String check) {
    return Checklist.standard().rules().stream()
        .filter(r -> r.id().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
