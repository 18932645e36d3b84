package dev.plimsoll.checklist;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One host as an engine 20.10 shows it: a container started with no options at all, its image, one
 * volume that nobody uses, the default bridge. A test changes what it is about.
 */
final class HostFixture {
  static final String CONTAINER = "c0".repeat(32);
  static final String OTHER = "d1".repeat(32);
  static final String THIRD = "e2".repeat(32);
  static final String IMAGE = "sha256:" + "1a".repeat(32);
  static final String OTHER_IMAGE = "sha256:" + "2b".repeat(32);
  static final String VOLUME = "data";
  static final String NETWORK = "net-id";
  static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  private static final Map<String, JsonNode> BASE =
      Map.of(
          "container", load("container"),
          "engine", load("engine"),
          "image", load("image"),
          "volume", load("volume"),
          "network", load("network"),
          "swarm", load("swarm"),
          "image-files", load("image-files"));

  private Instant at = AT;
  private HostFacts.Transport transport = HostFacts.Transport.UNIX;
  private final Map<String, JsonNode> bySha = new LinkedHashMap<>();
  private final Map<String, Reading> containers = new LinkedHashMap<>();
  private final Map<String, Reading> images = new LinkedHashMap<>();
  private final Map<String, Reading> volumes = new LinkedHashMap<>();
  private final Map<String, Reading> networks = new LinkedHashMap<>();
  private final Map<SubjectKind, Reading.Unread> unreadLists = new EnumMap<>(SubjectKind.class);
  private final Map<Declaration, Set<String>> declared = new EnumMap<>(Declaration.class);
  private final List<Attestation> attestations = new ArrayList<>();
  private final List<HostReport> hostReports = new ArrayList<>();
  private final Map<String, Reading> imageFiles = new LinkedHashMap<>();
  private final List<ImageScan> scans = new ArrayList<>();
  private final List<BackupRecord> backups = new ArrayList<>();
  private final Map<BackupRecord.Data, BackupEvidence.Promised> promises = new HashMap<>();
  private final List<RestoreDrill> drills = new ArrayList<>();
  private final Set<ReadingSwitch> switchedOn =
      EnumSet.complementOf(EnumSet.of(ReadingSwitch.HOST_FILES));
  private Reading.@Nullable Unread recordsUnread;
  private Reading engine;
  private Reading swarm;
  private @Nullable Reading hostFiles;
  private @Nullable Reading supportTable;
  private @Nullable String endpointPath;

  HostFixture() {
    engine = read("engine", base("engine"), json("{\"clockWithin60s\":true}"));
    containers.put(
        CONTAINER,
        read("container", base("container"), json("{\"state\":\"running\",\"everStarted\":true}")));
    images.put(IMAGE, read("image", base("image"), json("{\"tags\":[\"shop/web:1.0\"]}")));
    volumes.put(VOLUME, read("volume", base("volume"), MissingNode.getInstance()));
    networks.put("bridge-id", read("network", base("network"), MissingNode.getInstance()));
    JsonNode own = base("network");
    put(own, ".Name", json("\"web\""));
    put(own, ".Options", json("{}"));
    networks.put(NETWORK, read("own-network", own, MissingNode.getInstance()));
    swarm = read("swarm", json("{}"), MissingNode.getInstance());
  }

  /** Changes the container's document. */
  HostFixture set(String path, String json) {
    return change(containers.get(CONTAINER), path, json);
  }

  HostFixture remove(String path) {
    return change(containers.get(CONTAINER), path, null);
  }

  /** Changes the container's observation. */
  HostFixture observe(String path, String json) {
    put(read(containers.get(CONTAINER)).observation(), path, json(json));
    return this;
  }

  HostFixture engine(String path, String json) {
    return change(engine, path, json);
  }

  HostFixture engineWithout(String path) {
    return change(engine, path, null);
  }

  HostFixture engineObserves(String path, @Nullable String json) {
    put(read(engine).observation(), path, json == null ? null : json(json));
    return this;
  }

  HostFixture engineUnread() {
    engine = new Reading.Unread("GET /info", 500, "the engine answered 500");
    return this;
  }

  HostFixture image(String path, @Nullable String json) {
    return change(images.get(IMAGE), path, json);
  }

  /** Changes what was observed of the image. */
  HostFixture imageObserves(String path, String json) {
    put(read(images.get(IMAGE)).observation(), path, json(json));
    return this;
  }

  /** The image's files were read: a report with nothing in it but this. */
  HostFixture imageFiles(String path, String json) {
    JsonNode report = base("image-files");
    put(report, path, json(json));
    imageFiles.put(IMAGE, read("image-files", report, MissingNode.getInstance()));
    return this;
  }

  HostFixture imageFilesUnread() {
    imageFiles.put(IMAGE, new Reading.Unread("GET_/x", 500, "answered 500"));
    return this;
  }

  HostFixture declare(Declaration declaration, String... values) {
    declared.put(declaration, Set.of(values));
    return this;
  }

  HostFixture switchedOff(ReadingSwitch reading) {
    switchedOn.remove(reading);
    return this;
  }

  /**
   * A scan of the image that ended well, an hour ago and with a database of that day.
   *
   * @param changes members that differ, such as {@code {"complete":false}}
   */
  HostFixture scan(ImageScan.Subject subject, String changes, ImageScan.Finding... findings) {
    ObjectNode scan =
        (ObjectNode)
            json(
                "{\"image\":\"%s\",\"recognised\":true,\"complete\":true,".formatted(IMAGE)
                    + "\"finishedAt\":\"2026-11-24T11:00:00Z\","
                    + "\"databaseBuiltAt\":\"2026-11-24T06:00:00Z\"}");
    scan.setAll((ObjectNode) json(changes));
    String sha = "scan-" + scans.size();
    bySha.put(sha, scan);
    JsonNode built = scan.path("databaseBuiltAt");
    scans.add(
        new ImageScan(
            scan.path("image").stringValue(),
            subject,
            "trivy",
            scan.path("recognised").booleanValue(),
            Instant.parse(scan.path("finishedAt").stringValue()),
            built.isNull() ? null : Instant.parse(built.stringValue()),
            scan.path("complete").booleanValue(),
            List.of(findings),
            sha));
    return this;
  }

  /**
   * A backup of the volume that went well, two hours ago and to another host.
   *
   * @param changes members that differ, such as {@code {"bytes":null}}
   */
  HostFixture backup(String changes) {
    return backup(new BackupRecord.Data.Volume(VOLUME), changes);
  }

  HostFixture backup(BackupRecord.Data data, String changes) {
    ObjectNode record =
        (ObjectNode)
            json(
                "{\"startedAt\":\"2026-11-24T10:00:00Z\",\"succeeded\":true,\"bytes\":1000,"
                    + "\"checksum\":\"c5\",\"warnings\":0,\"target\":\"OTHER_HOST\","
                    + "\"method\":\"DUMP\",\"sizeAcknowledged\":false}");
    for (Map.Entry<String, JsonNode> change : json(changes).properties()) {
      if (change.getValue().isNull()) {
        record.remove(change.getKey());
      } else {
        record.set(change.getKey(), change.getValue());
      }
    }
    String sha = "backup-" + backups.size();
    bySha.put(sha, record);
    backups.add(
        new BackupRecord(
            data,
            Instant.parse(record.path("startedAt").stringValue()),
            record.path("succeeded").booleanValue(),
            record.has("bytes") ? record.path("bytes").longValue() : null,
            record.has("checksum") ? record.path("checksum").stringValue() : null,
            record.has("warnings") ? record.path("warnings").intValue() : null,
            record.has("target")
                ? BackupRecord.Target.valueOf(record.path("target").stringValue())
                : null,
            record.has("method")
                ? BackupRecord.Method.valueOf(record.path("method").stringValue())
                : null,
            record.path("sizeAcknowledged").booleanValue(),
            sha));
    return this;
  }

  HostFixture drill(String at, boolean succeeded, boolean compared) {
    String sha = "drill-" + drills.size();
    bySha.put(sha, json("{\"at\":\"" + at + "\"}"));
    drills.add(
        new RestoreDrill(
            new BackupRecord.Data.Volume(VOLUME), Instant.parse(at), succeeded, compared, sha));
    return this;
  }

  /** A policy promises something for data. */
  HostFixture promised(BackupRecord.Data data, BackupEvidence.Promised promise) {
    promises.put(data, promise);
    return this;
  }

  /** Neither scans nor backups can be looked up. */
  HostFixture recordsUnread() {
    recordsUnread = new Reading.Unread("records", 503, "the store is unreachable");
    return this;
  }

  HostFixture tags(String json) {
    put(read(images.get(IMAGE)).observation(), ".tags", json(json));
    return this;
  }

  HostFixture volume(String path, @Nullable String json) {
    return change(volumes.get(VOLUME), path, json);
  }

  HostFixture bridge(String path, @Nullable String json) {
    return change(networks.get("bridge-id"), path, json);
  }

  /** Changes the network that an operator made. */
  HostFixture network(String path, @Nullable String json) {
    return change(networks.get(NETWORK), path, json);
  }

  HostFixture networkUnread() {
    networks.put(NETWORK, new Reading.Unread("GET_/networks", 403, "refused"));
    return this;
  }

  /** Makes the host one of three managers, or what the JSON of {@code /info} says. */
  HostFixture manager(String swarmInfo) {
    swarm = read("swarm", base("swarm"), json("{}"));
    return engine(".info.Swarm", swarmInfo);
  }

  HostFixture manager() {
    return manager(
        "{\"LocalNodeState\":\"active\",\"ControlAvailable\":true,\"Nodes\":3,\"Managers\":3}");
  }

  HostFixture worker() {
    return engine(".info.Swarm", "{\"LocalNodeState\":\"active\",\"ControlAvailable\":false}");
  }

  HostFixture swarm(String path, @Nullable String json) {
    return change(swarm, path, json);
  }

  HostFixture swarmObserves(String json) {
    put(read(swarm).observation(), ".rotatingSince", json(json));
    return this;
  }

  HostFixture swarmUnread() {
    swarm = new Reading.Unread("GET_/info", 500, "answered 500");
    return this;
  }

  /** What was read over SSH. */
  HostFixture ssh(String json) {
    hostFiles = read("host-files", json("{\"ssh\":" + json + "}"), MissingNode.getInstance());
    return this;
  }

  HostFixture supportTable(String json) {
    supportTable = read("support-table", json(json), MissingNode.getInstance());
    return this;
  }

  HostFixture declared(Declaration declaration, String... values) {
    declared.put(declaration, Set.of(values));
    return this;
  }

  HostFixture attested(String check, Outcome outcome, String signedAt, String expiresAt) {
    String sha = "attestation-" + attestations.size();
    bySha.put(sha, json("{\"outcome\":\"" + outcome + "\",\"statement\":\"looked at it\"}"));
    attestations.add(
        new Attestation(
            check,
            outcome,
            "carol",
            Instant.parse(signedAt),
            Instant.parse(expiresAt),
            "looked at it",
            sha));
    return this;
  }

  /** A backup of the swarm's state that went well. */
  HostFixture swarmBackedUp(String startedAt) {
    String sha = "backup-" + backups.size();
    bySha.put(sha, json("{\"startedAt\":\"" + startedAt + "\"}"));
    backups.add(
        new BackupRecord(
            new BackupRecord.Data.SwarmState(),
            Instant.parse(startedAt),
            true,
            1L,
            null,
            null,
            null,
            null,
            false,
            sha));
    return switchedOn(ReadingSwitch.BACKUPS);
  }

  HostFixture endpointPath(String path) {
    endpointPath = path;
    return this;
  }

  HostFixture withoutBridge() {
    networks.clear();
    return this;
  }

  /** Adds a container that differs from a plain one in one field. */
  HostFixture other(String id, String path, String json) {
    JsonNode document = base("container");
    put(document, path, json(json));
    put(document, ".Name", json("\"/" + id.substring(0, 4) + "\""));
    containers.put(
        id,
        read("container-" + id, document, json("{\"state\":\"running\",\"everStarted\":true}")));
    return this;
  }

  /** Labels another container. */
  HostFixture label(String id, String json) {
    return change(containers.get(id), ".Config.Labels", json);
  }

  /** Changes another container's document. */
  HostFixture otherHas(String id, String path, String json) {
    return change(containers.get(id), path, json);
  }

  /** Changes the other image's document. */
  HostFixture otherImageHas(String path, String json) {
    return change(images.get(OTHER_IMAGE), path, json);
  }

  HostFixture otherUnread(String id) {
    containers.put(id, new Reading.Unread("GET /containers/" + id + "/json", 500, "answered 500"));
    return this;
  }

  HostFixture otherImage(String tags) {
    images.put(OTHER_IMAGE, read("other-image", base("image"), json("{\"tags\":" + tags + "}")));
    return this;
  }

  HostFixture volumeUnread() {
    volumes.put(VOLUME, new Reading.Unread("GET /volumes/" + VOLUME, 500, "answered 500"));
    return this;
  }

  HostFixture withoutVolume() {
    volumes.clear();
    return this;
  }

  HostFixture withoutContainer() {
    containers.clear();
    return this;
  }

  HostFixture unreadList(SubjectKind kind, String call) {
    unreadLists.put(kind, new Reading.Unread(call, 403, "refused"));
    return this;
  }

  HostFixture transport(HostFacts.Transport other) {
    transport = other;
    return this;
  }

  HostFixture at(String instant) {
    at = Instant.parse(instant);
    return this;
  }

  HostFixture switchedOn(ReadingSwitch reading) {
    switchedOn.add(reading);
    return this;
  }

  /** The host's own files, of which nothing was read yet. */
  HostFixture hostFiles() {
    return hostFiles("{}");
  }

  /** What was read of the host's own files. */
  HostFixture hostFiles(String json) {
    hostFiles = read("host-files", json(json), MissingNode.getInstance());
    return this;
  }

  /** A report of docker-bench-security that counts for 30 days, as it is stored. */
  HostFixture reported(String takenAt, String results) {
    String sha = "report-" + hostReports.size();
    JsonNode document =
        json(
            """
            {"tool":"docker-bench-security","version":"1.6.0",
             "benchmark":"CIS Docker Benchmark 1.6/1.7","results":%s}
            """
                .formatted(results));
    bySha.put(sha, document);
    Instant taken = Instant.parse(takenAt);
    hostReports.add(new HostReport(sha, document, taken, taken.plus(Duration.ofDays(30))));
    return this;
  }

  HostFacts facts() {
    HostFacts.Builder facts =
        HostFacts.at(at)
            .transport(transport)
            .engine(engine)
            .containers(containers)
            .images(images)
            .volumes(volumes)
            .networks(networks)
            .unreadLists(unreadLists)
            .swarm(swarm)
            .hostFiles(hostFiles)
            .supportTable(supportTable)
            .endpointPath(endpointPath)
            .attestations(attestations)
            .switchedOn(switchedOn)
            .hostReports(hostReports)
            .imageFiles(imageFiles)
            .scans(new ScanEvidence(scans, recordsUnread))
            .backups(new BackupEvidence(backups, drills, promises, recordsUnread));
    declared.forEach(facts::declared);
    return facts.build();
  }

  /** The documents and observations by the hash that stands for them. */
  Map<String, JsonNode> documents() {
    return bySha;
  }

  /** What a rule says of the host's subject of its kind. */
  Verdict judge(String ruleId) {
    return judge(facts(), ruleId);
  }

  /** What a rule says of a host that came from this one. */
  static Verdict judge(HostFacts facts, String ruleId) {
    Rule rule = rule(ruleId);
    return Checklist.standard()
        .judge(facts, rule.subject(), subject(rule.subject()))
        .get(Checklist.standard().rules(rule.subject()).indexOf(rule));
  }

  /** Under which ID the host's subject of a kind is judged. */
  static String subject(SubjectKind kind) {
    return switch (kind) {
      case ENGINE -> Checklist.ENGINE_ID;
      case CONTAINER -> CONTAINER;
      case IMAGE -> IMAGE;
      case VOLUME -> VOLUME;
      case NETWORK -> NETWORK;
      case SWARM -> Checklist.SWARM_ID;
      case HOST_FILE -> Checklist.HOST_FILES_ID;
    };
  }

  /** What was read of the subject that a rule judges. */
  static Reading.Read reading(HostFacts facts, String ruleId) {
    SubjectKind kind = rule(ruleId).subject();
    return read(
        switch (kind) {
          case ENGINE -> facts.engine();
          case CONTAINER -> facts.containers().get(CONTAINER);
          case IMAGE -> facts.images().get(IMAGE);
          case VOLUME -> facts.volumes().get(VOLUME);
          case NETWORK -> facts.networks().get(NETWORK);
          case SWARM -> facts.swarm();
          case HOST_FILE -> facts.hostFiles();
        });
  }

  private static Rule rule(String id) {
    return Checklist.standard().rules().stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private HostFixture change(@Nullable Reading reading, String path, @Nullable String json) {
    put(read(reading).document(), path, json == null ? null : json(json));
    return this;
  }

  private static Reading.Read read(@Nullable Reading reading) {
    return (Reading.Read) Objects.requireNonNull(reading);
  }

  private Reading.Read read(String sha, JsonNode document, JsonNode observation) {
    bySha.put(sha, document);
    bySha.put(sha + "-observed", observation);
    return new Reading.Read(
        sha, document, observation.isMissingNode() ? null : sha + "-observed", observation);
  }

  static void put(JsonNode root, String path, @Nullable JsonNode value) {
    String[] names = path.substring(1).split("\\.");
    JsonNode node = root;
    for (int i = 0; i < names.length - 1; i++) {
      JsonNode next = node.path(names[i]);
      node = next.isObject() ? next : ((ObjectNode) node).putObject(names[i]);
    }
    if (value == null) {
      ((ObjectNode) node).remove(names[names.length - 1]);
    } else {
      ((ObjectNode) node).set(names[names.length - 1], value);
    }
  }

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  static JsonNode base(String name) {
    return Objects.requireNonNull(BASE.get(name)).deepCopy();
  }

  private static JsonNode load(String name) {
    try (InputStream in = HostFixture.class.getResourceAsStream(name + ".json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
